package io.ringgate.pipeline;

import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Reason;
import io.ringgate.wire.SeriesFault;
import io.ringgate.wire.WriteCounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one edge: where all edges share a tenant, only this tells them apart. A counter begins with its first
 * use, so that ten thousand edges have those that they use and not one for every reason there is. Any thread.
 */
final class EdgeCounts {

    private static final long SECOND = 1_000_000_000L;
    private static final String WAITS = "ringgate_edge_admission_waits_total";

    private final Metrics metrics;
    private final String edge;
    private final OnFirstUse samples = new OnFirstUse("ringgate_edge_accepted_samples_total");
    private final OnFirstUse series = new OnFirstUse("ringgate_edge_accepted_series_total");
    private final OnFirstUse bytes = new OnFirstUse("ringgate_edge_accepted_bytes_total");
    private final OnFirstUse waitsGranted = new OnFirstUse(WAITS, "outcome", "granted");
    private final OnFirstUse waitsInVain = new OnFirstUse(WAITS, "outcome", "refused");
    private final OnFirstUse waitSeconds = new OnFirstUse("ringgate_edge_admission_wait_seconds_total");
    private final AtomicLong waitedNanos = new AtomicLong();
    private final Map<Reason, Metrics.Counter> refusedWrites = new ConcurrentHashMap<>(2);
    private final Map<SeriesFault, Metrics.Counter> refusedSeries = new ConcurrentHashMap<>(2);

    EdgeCounts(EdgeName edge, Metrics metrics) {
        this.edge = edge.value();
        this.metrics = metrics;
    }

    /** @param packedBytes of the write as it came */
    void accepted(WriteCounts tally, long packedBytes) {
        series.add(tally.series() - tally.refusedSeries());
        samples.add(tally.samples());
        bytes.add(packedBytes);
    }

    void refused(Reason reason) {
        refusedWrites
                .computeIfAbsent(
                        reason,
                        r -> metrics.counter("ringgate_edge_refused_writes_total", "edge", edge, "reason", r.label()))
                .increment();
    }

    void refused(SeriesFault fault, int count) {
        refusedSeries
                .computeIfAbsent(
                        fault,
                        f -> metrics.counter("ringgate_edge_refused_series_total", "edge", edge, "fault", f.label()))
                .add(count);
    }

    /** A write had to wait for memory or a place. Whole seconds are counted, the rest is kept for the next. */
    void waited(long nanos, boolean granted) {
        (granted ? waitsGranted : waitsInVain).add(1);
        long before = waitedNanos.getAndAdd(nanos);
        long seconds = (before + nanos) / SECOND - before / SECOND;
        if (seconds > 0) {
            waitSeconds.add(seconds);
        }
    }

    /** Two threads may ask at once for the first time; both get the same counter. */
    private final class OnFirstUse {

        private final String name;
        private final String[] more;
        private volatile Metrics.@Nullable Counter counter;

        /** @param more labels beside the edge */
        OnFirstUse(String name, String... more) {
            this.name = name;
            this.more = more;
        }

        void add(long amount) {
            Metrics.Counter used = counter;
            if (used == null) {
                used = metrics.counter(name, labels());
                counter = used;
            }
            used.add(amount);
        }

        private String[] labels() {
            return Stream.concat(Stream.of("edge", edge), Stream.of(more)).toArray(String[]::new);
        }
    }
}
