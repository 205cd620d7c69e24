package io.ringgate.http;

/** What a client's connection is at. */
enum ConnectionPhase {
    /** Between requests, or in the middle of a head. */
    HEAD,
    /** An exchange is at hand and says what it wants. */
    SERVING,
    /** Answered; the rest of the body is read past so that the next request can be found. */
    SWALLOWING,
    /** Answered for the last time; what still comes is dropped until the client closes. */
    LINGERING,
    CLOSED
}
