package io.ringgate.forward;

import java.util.random.RandomGenerator;

/**
 * Waits that double from the first to the longest, each up to a fifth shorter or longer by chance, so that many who failed
 * together do not come back together.
 */
public record Backoff(long firstNanos, long mostNanos) {

    private static final int MOST_DOUBLINGS = 20;

    /** The wait after so many waits before it. */
    public long nanos(int before, RandomGenerator random) {
        long whole = Math.min(mostNanos, firstNanos << Math.min(before, MOST_DOUBLINGS));
        long fifth = whole / 5;
        return whole - fifth + random.nextLong(2 * fifth + 1);
    }
}
