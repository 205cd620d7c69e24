package io.ringgate.testing;

import io.ringgate.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Keeps counters by {@code name{label=value}} and gauges by name. */
public final class CountingMetrics implements Metrics {

    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name, String... labels) {
        String key = labels.length == 0 ? name : name + "{" + String.join("=", labels) + "}";
        LongAdder adder = counters.computeIfAbsent(key, k -> new LongAdder());
        return adder::add;
    }

    public long get(String key) {
        LongAdder adder = counters.get(key);
        return adder == null ? 0 : adder.sum();
    }

    public double gauge(String name) {
        DoubleSupplier gauge = gauges.get(name);
        return gauge == null ? Double.NaN : gauge.getAsDouble();
    }

    @Override
    public Timer timer(String name, String... labels) {
        return nanos -> {};
    }

    @Override
    public void gauge(String name, DoubleSupplier value, String... labels) {
        gauges.put(name, value);
    }
}
