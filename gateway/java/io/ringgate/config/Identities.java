package io.ringgate.config;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may write: the edge clusters and how they prove themselves. Names are distinct, and a credential belongs to one
 * edge only.
 */
public record Identities(List<EdgeEntry> edges) {

    public Identities {
        edges = List.copyOf(edges);
    }

    /** The names of all, disabled ones too. */
    public List<EdgeName> names() {
        return edges.stream().map(entry -> entry.edge().name()).toList();
    }

    /** The edge of each user that logs in by password, in the order of the file. Disabled edges are in it too. */
    public Map<String, Edge> edgesByBasicUser() {
        Map<String, Edge> byUser = new LinkedHashMap<>();
        for (EdgeEntry entry : edges) {
            for (Credential credential : entry.credentials()) {
                switch (credential) {
                    case Credential.Basic basic -> byUser.put(basic.user(), entry.edge());
                }
            }
        }
        return byUser;
    }
}
