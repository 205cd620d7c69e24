package io.ringgate.hashring;

/** How a ring spreads series over its endpoints. */
public enum Algorithm {
    HASHMOD,
    KETAMA;

    private static final String HASHMOD_WORD = "hashmod";
    private static final String KETAMA_WORD = "ketama";

    /** What a ring's own word means: any word that Thanos does not know is hashmod. */
    public static Algorithm of(Hashring ring, Algorithm byDefault) {
        return switch (ring.algorithm()) {
            case "" -> byDefault;
            case KETAMA_WORD -> KETAMA;
            default -> HASHMOD;
        };
    }

    /** True for a word that Thanos knows, and for none. */
    public static boolean isKnown(String written) {
        return written.isEmpty() || written.equals(KETAMA_WORD) || written.equals(HASHMOD_WORD);
    }
}
