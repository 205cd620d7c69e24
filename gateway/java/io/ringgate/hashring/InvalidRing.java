package io.ringgate.hashring;

/**
 * Why rings that could be read cannot be built. Thanos refuses to start with them, with the same message, or hangs at
 * its start.
 */
public final class InvalidRing extends Exception {

    private static final long serialVersionUID = 1L;

    private final int ring;

    InvalidRing(int ring, String words) {
        super(words);
        this.ring = ring;
    }

    /** Its place in the file, counted from 0. */
    public int ring() {
        return ring;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
