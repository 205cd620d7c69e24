package io.ringgate.forward;

/** What came of one write, after all attempts. */
public sealed interface Outcome {

    /** A receiver said that it stored the write. */
    record Stored() implements Outcome {}

    /**
     * A receiver's answer that repeating cannot change: 400, 409, 413 or 422, with its words, already quoted and without
     * addresses.
     */
    record Refused(int status, String words) implements Outcome {}

    /** Such an answer in words that nobody knows, of a receiver that has stored nothing lately: it may not be of the write. */
    record Unrecognised(int status, String words) implements Outcome {}

    /** A receiver answered 429. */
    record Limited(String words) implements Outcome {}

    /**
     * An answer that no receiver gives to a write: 1xx, 3xx, 404, 405, HTML, a 2xx that does not say stored and the like.
     * Somebody pointed us at the wrong place, or the receiver is set up wrongly.
     */
    record Misconfigured(String why) implements Outcome {}

    /** A receiver answered 5xx, or broke off its answer. */
    record Failed(String why) implements Outcome {}

    /** No receiver could be reached, or none answered in time. */
    record Unavailable(String why) implements Outcome {}
}
