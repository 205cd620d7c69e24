package io.ringgate.verification;

/** Why nobody knows whether a credential is good. The sender may try again. */
public enum Unavailable {
    /** Too many wait, or this one had to leave its place to one of another source. */
    QUEUE_FULL,
    /** Too many of its source failed lately. */
    TOO_MANY_FAILURES,
    /** The check itself failed. */
    FAILED,
    /** The configuration changed meanwhile. */
    CHANGED
}
