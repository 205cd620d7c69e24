package io.ringgate.pipeline;

import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Reason;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts every refusal under its reason, and under its tenant once that is known. Any thread. */
public final class Refusals {

    /** The tenant label of a refusal that came before its sender was known. */
    private static final String NOBODY = "";

    private record Key(Reason reason, String tenant) {}

    private final ConcurrentMap<Key, Metrics.Counter> counters = new ConcurrentHashMap<>();
    private final Metrics metrics;

    public Refusals(Metrics metrics) {
        this.metrics = metrics;
    }

    public void count(Reason reason) {
        count(reason, NOBODY);
    }

    void count(Reason reason, String tenant) {
        counters.computeIfAbsent(new Key(reason, tenant), this::register).increment();
    }

    private Metrics.Counter register(Key key) {
        return metrics.counter(
                "ringgate_refused_writes_total", "reason", key.reason().label(), "tenant", key.tenant());
    }
}
