package io.ringgate.http;

import io.netty.buffer.ByteBuf;

/** The rest of a refused body: it is read past so that the next request can be found, up to a size. */
final class Leftover {

    /** How far it is. */
    enum State {
        MORE,
        /** The next byte begins a request. */
        DONE,
        /** It is too large or its framing is broken: nothing after it can be found. */
        HOPELESS
    }

    private final BodyFrame frame;
    private long dropped;

    Leftover(BodyFrame frame) {
        this.frame = frame;
    }

    /** Drops what belongs to it and nothing more. */
    State drop(ByteBuf in) {
        if (in.isReadable() && !frame.done()) {
            int before = in.readableBytes();
            boolean sound = frame.take(in, piece -> piece.skipBytes(piece.readableBytes()));
            dropped += before - in.readableBytes();
            if (!sound || dropped > EdgeConnection.MOST_SWALLOWED) {
                return State.HOPELESS;
            }
        }
        return frame.done() ? State.DONE : State.MORE;
    }
}
