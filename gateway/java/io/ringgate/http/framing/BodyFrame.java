package io.ringgate.http.framing;

import io.netty.buffer.ByteBuf;

/** How the body of the request at hand is framed on the connection. Used on the connection's event loop only. */
public sealed interface BodyFrame permits FixedBody, ChunkedBody {

    /** Reads the content. */
    interface Reader {

        /** How many bytes it can read now; with 0 the rest stays in the buffer. */
        default int wants() {
            return Integer.MAX_VALUE;
        }

        /** Reads all bytes of {@code piece}, which is borrowed. It has at most as many as {@link #wants}. */
        void piece(ByteBuf piece);
    }

    /**
     * Reads what belongs to the body from {@code in}, as much as the reader wants, and passes the content on in borrowed slices.
     * Returns false when the framing is broken: then nothing more of the connection can be parsed.
     */
    boolean read(ByteBuf in, Reader reader);

    boolean done();

    /** The most content that is still to come, {@link Long#MAX_VALUE} when that is unknown. */
    long left();

    static BodyFrame of(RequestHead head) {
        return head.contentLength() == RequestHead.CHUNKED
                ? new ChunkedBody()
                : new FixedBody(Math.max(0, head.contentLength()));
    }
}
