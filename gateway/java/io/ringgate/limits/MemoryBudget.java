package io.ringgate.limits;

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
 * which so many are remembered. Times are on the scale of
 * {@link System#nanoTime}.
 */
public final class MemoryBudget {

    /** How long others are short just now: longer than the first Retry-After that they get. */
    static final long JUST_NOW_NANOS = 5_000_000_000L;

    private final long size;

    /** How many edges hold something, and their weights together. */
    private int holders;

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
    public synchronized @Nullable Reservation reserve(EdgeShare holder, int weight, long bytes, long nowNanos) {
        if (weight <= 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "a reservation is not smaller than 0 bytes, nor a weight than 1, not " + bytes + " and " + weight);
        }
        weigh(holder.memory, weight);
        shortEdges.forget(nowNanos);
        if (bytes > size - used || !fair(holder, weight, bytes)) {
            refused(holder, weight, bytes, nowNanos);
            return null;
        }
        if (!holder.memory.isHeld()) {
            holders++;
            holder.memory.weight = weight;
            weights += weight;
        }
        holder.memory.add(bytes);
        used += bytes;
        peak = Math.max(peak, used);
        return new Reservation(this, holder, bytes);
    }

    /** The newest weight counts for all that it holds. */
    private void weigh(HeldMemory memory, int weight) {
        if (memory.isHeld()) {
            weights += weight - memory.weight;
            memory.weight = weight;
        }
    }

    private boolean fair(EdgeShare holder, int weight, long bytes) {
        boolean othersHold = holder.memory.isHeld() && holders > 1;
        if (!othersHold && !shortEdges.hasOthersThan(holder)) {
            return true;
        }
        long held = holder.memory.bytes + bytes;
        return held <= size / 2 && (used + bytes <= size - size / 5 || held <= share(holder, weight));
    }

    private void refused(EdgeShare holder, int weight, long bytes, long nowNanos) {
        HeldMemory memory = holder.memory;
        long entitled = memory.isHeld() ? Math.min(size / 2, share(holder, weight)) - memory.bytes : size / 2;
        if (bytes <= entitled) {
            shortEdges.add(holder, weight, nowNanos);
        }
    }

    /** By its weight among all that ask. Correct also where size times weight would overflow a long. */
    private long share(EdgeShare holder, int weight) {
        long asking = weights
                + (holder.memory.isHeld() ? 0 : weight)
                + shortEdges.weights(edge -> !edge.equals(holder) && !edge.memory.isHeld());
        return size / asking * weight + size % asking * weight / asking;
    }

    /** Whether other edges were short of memory just now: who holds some has to be done with it soon. */
    public synchronized boolean othersAreShort(EdgeShare holder, long nowNanos) {
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
    synchronized long heldBy(EdgeShare edge) {
        return edge.memory.bytes;
    }

    /** The most that was ever held at once. */
    public synchronized long peak() {
        return peak;
    }

    synchronized void giveBack(EdgeShare holder, long bytes, boolean last) {
        HeldMemory memory = holder.memory;
        if (!memory.isHeld()) {
            throw new IllegalStateException("edge " + holder + " gives back memory that it does not hold");
        }
        memory.giveBack(bytes, last);
        used -= bytes;
        if (!memory.isHeld()) {
            holders--;
            weights -= memory.weight;
        }
    }

    /** How many edges hold something. */
    synchronized int holders() {
        return holders;
    }
}
