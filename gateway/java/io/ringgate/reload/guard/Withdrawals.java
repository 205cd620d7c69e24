package io.ringgate.reload.guard;

import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.Identities;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.reload.LoadedIdentities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What explicitly withdraws an edge's rights applies at once, also while the rest of the change waits: {@code enabled:
 * false}, an earlier {@code not_after}, and a name in {@code removed}. Everything else stays as it is.
 */
public final class Withdrawals {

    private Withdrawals() {}

    /** The active senders without what the next ones withdraw; equal to {@code now} when they withdraw nothing. */
    public static LoadedIdentities apply(LoadedIdentities now, LoadedIdentities next) {
        Map<EdgeName, EdgeEntry> written = new HashMap<>();
        next.identities().edges().forEach(entry -> written.put(entry.edge().name(), entry));
        Set<EdgeName> removed = next.identities().removed();
        List<EdgeEntry> left = new ArrayList<>();
        for (EdgeEntry entry : now.identities().edges()) {
            if (!removed.contains(entry.edge().name())) {
                EdgeEntry other = written.get(entry.edge().name());
                left.add(other == null ? entry : withdraw(entry, other));
            }
        }
        Identities before = now.identities();
        return now.with(new Identities(left, before.removed(), before.issuers(), before.introspection()));
    }

    private static EdgeEntry withdraw(EdgeEntry now, EdgeEntry next) {
        Map<String, EdgeCredential> written = new HashMap<>();
        next.credentials().forEach(credential -> written.put(credential.proof().name(), credential));
        List<EdgeCredential> credentials = now.credentials().stream()
                .map(credential ->
                        withdraw(credential, written.get(credential.proof().name())))
                .toList();
        Edge edge = now.edge();
        return new EdgeEntry(
                new Edge(
                        edge.name(),
                        edge.tenant(),
                        edge.labels(),
                        edge.sources(),
                        edge.enabled() && next.edge().enabled()),
                credentials);
    }

    private static EdgeCredential withdraw(EdgeCredential now, @Nullable EdgeCredential next) {
        Instant end = next == null ? null : next.notAfter();
        boolean earlier = end != null && (now.notAfter() == null || end.isBefore(now.notAfter()));
        return earlier ? new EdgeCredential(now.proof(), end, now.note()) : now;
    }
}
