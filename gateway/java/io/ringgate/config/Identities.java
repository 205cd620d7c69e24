package io.ringgate.config;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may write: the edge clusters and how they authenticate. Names are distinct, and a credential belongs to one
 * edge only.
 *
 * @param removed edges that are withdrawn on purpose; none of them is among {@code edges}
 * @param issuers whose tokens prove an edge; those that credentials name are among them
 * @param introspection who is asked about tokens that say nothing themselves; absent where nobody is
 */
public record Identities(
        List<EdgeEntry> edges,
        Set<EdgeName> removed,
        Issuers issuers,
        @Nullable IntrospectionConfig introspection) {

    public Identities {
        edges = List.copyOf(edges);
        removed = Set.copyOf(removed);
    }

    public Identities(List<EdgeEntry> edges) {
        this(edges, Set.of(), Issuers.NONE, null);
    }

    /** The names of all, disabled ones too. */
    public List<EdgeName> names() {
        return edges.stream().map(entry -> entry.edge().name()).toList();
    }

    /** The tenants of all, of disabled ones too. */
    public Set<TenantId> tenants() {
        return edges.stream().map(entry -> entry.edge().tenant()).collect(Collectors.toSet());
    }

    /** One credential of an edge. */
    public record Held(Edge edge, EdgeCredential credential) {}

    /** Every credential, in the order of the file. Those of disabled edges are in it too. */
    public List<Held> held() {
        return edges.stream()
                .flatMap(entry -> entry.credentials().stream().map(credential -> new Held(entry.edge(), credential)))
                .toList();
    }

    /** Whether anybody can write: an edge that is configured, or one that a template makes of claims. */
    public boolean nameSomebody() {
        return !edges.isEmpty() || !issuers.noneHasTemplate();
    }

    /** Whether somebody needs the htpasswd file. */
    public boolean needHtpasswd() {
        return edges.stream()
                .flatMap(entry -> entry.credentials().stream())
                .anyMatch(
                        credential -> credential.proof() instanceof EdgeCredential.Basic basic && basic.hash() == null);
    }

    /** Whether some edge may write from certain networks only. */
    public boolean bindSources() {
        return edges.stream().anyMatch(entry -> !entry.edge().sources().isEmpty());
    }
}
