package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets one line per source and minute into the log, and counts the others. Clients choose how many sources there are, so the
 * table is bounded: while it is full of recent ones, further sources are only counted. Any thread.
 */
final class PerSourceLogLimiter {

    static final int MAX_SOURCES = 1_000;
    static final long SUPPRESS = -1;

    private static final long PAUSE_NANOS = 60_000_000_000L;

    private static final class Entry {
        private final long loggedNanos;
        private long suppressed;

        Entry(long loggedNanos) {
            this.loggedNanos = loggedNanos;
        }
    }

    /** The one that was logged longest ago comes first. */
    private final Map<Network, Entry> entries = new LinkedHashMap<>();

    /** Of sources that are not in the table, or not any more. */
    private long suppressedElsewhere;

    /** How many lines were suppressed since the last one, or {@link #SUPPRESS} when this one is to be suppressed too. */
    synchronized long suppressed(Network source, long nowNanos) {
        removeOld(nowNanos, source);
        Entry last = entries.get(source);
        if (last != null && nowNanos - last.loggedNanos < PAUSE_NANOS) {
            last.suppressed++;
            return SUPPRESS;
        }
        if (last == null && entries.size() >= MAX_SOURCES) {
            suppressedElsewhere++;
            return SUPPRESS;
        }
        long suppressed = suppressedElsewhere + (last == null ? 0 : last.suppressed);
        suppressedElsewhere = 0;
        entries.remove(source);
        entries.put(source, new Entry(nowNanos));
        return suppressed;
    }

    private void removeOld(long nowNanos, Network except) {
        Iterator<Map.Entry<Network, Entry>> oldest = entries.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Network, Entry> each = oldest.next();
            if (nowNanos - each.getValue().loggedNanos < PAUSE_NANOS) {
                return;
            }
            if (!each.getKey().equals(except)) {
                suppressedElsewhere += each.getValue().suppressed;
                oldest.remove();
            }
        }
    }

    synchronized int size() {
        return entries.size();
    }
}
