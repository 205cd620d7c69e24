package io.ringgate.limits;

import io.ringgate.edge.EdgeName;
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

    private record Shortage(int weight, long atNanos) {}

    /** The one that was short longest ago comes first. */
    private final SequencedMap<EdgeName, Shortage> shortages = new LinkedHashMap<>();

    void add(EdgeName edge, int weight, long nowNanos) {
        shortages.remove(edge);
        if (shortages.size() >= MOST) {
            shortages.pollFirstEntry();
        }
        shortages.put(edge, new Shortage(weight, nowNanos));
    }

    void forget(long nowNanos) {
        Iterator<Shortage> oldest = shortages.values().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().atNanos() >= KEPT_NANOS) {
            oldest.remove();
        }
    }

    boolean hasOthersThan(EdgeName edge) {
        return shortages.size() > (shortages.containsKey(edge) ? 1 : 0);
    }

    /** Whether another edge was short within this time. */
    boolean hasOthersThan(EdgeName edge, long nowNanos, long withinNanos) {
        for (Map.Entry<EdgeName, Shortage> newest : shortages.reversed().entrySet()) {
            if (!newest.getKey().equals(edge)) {
                return nowNanos - newest.getValue().atNanos() < withinNanos;
            }
        }
        return false;
    }

    /** The sum of the weights of some of them. */
    long weights(Predicate<EdgeName> some) {
        long sum = 0;
        for (Map.Entry<EdgeName, Shortage> each : shortages.entrySet()) {
            sum += some.test(each.getKey()) ? each.getValue().weight() : 0;
        }
        return sum;
    }
}
