package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets the log speak of each source once a minute, and counts what is left unsaid. Clients choose how many sources there
 * are, so only some are remembered: while the table is full of recent ones, no further one is spoken of. Any thread.
 */
final class PerSourceLogLimiter {

    static final int MOST = 1_000;
    static final long SILENT = -1;

    private static final long PAUSE_NANOS = 60_000_000_000L;

    private static final class Entry {
        private final long spokenAt;
        private long unsaid;

        Entry(long spokenAt) {
            this.spokenAt = spokenAt;
        }
    }

    /** The one that spoke longest ago comes first. */
    private final Map<Network, Entry> spoken = new LinkedHashMap<>();

    /** Of sources that are not in the table, or not any more. */
    private long unsaidElsewhere;

    /** How many went unsaid since the last line that was spoken, or {@link #SILENT} when nothing is to be said now. */
    synchronized long ask(Network source, long nowNanos) {
        forget(nowNanos, source);
        Entry last = spoken.get(source);
        if (last != null && nowNanos - last.spokenAt < PAUSE_NANOS) {
            last.unsaid++;
            return SILENT;
        }
        if (last == null && spoken.size() >= MOST) {
            unsaidElsewhere++;
            return SILENT;
        }
        long unsaid = unsaidElsewhere + (last == null ? 0 : last.unsaid);
        unsaidElsewhere = 0;
        spoken.remove(source);
        spoken.put(source, new Entry(nowNanos));
        return unsaid;
    }

    private void forget(long nowNanos, Network but) {
        Iterator<Map.Entry<Network, Entry>> oldest = spoken.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Network, Entry> each = oldest.next();
            if (nowNanos - each.getValue().spokenAt < PAUSE_NANOS) {
                return;
            }
            if (!each.getKey().equals(but)) {
                unsaidElsewhere += each.getValue().unsaid;
                oldest.remove();
            }
        }
    }

    synchronized int size() {
        return spoken.size();
    }
}
