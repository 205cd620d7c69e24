package io.ringgate.http.framing;

import io.netty.buffer.ByteBuf;

/** The rest of a refused body: discarded up to a size, so that the next request can be found. */
public final class DiscardedBody {

    /** The rest of a refused body up to this size is discarded; for a larger one the connection is closed. */
    public static final long MOST_BYTES = 256 * 1024;

    /** What is to be done next. */
    public enum Progress {
        MORE,
        /** The next byte begins a request. */
        DONE,
        /** It is too large or its framing is broken: nothing after it can be found. */
        UNRECOVERABLE
    }

    private final BodyFrame frame;
    private long discarded;

    public DiscardedBody(BodyFrame frame) {
        this.frame = frame;
    }

    /** Discards the bytes that belong to the body and nothing more. */
    public Progress discard(ByteBuf in) {
        if (in.isReadable() && !frame.done()) {
            int before = in.readableBytes();
            boolean valid = frame.read(in, piece -> piece.skipBytes(piece.readableBytes()));
            discarded += before - in.readableBytes();
            if (!valid || discarded > MOST_BYTES) {
                return Progress.UNRECOVERABLE;
            }
        }
        return frame.done() ? Progress.DONE : Progress.MORE;
    }
}
