package io.ringgate.pipeline;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lane of each edge, made on its first write and again when the edge's record has changed. Bounded by the names that
 * configuration ever held. Any thread.
 */
public final class Lanes {

    private final ConcurrentHashMap<EdgeName, Lane> lanes = new ConcurrentHashMap<>();
    private final Accounts accounts;
    private final Metrics metrics;

    public Lanes(Accounts accounts, Metrics metrics) {
        this.accounts = accounts;
        this.metrics = metrics;
    }

    /** A lane holds exactly the record that the credential led to: a changed label is stamped from the next write on. */
    Lane of(Edge edge) {
        Lane lane = lanes.get(edge.name());
        if (lane != null && lane.edge().equals(edge)) {
            return lane;
        }
        Lane fresh = new Lane(edge, accounts.of(edge), metrics);
        lanes.put(edge.name(), fresh);
        return fresh;
    }
}
