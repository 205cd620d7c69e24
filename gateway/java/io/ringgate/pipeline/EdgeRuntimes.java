package io.ringgate.pipeline;

import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Finds the {@link EdgeRuntime} of an edge by its name: the only look-up of an edge by name that a write makes. A runtime stays
 * from the first write of its edge, or from its first configuration, until the process ends: bounded by the names that
 * configuration ever held or templates have made.
 *
 * <p>Any thread; configurations come from one.
 */
public final class EdgeRuntimes {

    private static final String LAST_ACCEPTED = "ringgate_edge_last_accepted_timestamp_seconds";

    /** How long {@code ringgate_receiver_unrecognised_edges} counts a refusal. */
    private static final Duration RECENT = Duration.ofMinutes(5);

    private final Metrics metrics;
    private final LongSupplier wallClock;
    private final ConcurrentHashMap<EdgeName, EdgeRuntime> edges = new ConcurrentHashMap<>();
    private volatile Map<EdgeName, EdgeHistory> configured = Map.of();

    /** @param wallClock milliseconds of Unix time, as {@link System#currentTimeMillis} */
    public EdgeRuntimes(Metrics metrics, LongSupplier wallClock) {
        this.metrics = metrics;
        this.wallClock = wallClock;
        metrics.gauge("ringgate_receiver_unrecognised_edges", this::unrecognised);
    }

    public EdgeRuntime of(EdgeName edge) {
        EdgeRuntime known = edges.get(edge);
        return known == null ? edges.computeIfAbsent(edge, name -> new EdgeRuntime(name, metrics)) : known;
    }

    /** From now on these are the configured edges: the gauges of new ones appear, those of others go. */
    public synchronized void configure(Collection<EdgeName> names) {
        Map<EdgeName, EdgeHistory> before = configured;
        Map<EdgeName, EdgeHistory> after = new HashMap<>();
        for (EdgeName name : names) {
            after.put(name, of(name).beginHistory(wallClock));
        }
        configured = Map.copyOf(after);
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(name -> {
            of(name).endHistory();
            metrics.dropGauge(LAST_ACCEPTED, "edge", name.value());
        });
        after.forEach((name, history) -> {
            if (!before.containsKey(name)) {
                metrics.gauge(LAST_ACCEPTED, history::lastAcceptedSeconds, "edge", name.value());
            }
        });
    }

    /** Configured edges whose last refusal is a receiver's in unknown words, a short time ago. */
    private int unrecognised() {
        Instant since = Instant.ofEpochMilli(wallClock.getAsLong()).minus(RECENT);
        int found = 0;
        for (EdgeHistory history : configured.values()) {
            found += history.isUnrecognised(since) ? 1 : 0;
        }
        return found;
    }
}
