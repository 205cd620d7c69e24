package io.ringgate.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a connection is old enough to end with its next answer: the configured age plus or minus a fifth at random, so that
 * connections that began together do not end together.
 */
record ConnectionMaxAge(boolean ever, long atNanos) {

    private static final double SPREAD = 0.2;

    /** @param after zero for never */
    static ConnectionMaxAge random(Duration after, long bornNanos, RandomGenerator random) {
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return new ConnectionMaxAge(after.isPositive(), bornNanos + (long) (after.toNanos() * factor));
    }

    boolean isReached(long nowNanos) {
        return ever && nowNanos - atNanos >= 0;
    }
}
