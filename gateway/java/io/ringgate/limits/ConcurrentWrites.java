package io.ringgate.limits;

/**
 * How many writes of each edge are under way, and of all together. The limit of an edge comes with each call.
 *
 * <p>Any thread, under one short lock.
 */
public final class ConcurrentWrites {

    /** What becomes of a write that wants a place. */
    public sealed interface Entry {

        /**
         * It has one, which {@link #leave} must end exactly once.
         *
         * @param underWay how many writes of the edge are under way with it
         */
        record Entered(int underWay) implements Entry {}

        /** The edge has as many writes under way as it may have. */
        record EdgeFull() implements Entry {}

        /** All edges together have as many as they may have. */
        record GatewayFull() implements Entry {}
    }

    private static final Entry EDGE_FULL = new Entry.EdgeFull();
    private static final Entry GATEWAY_FULL = new Entry.GatewayFull();

    private long mostOfAll = Long.MAX_VALUE;
    private int total;

    /** From now on this is the limit of all together. Writes under way go on, also above it. */
    public synchronized void mostOfAll(long most) {
        mostOfAll = most;
    }

    /** Counts one more, if both limits allow it. */
    public synchronized Entry enter(EdgeShare edge, long mostOfEdge) {
        if (edge.writesUnderWay >= mostOfEdge) {
            return EDGE_FULL;
        }
        if (total >= mostOfAll) {
            return GATEWAY_FULL;
        }
        total++;
        return new Entry.Entered(++edge.writesUnderWay);
    }

    /** Throws when nothing of the edge is under way: a place given back twice is a bug that must show. */
    public synchronized void leave(EdgeShare edge) {
        if (edge.writesUnderWay == 0) {
            throw new IllegalStateException("edge " + edge + " has no write under way that could end");
        }
        total--;
        edge.writesUnderWay--;
    }

    public synchronized int current(EdgeShare edge) {
        return edge.writesUnderWay;
    }

    /** Whether all edges together have as many as they may have. */
    public synchronized boolean isFull() {
        return total >= mostOfAll;
    }

    public synchronized int total() {
        return total;
    }
}
