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

    /** One credential of an edge. */
    public record Held(Edge edge, Credential credential) {}

    /** The users that log in by password, in the order of the file. Those of disabled edges are in it too. */
    public Map<String, Held> basicUsers() {
        Map<String, Held> byUser = new LinkedHashMap<>();
        for (EdgeEntry entry : edges) {
            for (Credential credential : entry.credentials()) {
                switch (credential.proof()) {
                    case Credential.Basic(String user) -> byUser.put(user, new Held(entry.edge(), credential));
                    case Credential.Certificate _ -> {
                        // below
                    }
                }
            }
        }
        return byUser;
    }

    /** The client certificates by which edges are known, in the order of the file. Those of disabled edges are in it too. */
    public Map<Credential.Certificate, Held> certificates() {
        Map<Credential.Certificate, Held> known = new LinkedHashMap<>();
        for (EdgeEntry entry : edges) {
            for (Credential credential : entry.credentials()) {
                if (credential.proof() instanceof Credential.Certificate certificate) {
                    known.put(certificate, new Held(entry.edge(), credential));
                }
            }
        }
        return known;
    }
}
