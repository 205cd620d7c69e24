package io.ringgate.pipeline;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.limits.EdgeShare;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.SeriesFault;
import io.ringgate.wire.WriteCounts;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that one edge has while the gateway runs: its share of memory and concurrency, its counters, its history and its
 * compiled context. A write finds it once by the edge's name, see {@link EdgeRuntimes}, and carries it from then on. It stays
 * the same object whatever configurations come. Any thread.
 */
public final class EdgeRuntime {

    private final EdgeShare share;
    private final EdgeCounts counts;

    /** Absent while the edge is not configured. */
    private volatile @Nullable EdgeHistory history;

    /** Of the newest record that a write came with; absent before the first write. */
    private volatile @Nullable EdgeContext context;

    EdgeRuntime(EdgeName name, Metrics metrics) {
        this.share = new EdgeShare(name);
        this.counts = new EdgeCounts(name, metrics);
    }

    EdgeName name() {
        return share.edge();
    }

    public EdgeShare share() {
        return share;
    }

    public EdgeStatus status() {
        EdgeHistory known = history;
        return known == null ? EdgeStatus.NONE : known.status();
    }

    /** Null before the first write of this record. */
    @Nullable
    EdgeContext contextOf(Edge edge) {
        EdgeContext known = context;
        return known != null && known.edge().equals(edge) ? known : null;
    }

    void replaceContext(EdgeContext next) {
        context = next;
    }

    /** The edge is in the configuration. Goes on with the history that it has. */
    EdgeHistory beginHistory(LongSupplier wallClock) {
        EdgeHistory known = history;
        if (known == null) {
            known = new EdgeHistory(wallClock);
            history = known;
        }
        return known;
    }

    /** The edge has left the configuration. */
    void endHistory() {
        history = null;
    }

    /**
     * The receivers acknowledged data of the edge.
     *
     * @param packedBytes of the write as it came
     */
    void accepted(WriteCounts tally, long packedBytes) {
        counts.accepted(tally, packedBytes);
        EdgeHistory known = history;
        if (known != null) {
            known.accepted();
        }
    }

    /** The write was refused, as a whole or in part. */
    void refused(Rejection rejection, String requestId) {
        counts.refused(rejection.reason());
        EdgeHistory known = history;
        if (known != null) {
            known.refused(rejection, requestId);
        }
    }

    void refused(SeriesFault fault, int series) {
        counts.refused(fault, series);
    }

    /** A write of it had to wait for memory or a place. */
    void waited(long nanos, boolean granted) {
        counts.waited(nanos, granted);
        EdgeHistory known = history;
        if (known != null) {
            known.waited(nanos, granted);
        }
    }
}
