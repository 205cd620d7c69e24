package io.ringgate.metrics;

import java.util.function.DoubleSupplier;

/** Counts nothing: for tests and tools. */
final class NoMetrics implements Metrics {

    @Override
    public Counter counter(String name, String... labels) {
        return amount -> {};
    }

    @Override
    public Timer timer(String name, String... labels) {
        return nanos -> {};
    }

    @Override
    public void gauge(String name, DoubleSupplier value, String... labels) {}
}
