package io.ringgate.pipeline;

import io.ringgate.edge.Edge;
import io.ringgate.metrics.Metrics;

/**
 * Gives each write the context of its edge, which is made on the edge's first write and again when its record has changed.
 * Any thread.
 */
public final class EdgeContexts {

    private final EdgeRuntimes edges;
    private final TenantAccounts accounts;
    private final Metrics metrics;

    public EdgeContexts(EdgeRuntimes edges, TenantAccounts accounts, Metrics metrics) {
        this.edges = edges;
        this.accounts = accounts;
        this.metrics = metrics;
    }

    /**
     * A context holds exactly the record that the credential led to: a changed label is stamped from the next write on. Two
     * threads may make the same context at once; either is right.
     */
    EdgeContext of(Edge edge) {
        EdgeRuntime runtime = edges.of(edge.name());
        EdgeContext known = runtime.contextOf(edge);
        if (known != null) {
            return known;
        }
        EdgeContext fresh = new EdgeContext(edge, runtime, accounts.of(edge.tenant(), runtime), metrics);
        runtime.replaceContext(fresh);
        return fresh;
    }
}
