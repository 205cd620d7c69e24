package io.ringgate.pipeline;

import io.ringgate.edge.EdgeName;

/**
 * The sender of one write, as the pipeline sees it. Every call but {@link #isConnected} comes on the event loop of its
 * connection, and may come from inside a call the other way.
 */
public interface Client {

    /** This connection counts for the edge already. */
    int COUNTED = 0;

    /** The edge has as many connections as it may. */
    int NO_PLACE = -1;

    /**
     * The sender has proven to be this edge, which may have so many connections: how many it has now with this one,
     * {@link #COUNTED} or {@link #NO_PLACE}.
     */
    default int proven(EdgeName edge, int most) {
        return COUNTED;
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
