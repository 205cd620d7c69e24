package io.ringgate.cli.bench;

import java.util.concurrent.TimeUnit;

/**
 * A histogram of durations within 1.6 %: 64 steps to each power of two of nanoseconds. Fixed size, no allocation. One
 * thread writes; reading is for afterwards.
 */
final class Latencies {

    private static final int STEP_BITS = 6;
    private static final int STEPS = 1 << STEP_BITS;

    private final long[] counts = new long[STEPS * (Long.SIZE - STEP_BITS)];
    private long count;
    private long max;

    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        max = Math.max(max, value);
    }

    void add(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        max = Math.max(max, other.max);
    }

    /** The duration in milliseconds that {@code share} of all stay within; 0 when there are none. */
    double millisWithin(double share) {
        long rank = (long) Math.ceil(share * (double) count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && counts[i] > 0) {
                return millis(Math.min(max, highest(i)));
            }
        }
        return 0;
    }

    double maxMillis() {
        return millis(max);
    }

    private static int bucket(long value) {
        if (value < STEPS) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - STEP_BITS;
        return (shift + 1) * STEPS + (int) (value >>> shift) - STEPS;
    }

    private static long highest(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        return ((long) (bucket % STEPS + STEPS + 1) << shift) - 1;
    }

    private static double millis(long nanos) {
        return (double) nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
