package io.ringgate.metrics;

import java.util.function.DoubleSupplier;

/**
 * The seam through which everything is counted. Asking twice for the same name and labels gives the same instrument, so
 * callers on a hot path keep what they got. Labels come in pairs: name, value. A value is never client input.
 */
public interface Metrics {

    Counter counter(String name, String... labels);

    Timer timer(String name, String... labels);

    /** Reads {@code value} whenever the page is read; a second gauge of the same name and labels replaces the first. */
    void gauge(String name, DoubleSupplier value, String... labels);

    /** Takes a gauge off the page, when what it told about is gone. Does nothing where there is none. */
    default void dropGauge(String name, String... labels) {}

    /** Takes a counter or timer off the page, when what it told about is gone; asked for again it begins at zero. */
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
