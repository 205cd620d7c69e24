package io.ringgate.hashring;

/** Why a series of a tenant cannot be placed, in Thanos's words. Thanos fails the write with it. */
public final class NoPlace extends Exception {

    private static final long serialVersionUID = 1L;

    NoPlace(String words) {
        super(words);
    }

    public String words() {
        return String.valueOf(getMessage());
    }
}
