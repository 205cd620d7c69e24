package io.ringgate.pipeline;

import io.ringgate.edge.EdgeName;
import io.ringgate.reject.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * The sender of one write, as the pipeline sees it. Every call comes on the event loop of its connection, and may come
 * from inside a call the other way.
 */
public interface Client {

    /** The sender has proven to be this edge. A refusal when it may not be that on its connection too, null when it may. */
    default @Nullable Rejection proven(EdgeName edge) {
        return null;
    }

    /** The write is admitted: its body is wanted now, in pieces. At most once, and never after an answer. */
    void admit();

    /** How the write ended. Exactly once, unless the client has gone. */
    void answer(Answer answer);
}
