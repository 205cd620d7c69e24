package io.ringgate.hashring;

/** Why a file is no list of hashrings: Thanos refuses it too. */
public final class HashringFileFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String path;

    HashringFileFault(int line, String path, String sentence) {
        super(sentence);
        this.line = line;
        this.path = path;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** The keys that lead to the place, for example {@code [0].endpoints[2]}; empty for the file as a whole. */
    public String path() {
        return path;
    }

    /** What is wrong, without a full stop. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
