package io.ringgate.forward;

import io.ringgate.metrics.Metrics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** Metrics that a test can read: counters and the number of recordings by name and label values, as one line. */
public final class CountedMetrics implements Metrics {

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    public long count(String line) {
        return counts.getOrDefault(line, new AtomicLong()).get();
    }

    public double gauge(String line) {
        return gauges.getOrDefault(line, () -> Double.NaN).getAsDouble();
    }

    public int gauges() {
        return gauges.size();
    }

    @Override
    public Counter counter(String name, String... labels) {
        AtomicLong count = counts.computeIfAbsent(line(name, labels), l -> new AtomicLong());
        return count::addAndGet;
    }

    @Override
    public Timer timer(String name, String... labels) {
        AtomicLong count = counts.computeIfAbsent(line(name, labels), l -> new AtomicLong());
        return nanos -> count.incrementAndGet();
    }

    @Override
    public void gauge(String name, DoubleSupplier value, String... labels) {
        gauges.put(line(name, labels), value);
    }

    @Override
    public void dropGauge(String name, String... labels) {
        gauges.remove(line(name, labels));
    }

    @Override
    public void drop(String name, String... labels) {
        counts.remove(line(name, labels));
    }

    /** The lines of counters and timers that begin so. */
    public Set<String> lines(String beginning) {
        return counts.keySet().stream()
                .filter(line -> line.startsWith(beginning))
                .collect(Collectors.toSet());
    }

    private static String line(String name, String... labels) {
        StringBuilder line = new StringBuilder(name);
        for (int i = 1; i < labels.length; i += 2) {
            line.append(' ').append(labels[i]);
        }
        return line.toString();
    }
}
