package io.ringgate.limits;

import io.ringgate.edge.EdgeName;
import java.util.HashMap;
import java.util.Map;

/**
 * How many writes of each edge are under way, with a cap for each.
 *
 * <p>Any thread, under one short lock. State of an edge is gone when nothing of it is under way.
 */
public final class ConcurrentWrites {

    private int mostPerEdge;
    private final Map<EdgeName, Count> counts = new HashMap<>();
    private int total;

    public ConcurrentWrites(int mostPerEdge) {
        this.mostPerEdge = atLeastOne(mostPerEdge);
    }

    private static int atLeastOne(int most) {
        if (most <= 0) {
            throw new IllegalArgumentException("an edge may have at least 1 write under way, not " + most);
        }
        return most;
    }

    /** From now on this is the cap. What is under way stays, also above it. */
    public synchronized void most(int mostPerEdge) {
        this.mostPerEdge = atLeastOne(mostPerEdge);
    }

    /** True counts one more, which {@link #leave} must end exactly once. False changes nothing. */
    public synchronized boolean enter(EdgeName edge) {
        Count count = counts.computeIfAbsent(edge, e -> new Count());
        if (count.value >= mostPerEdge) {
            return false;
        }
        count.value++;
        total++;
        return true;
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
