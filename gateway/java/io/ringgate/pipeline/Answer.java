package io.ringgate.pipeline;

import io.ringgate.reject.Rejection;

/** How a write ended, for its sender. */
public sealed interface Answer {

    /** Every sample is with the receivers, or there was none. */
    record Stored() implements Answer {}

    record Refused(Rejection rejection) implements Answer {}
}
