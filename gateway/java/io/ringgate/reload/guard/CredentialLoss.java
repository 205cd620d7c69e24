package io.ringgate.reload.guard;

import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import io.ringgate.edge.EdgeName;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.Force;
import io.ringgate.reload.LoadedIdentities;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.diff.EdgeNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Edges that a change leaves without a usable credential although the file does not say so explicitly: a truncated file
 * does that. Explicit is {@code enabled: false}, the edge's name in {@code removed}, and a {@code not_after} that has
 * passed. An edge that is only renamed keeps its credentials under the new name.
 *
 * @param edges in the order of the active file
 * @param of how many can log in now
 */
public record CredentialLoss(List<EdgeName> edges, int of) {

    /** Fewer are an operator's ordinary change. */
    private static final int FEWEST = 2;

    /** The change waits when it concerns more than one edge in this many. */
    private static final int ONE_IN = 10;

    static CredentialLoss between(LoadedIdentities now, LoadedIdentities next, Instant at) {
        UsableCredentials before = UsableCredentials.of(now, at);
        UsableCredentials after = UsableCredentials.of(next, at);
        Set<String> left = after.all();
        Map<EdgeName, EdgeEntry> entries = new HashMap<>();
        next.identities().edges().forEach(entry -> entries.put(entry.edge().name(), entry));
        List<EdgeName> lost = new ArrayList<>();
        before.byEdge().forEach((name, usable) -> {
            boolean canLogIn =
                    after.byEdge().containsKey(name) || usable.stream().anyMatch(left::contains);
            if (!canLogIn
                    && !next.identities().removed().contains(name)
                    && !isWithdrawn(entries.get(name), usable, at)) {
                lost.add(name);
            }
        });
        return new CredentialLoss(lost, before.byEdge().size());
    }

    private static boolean isWithdrawn(@Nullable EdgeEntry entry, Set<String> usable, Instant at) {
        if (entry == null) {
            return false;
        }
        if (!entry.edge().enabled()) {
            return true;
        }
        Set<String> ended = new HashSet<>();
        for (EdgeCredential credential : entry.credentials()) {
            if (UsableCredentials.hasEnded(credential, at)) {
                ended.add(credential.proof().name());
            }
        }
        return ended.containsAll(usable);
    }

    /** Whether the change waits for the operator. */
    boolean isMany() {
        return edges.size() >= FEWEST && edges.size() * ONE_IN > of;
    }

    /** Nothing to wait for, or what a change of these files does. */
    public static List<PendingReason> reasons(ActiveConfiguration now, ActiveConfiguration next, Instant at) {
        if (next.loadedIdentities().equals(now.loadedIdentities())) {
            return List.of();
        }
        CredentialLoss lost = between(now.loadedIdentities(), next.loadedIdentities(), at);
        if (!lost.isMany()) {
            return List.of();
        }
        return List.of(PendingReason.of(
                Force.IDENTITIES,
                next.settings().files().edges() + " and "
                        + next.settings().files().htpasswd() + ": "
                        + lost.edges.size() + " of " + lost.of + " edges would have no usable credential left ("
                        + EdgeNames.text(lost.edges)
                        + "), more than a tenth at once: complete the files, or name the edges in"
                        + " `removed`"));
    }
}
