package io.ringgate.limits;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * The edges that were short of memory within the last minute: refused what they were entitled to. At most {@link #MOST}, the
 * newest. Not safe for threads: it belongs to a {@link MemoryBudget}, under whose lock it is used.
 */
final class ShortEdges {

    /** How long a shortage counts. An edge that took everything while it was alone may try that again only so often. */
    static final long KEPT_NANOS = 60_000_000_000L;

    /** The owner of many edges can make the shares of others only this much smaller. */
    static final int MOST = 64;

    private record LastShort(int weight, long atNanos) {}

    /** The one that was short longest ago comes first. */
    private final SequencedMap<EdgeShare, LastShort> shortages = new LinkedHashMap<>();

    void add(EdgeShare edge, int weight, long nowNanos) {
        shortages.remove(edge);
        if (shortages.size() >= MOST) {
            shortages.pollFirstEntry();
        }
        shortages.put(edge, new LastShort(weight, nowNanos));
    }

    void forget(long nowNanos) {
        Iterator<LastShort> oldest = shortages.values().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().atNanos() >= KEPT_NANOS) {
            oldest.remove();
        }
    }

    boolean hasOthersThan(EdgeShare edge) {
        return shortages.size() > 1 || (shortages.size() == 1 && !shortages.containsKey(edge));
    }

    /** Whether another edge was short within this time. */
    boolean hasOthersThan(EdgeShare edge, long nowNanos, long withinNanos) {
        for (Map.Entry<EdgeShare, LastShort> newest : shortages.reversed().entrySet()) {
            if (!newest.getKey().equals(edge)) {
                return nowNanos - newest.getValue().atNanos() < withinNanos;
            }
        }
        return false;
    }

    /** The sum of the weights of some of them. */
    long weights(Predicate<EdgeShare> some) {
        long sum = 0;
        for (Map.Entry<EdgeShare, LastShort> each : shortages.entrySet()) {
            sum += some.test(each.getKey()) ? each.getValue().weight() : 0;
        }
        return sum;
    }
}
