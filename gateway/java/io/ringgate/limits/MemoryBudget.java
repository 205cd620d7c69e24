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
 *   <li>the edge holds nothing yet and no other edge was short lately: its first write may be as large as what is free,
 *   <li>no other edge asks,
 *   <li>with it the edge holds at most half, and at most four fifths of the budget are held or the edge stays within
 *       its weight's share among those that ask. What idle edges would have is so lent to the others.
 * </ul>
 *
 * <p>An edge asks while it holds something, and for a minute after it was short ({@link ShortEdges}). It is short when it is
 * refused what it is entitled to: its first write up to half, or more up to its share. Who asks for more than that makes
 * memory scarce for nobody. That minute is what bounds an edge, or two, that take as much as they get and hold it: they starve
 * others for as long as a body may take, and then not again before those others had a minute without a refusal. While they
 * try, a fifth is left for the shares of the others.
 *
 * <p>Any thread. One short lock guards it all: total and share must be judged together, and two calls a write are far
 * below what a lock held for some ten nanoseconds carries; when memory is scarce a call looks at the edges that were short, of
 * which so many are remembered. State of an edge is gone when it holds nothing and was not short. Times are on the scale of
 * {@link System#nanoTime}.
 */
public final class MemoryBudget {

    /** How long others are short just now: longer than the first Retry-After that they get. */
    static final long JUST_NOW_NANOS = 5_000_000_000L;

    private final long size;
    private final Map<EdgeName, Holding> holdings = new HashMap<>();

    /** The weights of all that hold. */
    private long weights;

    private final ShortEdges shortEdges = new ShortEdges();
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
    public synchronized @Nullable Reservation reserve(EdgeName holder, int weight, long bytes, long nowNanos) {
        if (weight <= 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "a reservation is not smaller than 0 bytes, nor a weight than 1, not " + bytes + " and " + weight);
        }
        Holding holding = weighed(holder, weight);
        shortEdges.forget(nowNanos);
        if (bytes > size - used || !fair(holder, holding, weight, bytes)) {
            refused(holder, holding, weight, bytes, nowNanos);
            return null;
        }
        if (holding == null) {
            holding = new Holding(weight);
            holdings.put(holder, holding);
            weights += weight;
        }
        holding.reservations++;
        holding.bytes += bytes;
        used += bytes;
        peak = Math.max(peak, used);
        return new Reservation(this, holder, bytes);
    }

    /** What it holds, at its newest weight; null for nothing. */
    private @Nullable Holding weighed(EdgeName holder, int weight) {
        Holding holding = holdings.get(holder);
        if (holding != null) {
            weights += weight - holding.weight;
            holding.weight = weight;
        }
        return holding;
    }

    private boolean fair(EdgeName holder, @Nullable Holding holding, int weight, long bytes) {
        boolean othersHold = holding != null && holdings.size() > 1;
        if (!othersHold && !shortEdges.hasOthersThan(holder)) {
            return true;
        }
        long held = (holding == null ? 0 : holding.bytes) + bytes;
        return held <= size / 2 && (used + bytes <= size - size / 5 || held <= share(holder, holding, weight));
    }

    private void refused(EdgeName holder, @Nullable Holding holding, int weight, long bytes, long nowNanos) {
        long entitled = holding == null ? size / 2 : Math.min(size / 2, share(holder, holding, weight)) - holding.bytes;
        if (bytes <= entitled) {
            shortEdges.add(holder, weight, nowNanos);
        }
    }

    /** By its weight among all that ask. Of sizes whose product with a weight is no long any more, too. */
    private long share(EdgeName holder, @Nullable Holding holding, int weight) {
        long asking = weights
                + (holding == null ? weight : 0)
                + shortEdges.weights(edge -> !edge.equals(holder) && !holdings.containsKey(edge));
        return size / asking * weight + size % asking * weight / asking;
    }

    /** Whether other edges were short of memory just now: who holds some has to be done with it soon. */
    public synchronized boolean othersAreShort(EdgeName holder, long nowNanos) {
        return shortEdges.hasOthersThan(holder, nowNanos, JUST_NOW_NANOS);
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

    /** What the edge holds now. */
    synchronized long heldBy(EdgeName edge) {
        Holding holding = holdings.get(edge);
        return holding == null ? 0 : holding.bytes;
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
