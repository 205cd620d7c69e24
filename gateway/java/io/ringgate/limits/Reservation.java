package io.ringgate.limits;

/**
 * A part of a {@link MemoryBudget} held by one write. Its owner gives it back exactly once, on any thread; a second
 * return throws, because a budget that grows by itself would hide until memory runs out.
 */
public final class Reservation {

    private static final long RELEASED = -1;

    private final MemoryBudget budget;
    private final EdgeShare holder;
    private long bytes;

    Reservation(MemoryBudget budget, EdgeShare holder, long bytes) {
        this.budget = budget;
        this.holder = holder;
        this.bytes = bytes;
    }

    /** What is still held; 0 after {@link #release}. */
    public synchronized long bytes() {
        return Math.max(bytes, 0);
    }

    /** Gives a part back. A reservation never grows: who needs more than was granted asked for too little. */
    public synchronized void shrinkTo(long less) {
        mustBeHeld();
        if (less < 0 || less > bytes) {
            throw new IllegalArgumentException("a reservation of " + bytes + " bytes cannot shrink to " + less);
        }
        budget.giveBack(holder, bytes - less, false);
        bytes = less;
    }

    public synchronized void release() {
        mustBeHeld();
        budget.giveBack(holder, bytes, true);
        bytes = RELEASED;
    }

    private void mustBeHeld() {
        if (bytes == RELEASED) {
            throw new IllegalStateException("the reservation of edge " + holder + " was already given back");
        }
    }
}
