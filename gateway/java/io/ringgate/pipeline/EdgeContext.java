package io.ringgate.pipeline;

import io.ringgate.edge.Edge;
import io.ringgate.metrics.Metrics;
import io.ringgate.stamp.StampCompiler;
import io.ringgate.wire.SeriesFault;
import io.ringgate.wire.StampPlan;
import io.ringgate.wire.WriteCounts;
import java.util.EnumMap;
import java.util.Map;

/**
 * One record of an edge with all that its writes need, compiled once: its runtime and account, the stamp plan, and the counters
 * of its tenant. Immutable but for the counts; shared by all event loops.
 */
final class EdgeContext {

    private final Edge edge;
    private final EdgeAccount account;
    private final StampPlan plan;
    private final EdgeRuntime runtime;
    private final LabelConflicts conflicts;
    private final Metrics.Counter writes;
    private final Metrics.Counter series;
    private final Metrics.Counter samples;
    private final Metrics.Counter histograms;
    private final Metrics.Counter exemplars;
    private final Metrics.Counter receivedBytes;
    private final Map<SeriesFault, Metrics.Counter> refusedSeries = new EnumMap<>(SeriesFault.class);

    EdgeContext(Edge edge, EdgeRuntime runtime, EdgeAccount account, Metrics metrics) {
        this.edge = edge;
        this.account = account;
        this.plan = StampCompiler.planFor(edge);
        this.runtime = runtime;
        this.conflicts = new LabelConflicts(edge, metrics);
        String tenant = edge.tenant().value();
        this.writes = metrics.counter("ringgate_accepted_writes_total", "tenant", tenant);
        this.series = metrics.counter("ringgate_accepted_series_total", "tenant", tenant);
        this.samples = metrics.counter("ringgate_accepted_samples_total", "tenant", tenant);
        this.histograms = metrics.counter("ringgate_accepted_histograms_total", "tenant", tenant);
        this.exemplars = metrics.counter("ringgate_accepted_exemplars_total", "tenant", tenant);
        this.receivedBytes = metrics.counter("ringgate_received_bytes_total", "tenant", tenant);
        for (SeriesFault fault : SeriesFault.values()) {
            refusedSeries.put(
                    fault, metrics.counter("ringgate_refused_series_total", "tenant", tenant, "fault", fault.label()));
        }
    }

    Edge edge() {
        return edge;
    }

    EdgeAccount account() {
        return account;
    }

    StampPlan plan() {
        return plan;
    }

    void received(long packedBytes) {
        receivedBytes.add(packedBytes);
    }

    EdgeRuntime runtime() {
        return runtime;
    }

    /**
     * The receivers hold what the tally says was sent on.
     *
     * @param packedBytes of the write as it came
     */
    void accepted(WriteCounts tally, long packedBytes) {
        runtime.accepted(tally, packedBytes);
        writes.increment();
        series.add(tally.series() - tally.refusedSeries());
        samples.add(tally.samples());
        if (tally.histograms() > 0) {
            histograms.add(tally.histograms());
        }
        if (tally.exemplars() > 0) {
            exemplars.add(tally.exemplars());
        }
    }

    /** What was found in a write, whatever becomes of it: conflicts, and series that never leave here or should not. */
    void seen(WriteCounts tally, long nowNanos) {
        conflicts.add(tally.conflicts(), nowNanos);
        tally.refusedBy().forEach((fault, count) -> {
            Metrics.Counter counter = refusedSeries.get(fault);
            if (counter != null) {
                counter.add(count);
                runtime.refused(fault, count);
            }
        });
        if (!tally.observedBy().isEmpty()) {
            account.observeModeCounts().series(tally.observedBy());
        }
    }
}
