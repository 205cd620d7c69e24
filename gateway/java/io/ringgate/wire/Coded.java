package io.ringgate.wire;

import io.ringgate.reject.Rejection;

/** What became of one write's bytes. */
public sealed interface Coded {

    /** The write as a whole cannot be taken; nothing of it is sent. */
    record Faulty(Rejection rejection) implements Coded {}

    /**
     * The packed message to send on, a view into an array that the codec owns and that holds until its next call.
     *
     * @param asItCame nothing had to change: {@code bytes} are the caller's own input, not the codec's
     */
    @SuppressWarnings("ArrayRecordComponent") // a view to be sent at once, never compared
    record Ready(Tally tally, byte[] bytes, int from, int length, boolean asItCame) implements Coded {}
}
