package io.ringgate.auth.basic;

/** What came of hashing one credential. */
enum Outcome {
    PROVEN,
    WRONG,
    /** The hashing itself broke. */
    FAILED,
    /** Too much waits, or too much of this source has failed under this name. */
    NOT_RUN
}
