package io.ringgate.edge;

import java.util.List;

/**
 * An edge cluster on the write path, after authentication. Every credential leads to one edge.
 *
 * @param labels what is stamped on each series, the tenant label included; names are distinct
 * @param sources where its writes may come from; none for anywhere
 * @param enabled false refuses its writes with 403 although the credential is right
 */
public record Edge(EdgeName name, TenantId tenant, List<StampedLabel> labels, List<Network> sources, boolean enabled) {

    public Edge {
        labels = List.copyOf(labels);
        sources = List.copyOf(sources);
    }

    /** Whether its allowed networks contain the address, or it has none. */
    public boolean mayComeFrom(Address address) {
        if (sources.isEmpty()) {
            return true;
        }
        for (Network network : sources) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
