package io.ringgate.pipeline;

import io.ringgate.edge.EdgeName;

/**
 * The client of one write, as the pipeline sees it. Every call but {@link #isConnected} comes on the event loop of its
 * connection, and may come from inside a call the other way.
 */
public interface WriteClient {

    /** Whether the connection of a write counts among those of its edge. */
    sealed interface Connection {

        /** It did not count for the edge before, and does now. */
        record Counted(int connections) implements Connection {}

        /** It counted for the edge already. */
        record CountedBefore() implements Connection {}

        /** It does not count: the edge has as many connections as it may have. */
        record LimitReached() implements Connection {}

        Connection COUNTED_BEFORE = new CountedBefore();
        Connection LIMIT_REACHED = new LimitReached();
    }

    /**
     * The client has authenticated as this edge.
     *
     * @param mostConnections that the edge may have
     */
    default Connection authenticated(EdgeName edge, int mostConnections) {
        return Connection.COUNTED_BEFORE;
    }

    /** The write wants its body, or more of it after a wait. Never after an answer. */
    void wantBody();

    /**
     * Whether the connection of a write that waits is still open at the other end, as far as that can be told without
     * reading. Any thread, must not block: asked before the write is granted anything.
     */
    default boolean isConnected() {
        return true;
    }

    /** It is not connected any more: the connection ends, and the write with it. */
    default void disconnected() {}

    /** How the write ended. Exactly once, unless the client has gone. */
    void answer(Answer answer);
}
