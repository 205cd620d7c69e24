package io.ringgate.forward;

/** What came of one write, after all attempts. */
public sealed interface Outcome {

    /** A receiver answered 2xx. */
    record Stored() implements Outcome {}

    /** A receiver's answer that repeating cannot change: 400, 409, 413 or 422, with its words, already quoted. */
    record Refused(int status, String words) implements Outcome {}

    /** A receiver answered 429. */
    record Limited(String words) implements Outcome {}

    /** An answer that no receiver gives to a write: 1xx, 3xx, 404, 405 and the like; somebody pointed us at the wrong place. */
    record Misconfigured(String why) implements Outcome {}

    /** A receiver answered 5xx, or something that is not HTTP. */
    record Failed(String why) implements Outcome {}

    /** No receiver could be reached, or none answered in time. */
    record Unavailable(String why) implements Outcome {}
}
