package io.ringgate.config;

import io.ringgate.edge.EdgeName;
import java.util.HashMap;
import java.util.Map;

/**
 * What one policy file says.
 *
 * @param tenant of the tenant as a whole; its rates are for all its edges together, everything else is for each of them
 * @param perEdge of each edge by itself, besides
 * @param edges of single edges, over {@code perEdge}
 */
public record TenantPolicy(Policy tenant, Policy perEdge, Map<EdgeName, Policy> edges) {

    public static final TenantPolicy NONE = new TenantPolicy(Policy.NONE, Policy.NONE, Map.of());

    public TenantPolicy {
        edges = Map.copyOf(edges);
    }

    /** What holds where this is said on top of {@code base}. */
    public TenantPolicy over(TenantPolicy base) {
        Map<EdgeName, Policy> merged = new HashMap<>(base.edges);
        edges.forEach((edge, policy) -> merged.merge(edge, policy, (below, above) -> above.over(below)));
        return new TenantPolicy(tenant.over(base.tenant), perEdge.over(base.perEdge), merged);
    }

    /** The rates of an edge by itself are in this; whatever else it does not say, the tenant's policy does. */
    public Policy ofEdge(EdgeName edge) {
        return edges.getOrDefault(edge, Policy.NONE).over(perEdge);
    }
}
