package io.ringgate.reload.guard;

import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import io.ringgate.edge.EdgeName;
import io.ringgate.reload.LoadedIdentities;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * By which credentials enabled edges can log in at a moment. A user without a line in htpasswd has none, and a credential
 * that has ended is none.
 *
 * @param byEdge the names of credentials; an edge without a usable one is not in it. In the order of the file
 */
public record UsableCredentials(Map<EdgeName, Set<String>> byEdge) {

    public static UsableCredentials of(LoadedIdentities senders, Instant at) {
        Set<String> users = senders.htpasswd().users();
        Map<EdgeName, Set<String>> byEdge = new LinkedHashMap<>();
        for (EdgeEntry entry : senders.identities().edges()) {
            Set<String> usable = new HashSet<>();
            for (EdgeCredential credential : entry.credentials()) {
                if (isUsable(credential, users, at)) {
                    usable.add(credential.proof().name());
                }
            }
            if (entry.edge().enabled() && !usable.isEmpty()) {
                byEdge.put(entry.edge().name(), usable);
            }
        }
        return new UsableCredentials(byEdge);
    }

    private static boolean isUsable(EdgeCredential credential, Set<String> users, Instant at) {
        boolean known = !(credential.proof() instanceof EdgeCredential.Basic basic)
                || basic.hash() != null
                || users.contains(basic.user());
        return known && !hasEnded(credential, at);
    }

    static boolean hasEnded(EdgeCredential credential, Instant at) {
        return credential.notAfter() != null && !at.isBefore(credential.notAfter());
    }

    /** Of all edges together. */
    Set<String> all() {
        Set<String> all = new HashSet<>();
        byEdge.values().forEach(all::addAll);
        return all;
    }
}
