package io.ringgate.config;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /**
     * A user's credential.
     *
     * @param hash his own; absent when the htpasswd file has it
     */
    public record Held(
            Edge edge, Credential credential, @Nullable Secret hash) {}

    /** Whether somebody needs the htpasswd file. */
    public boolean needHtpasswd() {
        return basicUsers().values().stream().anyMatch(held -> held.hash() == null);
    }

    /** Whether some edge may write from certain networks only. */
    public boolean bindSources() {
        return edges.stream().anyMatch(entry -> !entry.edge().sources().isEmpty());
    }


    /** The users that log in by password, in the order of the file. Those of disabled edges are in it too. */
    public Map<String, Held> basicUsers() {
        Map<String, Held> byUser = new LinkedHashMap<>();
        for (EdgeEntry entry : edges) {
            for (Credential credential : entry.credentials()) {
                switch (credential.proof()) {
                    case Credential.Basic basic ->
                        byUser.put(basic.user(), new Held(entry.edge(), credential, basic.hash()));
                }
            }
        }
        return byUser;
    }
}
