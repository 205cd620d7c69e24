package io.ringgate.cli.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the demo's senders were told, and how long it took. Any thread. */
final class SenderResults {

    private static final int WINDOW = 1_000;
    private static final int MOST_SURPRISES = 5;

    private final long[] latencies = new long[WINDOW];
    private final List<String> surprises = new ArrayList<>();
    private long stored;
    private long samples;

    /** A whole write was stored. */
    synchronized void stored(long samplesInIt, long nanos) {
        latencies[(int) (stored++ % WINDOW)] = nanos;
        samples += samplesInIt;
    }

    /** Part of a write was refused, and this much of it stored. */
    synchronized void storedInPart(long samplesOfIt) {
        samples += samplesOfIt;
    }

    /** An answer that should not have come. */
    synchronized void surprise(String what) {
        if (surprises.size() < MOST_SURPRISES) {
            surprises.add(what);
        }
    }

    synchronized long acknowledgedSamples() {
        return samples;
    }

    synchronized List<String> surprises() {
        return List.copyOf(surprises);
    }

    /** The duration in nanoseconds that {@code share} of the last 1,000 stored writes kept; 0 before the first. */
    synchronized long quantile(double share) {
        int count = (int) Math.min(stored, WINDOW);
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        return sorted[Math.clamp((int) Math.ceil(share * count) - 1, 0, count - 1)];
    }
}
