package io.ringgate.config;

/** What a sender is told to do with a write that is over a limit. */
public enum OnLimit {
    /** Answer 503: every sender repeats it. */
    DELAY,
    /** Answer 429: a sender drops it, unless it was told to repeat. */
    DROP
}
