package io.ringgate.forward;

import java.util.random.RandomGenerator;

/**
 * Waits that double from the first to the longest, each up to a fifth shorter or longer by chance, so that many that
 * failed together do not retry together.
 */
public record Backoff(long firstNanos, long mostNanos) {

    private static final int MOST_DOUBLINGS = 20;

    /** The next wait after this many. */
    public long nanos(int before, RandomGenerator random) {
        long whole = Math.min(mostNanos, firstNanos << Math.min(before, MOST_DOUBLINGS));
        long fifth = whole / 5;
        return whole - fifth + random.nextLong(2 * fifth + 1);
    }
}
