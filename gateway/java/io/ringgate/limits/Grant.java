package io.ringgate.limits;

/**
 * What one write holds: a place among its edge's writes and its memory, granted together by an {@link AdmissionQueue}. Its
 * owner gives it back exactly once, on any thread; what comes back is granted to the next that waits.
 */
public final class Grant implements AdmissionQueue.Reply {

    private final AdmissionQueue queue;
    private final EdgeShare edge;
    private final Reservation memory;
    private final int underWay;

    Grant(AdmissionQueue queue, EdgeShare edge, Reservation memory, int underWay) {
        this.queue = queue;
        this.edge = edge;
        this.memory = memory;
        this.underWay = underWay;
    }

    /** How many writes of the edge were under way with this one. */
    public int underWay() {
        return underWay;
    }

    /** The memory that is still held. */
    public long bytes() {
        return memory.bytes();
    }

    /** Gives a part of the memory back. */
    public void shrinkTo(long less, long nowNanos) {
        if (less != memory.bytes()) {
            memory.shrinkTo(less);
            queue.released(edge, nowNanos);
        }
    }

    public void release(long nowNanos) {
        memory.release();
        queue.writes().leave(edge);
        queue.released(edge, nowNanos);
    }
}
