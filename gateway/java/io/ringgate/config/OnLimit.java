package io.ringgate.config;

/** Which status a sender gets for a write that is over a limit. */
public enum OnLimit {
    /** Answer 503: every sender repeats it. */
    DELAY,
    /** Answer 429: a sender drops it, unless it has {@code retry_on_http_429}. */
    DROP
}
