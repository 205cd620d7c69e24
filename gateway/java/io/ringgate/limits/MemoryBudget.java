package io.ringgate.limits;

import io.ringgate.edge.EdgeName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that writes under way may hold together, shared fairly between edges.
 *
 * <p>A reservation is granted when it is free and one of these holds:
 *
 * <ul>
 *   <li>the edge holds nothing yet: its first write may be as large as what is free,
 *   <li>no other edge asks,
 *   <li>with it the edge holds at most half, and at most four fifths of the budget are held or the edge stays within
 *       its weight's share among those that ask. What idle edges would have is so lent to the others.
 * </ul>
 *
 * <p>An edge asks while it holds something, and from being turned away empty-handed until it is granted something or
 * the budget is empty. Without the second, an edge that took everything while it was alone would refill each gap before
 * the others come back. Only the last one turned away is remembered: the others hold, or come again.
 *
 * <p>Any thread. One short lock guards it all: total and share must be judged together, and two calls a write are far
 * below what a lock held for some ten nanoseconds carries. State of an edge is gone when it holds nothing.
 */
public final class MemoryBudget {

    private final long size;
    private final Map<EdgeName, Holding> holdings = new HashMap<>();

    /** The weights of all that hold. */
    private long weights;

    /** Holds nothing: who is granted something is no longer the one turned away. */
    private @Nullable EdgeName turnedAway;

    private int turnedAwayWeight;
    private long used;
    private long peak;

    public MemoryBudget(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a memory budget is larger than 0 bytes, not " + bytes);
        }
        this.size = bytes;
    }

    /**
     * All or nothing, never waits. Null means not now.
     *
     * @param weight of the holder against others; the newest holds for all that it has
     */
    public synchronized @Nullable Reservation reserve(EdgeName holder, int weight, long bytes) {
        if (weight <= 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "a reservation is not smaller than 0 bytes, nor a weight than 1, not " + bytes + " and " + weight);
        }
        Holding holding = holdings.get(holder);
        if (holding != null) {
            weights += weight - holding.weight;
            holding.weight = weight;
        }
        if (bytes > size - used || !fair(holder, holding, weight, bytes)) {
            if (holding == null && couldEverHold(bytes)) {
                turnedAway = holder;
                turnedAwayWeight = weight;
            }
            return null;
        }
        if (holding == null) {
            holding = new Holding(weight);
            holdings.put(holder, holding);
            weights += weight;
        }
        if (holder.equals(turnedAway)) {
            turnedAway = null;
        }
        holding.reservations++;
        holding.bytes += bytes;
        used += bytes;
        peak = Math.max(peak, used);
        return new Reservation(this, holder, bytes);
    }

    private boolean fair(EdgeName holder, @Nullable Holding holding, int weight, long bytes) {
        if (holding == null) {
            return true;
        }
        boolean othersHold = holdings.size() > 1;
        boolean othersWait = turnedAway != null && !turnedAway.equals(holder);
        if (!othersHold && !othersWait) {
            return true;
        }
        long held = holding.bytes + bytes;
        if (held > size / 2) {
            return false;
        }
        return used + bytes <= size - size / 5 || held <= share(weight, weights + (othersWait ? turnedAwayWeight : 0));
    }

    /** Of sizes whose product with a weight is no long any more, too. */
    private long share(int weight, long ofWeights) {
        return size / ofWeights * weight + size % ofWeights * weight / ofWeights;
    }

    /** False for what no waiting would ever make room for. */
    public boolean couldEverHold(long bytes) {
        return bytes <= size;
    }

    public long size() {
        return size;
    }

    public synchronized long used() {
        return used;
    }

    /** The most that was ever held at once. */
    public synchronized long peak() {
        return peak;
    }

    synchronized void giveBack(EdgeName holder, long bytes, boolean last) {
        Holding holding = holdings.get(holder);
        if (holding == null) {
            throw new IllegalStateException("edge " + holder + " gives back what it does not hold");
        }
        holding.bytes -= bytes;
        used -= bytes;
        if (last && --holding.reservations == 0) {
            holdings.remove(holder);
            weights -= holding.weight;
        }
        if (holdings.isEmpty()) {
            turnedAway = null;
        }
    }

    synchronized int edges() {
        return holdings.size();
    }

    private static final class Holding {
        private int weight;
        private long bytes;
        private int reservations;

        private Holding(int weight) {
            this.weight = weight;
        }
    }
}
