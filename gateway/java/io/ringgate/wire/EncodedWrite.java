package io.ringgate.wire;

import io.ringgate.reject.Rejection;

/** The result of coding one write. */
public sealed interface EncodedWrite {

    /** The write is refused as a whole; nothing of it is sent. */
    record Faulty(Rejection rejection) implements EncodedWrite {}

    /**
     * The packed message to send on, a view into an array that the codec owns and that holds until its next call.
     *
     * @param unchanged nothing had to change: {@code bytes} are the caller's own input, not the codec's
     */
    @SuppressWarnings("ArrayRecordComponent") // a view to be sent at once, never compared
    record Ready(WriteCounts tally, byte[] bytes, int from, int length, boolean unchanged) implements EncodedWrite {}
}
