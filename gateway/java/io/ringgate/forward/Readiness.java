package io.ringgate.forward;

/** The last answer of a receiver's readiness page. */
public enum Readiness {
    /** The page could not be asked, or said something else. */
    UNKNOWN("unknown", -1),
    READY("ready", 1),
    NOT_READY("not ready", 0);

    private final String words;
    private final int number;

    Readiness(String words, int number) {
        this.words = words;
        this.number = number;
    }

    String describe() {
        return words;
    }

    /** As a gauge shows it. */
    public int number() {
        return number;
    }
}
