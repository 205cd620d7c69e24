package io.ringgate.auth;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When each configured credential was last used, which outlives a reload. Any thread. */
public final class Logins {

    private final ConcurrentMap<Key, LastSeen> seen = new ConcurrentHashMap<>();

    private record Key(EdgeName edge, String name) {}

    /** A credential as it is configured now. */
    public Login login(Edge edge, String name, @Nullable Instant notAfter) {
        return new Login(edge, name, notAfter, lastSeen(edge.name(), name));
    }

    public LastSeen lastSeen(EdgeName edge, String name) {
        return seen.computeIfAbsent(new Key(edge, name), key -> new LastSeen());
    }

    /** Removes those of all other edges. */
    public void keepOnly(Set<EdgeName> edges) {
        Set<Key> gone = seen.keySet().stream()
                .filter(key -> !edges.contains(key.edge()))
                .collect(Collectors.toSet());
        gone.forEach(seen::remove);
    }
}
