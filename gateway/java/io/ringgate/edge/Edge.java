package io.ringgate.edge;

import java.util.List;

/**
 * An edge cluster as the write path sees it once its sender is known. Every credential leads to one of these.
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

    /** Whether it may write from there. */
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
