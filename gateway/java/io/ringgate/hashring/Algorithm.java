package io.ringgate.hashring;

/** How a ring spreads series over its endpoints. */
public enum Algorithm {
    HASHMOD,
    KETAMA;

    /** What a ring's own word means: any word that Thanos does not know is hashmod. */
    static Algorithm of(String written, Algorithm byDefault) {
        return switch (written) {
            case "" -> byDefault;
            case "ketama" -> KETAMA;
            default -> HASHMOD;
        };
    }
}
