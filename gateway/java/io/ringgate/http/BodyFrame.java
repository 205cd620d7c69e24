package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** How the body of the request at hand is framed on the connection. Used on the connection's event loop only. */
sealed interface BodyFrame permits FixedBody, ChunkedBody {

    /**
     * Takes what belongs to the body from {@code in}, at most its readable bytes, and hands the content on in borrowed
     * slices. Returns false when the framing is broken: then nothing more of the connection can be understood.
     */
    boolean take(ByteBuf in, Consumer<ByteBuf> content);

    boolean done();

    /** The most content that is still to come, {@link Long#MAX_VALUE} when nobody knows. */
    long left();

    static BodyFrame of(RequestHead head) {
        return head.contentLength() == RequestHead.CHUNKED
                ? new ChunkedBody()
                : new FixedBody(Math.max(0, head.contentLength()));
    }
}
