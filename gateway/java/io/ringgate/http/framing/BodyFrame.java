package io.ringgate.http.framing;

import io.netty.buffer.ByteBuf;

/** How the body of the request at hand is framed on the connection. Used on the connection's event loop only. */
public sealed interface BodyFrame permits FixedBody, ChunkedBody {

    /** Who reads the content. */
    interface Reader {

        /** How many bytes it takes now; with 0 the rest stays where it is. */
        default int wants() {
            return Integer.MAX_VALUE;
        }

        /** Takes all readable bytes of {@code piece}, which is borrowed, and never more than it wants. */
        void piece(ByteBuf piece);
    }

    /**
     * Takes what belongs to the body from {@code in}, as much as the reader wants, and hands the content on in borrowed
     * slices. Returns false when the framing is broken: then nothing more of the connection can be understood.
     */
    boolean take(ByteBuf in, Reader reader);

    boolean done();

    /** The most content that is still to come, {@link Long#MAX_VALUE} when nobody knows. */
    long left();

    static BodyFrame of(RequestHead head) {
        return head.contentLength() == RequestHead.CHUNKED
                ? new ChunkedBody()
                : new FixedBody(Math.max(0, head.contentLength()));
    }
}
