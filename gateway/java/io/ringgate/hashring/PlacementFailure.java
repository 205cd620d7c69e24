package io.ringgate.hashring;

/** Why a series of a tenant cannot be placed. Thanos fails the write with the same message. */
public final class PlacementFailure extends Exception {

    private static final long serialVersionUID = 1L;

    PlacementFailure(String words) {
        super(words);
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
