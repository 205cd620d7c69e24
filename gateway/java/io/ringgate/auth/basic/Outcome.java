package io.ringgate.auth.basic;

/** What came of hashing one credential. */
enum Outcome {
    PROVEN,
    WRONG,
    /** The hashing itself broke. */
    FAILED,
    /** There was no room in the queue. */
    NOT_RUN
}
