package io.ringgate.pipeline;

/**
 * The sender of one write, as the pipeline sees it. Every call comes on the event loop of its connection, and may come
 * from inside a call the other way.
 */
public interface Client {

    /** The write is admitted: its body is wanted now, in pieces. At most once, and never after an answer. */
    void admit();

    /** How the write ended. Exactly once, unless the client has gone. */
    void answer(Answer answer);
}
