package io.ringgate.edge;

import java.util.List;

/**
 * An edge cluster as the write path sees it once its sender is known. Every credential leads to one of these.
 *
 * @param labels what is stamped on each series, the tenant label included; names are distinct
 * @param enabled false refuses its writes with 403 although the credential is right
 */
public record Edge(EdgeName name, TenantId tenant, List<StampedLabel> labels, boolean enabled) {

    public Edge {
        labels = List.copyOf(labels);
    }
}
