package io.ringgate.limits;

import io.ringgate.edge.EdgeName;
import java.util.HashMap;
import java.util.Map;

/**
 * How many writes of each edge are under way, and of all together. The caps come with each call: they belong to whoever
 * asks.
 *
 * <p>Any thread, under one short lock. State of an edge is gone when nothing of it is under way.
 */
public final class ConcurrentWrites {

    /** The edge has as many as it may. */
    public static final int NO_PLACE_FOR_EDGE = 0;

    /** All edges together have as many as they may. */
    public static final int NO_PLACE = -1;

    private long mostOfAll = Long.MAX_VALUE;
    private final Map<EdgeName, Count> counts = new HashMap<>();
    private int total;

    /** From now on this is the cap for all together. What is under way stays, also above it. */
    public synchronized void mostOfAll(long most) {
        mostOfAll = most;
    }

    /**
     * Counts one more, which {@link #leave} must end exactly once, and says how many the edge has with it.
     *
     * @return {@link #NO_PLACE_FOR_EDGE} or {@link #NO_PLACE} when nothing was counted
     */
    public synchronized int enter(EdgeName edge, long mostOfEdge) {
        Count count = counts.get(edge);
        if (count != null ? count.value >= mostOfEdge : mostOfEdge < 1) {
            return NO_PLACE_FOR_EDGE;
        }
        if (total >= mostOfAll) {
            return NO_PLACE;
        }
        if (count == null) {
            count = new Count();
            counts.put(edge, count);
        }
        total++;
        return ++count.value;
    }

    /** Throws when nothing of the edge is under way: a double return is a bug that must show. */
    public synchronized void leave(EdgeName edge) {
        Count count = counts.get(edge);
        if (count == null) {
            throw new IllegalStateException("edge " + edge + " leaves without having entered");
        }
        total--;
        if (--count.value == 0) {
            counts.remove(edge);
        }
    }

    public synchronized int current(EdgeName edge) {
        Count count = counts.get(edge);
        return count == null ? 0 : count.value;
    }

    /** Whether all edges together have as many as they may. */
    public synchronized boolean isFull() {
        return total >= mostOfAll;
    }

    public synchronized int total() {
        return total;
    }

    synchronized int edges() {
        return counts.size();
    }

    private static final class Count {
        private int value;
    }
}
