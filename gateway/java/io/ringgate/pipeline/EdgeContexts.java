package io.ringgate.pipeline;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The context of each edge, made on its first write and again when the edge's record has changed. Bounded by the names that
 * configuration ever held. Any thread.
 */
public final class EdgeContexts {

    private final ConcurrentHashMap<EdgeName, EdgeContext> contexts = new ConcurrentHashMap<>();
    private final Accounts accounts;
    private final Metrics metrics;

    public EdgeContexts(Accounts accounts, Metrics metrics) {
        this.accounts = accounts;
        this.metrics = metrics;
    }

    /** A context holds exactly the record that the credential led to: a changed label is stamped from the next write on. */
    EdgeContext of(Edge edge) {
        EdgeContext context = contexts.get(edge.name());
        if (context != null && context.edge().equals(edge)) {
            return context;
        }
        EdgeContext fresh = new EdgeContext(edge, accounts.of(edge), metrics);
        contexts.put(edge.name(), fresh);
        return fresh;
    }
}
