package io.ringgate.metrics;

import java.util.function.DoubleSupplier;

/**
 * Creates counters, timers and gauges. The same name and labels give the same instrument, so callers on a hot path keep
 * it. Labels are pairs of name and value. A value is never client input.
 */
public interface Metrics {

    Counter counter(String name, String... labels);

    Timer timer(String name, String... labels);

    /** Reads {@code value} at each scrape. A second gauge of the same name and labels replaces the first. */
    void gauge(String name, DoubleSupplier value, String... labels);

    /** Removes a gauge whose subject is gone. Does nothing where there is none. */
    default void dropGauge(String name, String... labels) {}

    /** Removes a counter or timer whose subject is gone. Created again, it begins at zero. */
    default void drop(String name, String... labels) {}

    /** Counts nothing. */
    static Metrics none() {
        return new NoMetrics();
    }

    /** A number that only grows. Any thread. */
    interface Counter {
        void add(long amount);

        default void increment() {
            add(1);
        }
    }

    /** Durations in nanoseconds. Any thread. */
    interface Timer {
        void record(long nanos);
    }
}
