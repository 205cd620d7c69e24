package io.ringgate.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How many connections clients may have, and how long one lives.
 *
 * @param max all together; when not set, what the memory of the process has room for, at most {@link #DEFAULT_MAX}
 * @param maxPerSource those of one address on which nobody has authenticated; of IPv6, of one /64
 * @param maxPerEdge those on which one edge has authenticated
 * @param retireAfter the age, give or take a fifth, after which a connection ends with its next answer, so that senders
 *     spread over replicas again; zero for never
 */
public record ConnectionLimits(OptionalInt max, int maxPerSource, int maxPerEdge, Duration retireAfter) {

    public static final int DEFAULT_MAX = 20_000;
    public static final int DEFAULT_MAX_PER_SOURCE = 1_000;
    public static final int DEFAULT_MAX_PER_EDGE = 500;
    public static final Duration DEFAULT_RETIRE_AFTER = Duration.ofMinutes(10);
}
