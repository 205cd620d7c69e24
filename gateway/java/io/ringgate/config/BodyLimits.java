package io.ringgate.config;

import java.time.Duration;

/**
 * How large and how slow the body of a write may be.
 *
 * @param maxPacked bytes as they arrive, packed
 * @param maxUnpacked bytes once unpacked, as the message declares them
 * @param minRate bytes a second that must arrive while we are reading; 0 allows any
 * @param minRateAfter how long a body may take before its rate is looked at
 */
public record BodyLimits(long maxPacked, long maxUnpacked, long minRate, Duration minRateAfter) {

    public static final long DEFAULT_MAX_PACKED = 16L << 20;
    public static final long DEFAULT_MAX_UNPACKED = 64L << 20;
    /** What is made from a larger message would not fit an array. */
    public static final long MOST_PACKED = 1L << 30;

    public static final long MOST_UNPACKED = 512L << 20;

    public static final long DEFAULT_MIN_RATE = 8L << 10;
    public static final Duration DEFAULT_MIN_RATE_AFTER = Duration.ofSeconds(5);
}
