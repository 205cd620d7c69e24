package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.ringgate.http.framing.DiscardedBody;
import io.ringgate.http.framing.HeadScan;

/**
 * What a client's connection is doing, with what it needs for that.
 *
 * <pre>
 *            ┌──────────────────── answered, body read ───────────────────┐
 *            ▼                                                            │
 *   ReadingHead ── a write ──▶ Serving ── answered, body left ──▶ Discarding
 *        │  │                     │                                    │
 *        │  └─ answered at once ──┼───▶ ReadingHead or Discarding       │
 *        └────── the answer was the last one, or a time is over ────────┴──▶ Lingering ──▶ Closed
 * </pre>
 *
 * <p>A connection that fails is {@link Closed} from any state. On the connection's event loop only.
 */
sealed interface ConnectionState {

    /** Between requests, or in the middle of a head. A connection has one and goes back to it. */
    final class ReadingHead implements ConnectionState {

        private final HeadScan scan = new HeadScan();
        private boolean begun;

        /** Whether a byte of the next request is there. */
        boolean isBegun() {
            return begun;
        }

        void begin() {
            begun = true;
        }

        HeadScan scan() {
            return scan;
        }

        /** For the next request. */
        void restart() {
            begun = false;
            scan.restart();
        }
    }

    /** A write is under way and says whether it wants bytes. */
    record Serving(WriteExchange write) implements ConnectionState {}

    /** Answered; the rest of the body is discarded so that the next request can be found. */
    record Discarding(DiscardedBody body) implements ConnectionState {}

    /** Answered for the last time; what still comes is discarded until the client closes. */
    final class Lingering implements ConnectionState {

        private long discarded;

        /** False: nothing follows. */
        boolean discard(ByteBuf in) {
            discarded += in.readableBytes();
            in.clear();
            return false;
        }

        /** Beyond this the rest stays in the socket until the linger is over: closing upon it would reset the client. */
        boolean wantsBytes() {
            return discarded <= DiscardedBody.MOST_BYTES;
        }
    }

    record Closed() implements ConnectionState {}
}
