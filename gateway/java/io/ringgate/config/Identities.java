package io.ringgate.config;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may write: the edge clusters and how they prove themselves. Names are distinct, and a credential belongs to one
 * edge only.
 *
 * @param introspection who is asked about tokens; absent where no edge has one
 */
public record Identities(
        List<EdgeEntry> edges, @Nullable IntrospectionConfig introspection) {

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
                if (credential.proof() instanceof Credential.Basic(String user)) {
                    byUser.put(user, new Held(entry.edge(), credential));
                }
            }
        }
        return byUser;
    }

    /** Those that are known by what introspection says of their tokens. Those of disabled edges are in it too. */
    public Map<Map<ClaimPath, String>, Held> introspected() {
        Map<Map<ClaimPath, String>, Held> byClaims = new LinkedHashMap<>();
        for (EdgeEntry entry : edges) {
            for (Credential credential : entry.credentials()) {
                if (credential.proof() instanceof Credential.OAuth2(Map<ClaimPath, String> claims)) {
                    byClaims.put(claims, new Held(entry.edge(), credential));
                }
            }
        }
        return byClaims;
    }
}
