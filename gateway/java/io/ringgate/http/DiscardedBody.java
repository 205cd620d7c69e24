package io.ringgate.http;

import io.netty.buffer.ByteBuf;

/** The rest of a refused body: discarded up to a size, so that the next request can be found. */
final class DiscardedBody {

    /** What is to be done next. */
    enum Progress {
        MORE,
        /** The next byte begins a request. */
        DONE,
        /** It is too large or its framing is broken: nothing after it can be found. */
        HOPELESS
    }

    private final BodyFrame frame;
    private long discarded;

    DiscardedBody(BodyFrame frame) {
        this.frame = frame;
    }

    /** Discards what belongs to it and nothing more. */
    Progress discard(ByteBuf in) {
        if (in.isReadable() && !frame.done()) {
            int before = in.readableBytes();
            boolean sound = frame.take(in, piece -> piece.skipBytes(piece.readableBytes()));
            discarded += before - in.readableBytes();
            if (!sound || discarded > EdgeConnection.MOST_DISCARDED) {
                return Progress.HOPELESS;
            }
        }
        return frame.done() ? Progress.DONE : Progress.MORE;
    }
}
