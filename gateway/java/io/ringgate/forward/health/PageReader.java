package io.ringgate.forward.health;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** Who reads one page. Every call comes on the event loop that asked; after a false nothing but {@link #failed} comes. */
interface PageReader {

    /** The request is about to be sent: there is a connection. */
    void sending();

    /** The head of the answer is there. True when its body is wanted. */
    boolean head(int status, MultiMap headers);

    /** Takes the next piece of the body. True when more is wanted. */
    boolean piece(Buffer piece);

    /** The body is whole. */
    void ended();

    /** There was no answer, or only a part of it, or no more was wanted. */
    void failed(Throwable cause);
}
