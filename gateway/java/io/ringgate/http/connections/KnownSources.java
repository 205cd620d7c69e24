package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sources from which an edge has authenticated within the last hour: their new connections are likely to be an edge again.
 * Only a verified credential adds a source, and the table is bounded all the same. Guarded by the lock of its owner.
 */
final class KnownSources {

    static final int MOST = 10_000;
    static final long REMEMBERED_NANOS = 3_600_000_000_000L;

    /** When an edge last authenticated from there; the one longest ago comes first. */
    private final Map<Network, Long> seen = new LinkedHashMap<>();

    void authenticated(Network source, long nowNanos) {
        seen.remove(source);
        seen.put(source, nowNanos);
        Iterator<Map.Entry<Network, Long>> oldest = seen.entrySet().iterator();
        while (oldest.hasNext()) {
            if (!isPast(oldest.next().getValue(), nowNanos) && seen.size() <= MOST) {
                return;
            }
            oldest.remove();
        }
    }

    boolean contains(Network source, long nowNanos) {
        Long last = seen.get(source);
        return last != null && !isPast(last, nowNanos);
    }

    private static boolean isPast(long last, long nowNanos) {
        return nowNanos - last > REMEMBERED_NANOS;
    }

    int size() {
        return seen.size();
    }
}
