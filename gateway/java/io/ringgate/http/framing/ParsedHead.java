package io.ringgate.http.framing;

import io.ringgate.reject.Reason;

/** What the bytes at the start of a request are. */
public sealed interface ParsedHead {

    /** The head is not whole yet. */
    record Incomplete() implements ParsedHead {}

    /** Nothing on this connection is served any more. */
    record Bad(Reason reason, String fault) implements ParsedHead {}

    record Complete(RequestHead head) implements ParsedHead {}
}
