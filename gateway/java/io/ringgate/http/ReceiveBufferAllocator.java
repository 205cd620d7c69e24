package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Sizes the buffer for the next read of a connection: by what the last reads brought, up to a bound that depends on the state of
 * the connection. Netty keeps one {@link RecvByteBufAllocator.Handle} for each channel, so the bound is read for each read. On the channel's event loop.
 */
final class ReceiveBufferAllocator implements RecvByteBufAllocator {

    private static final int OF_UNAUTHENTICATED = 4 << 10;
    private static final int OF_HEADS = 16 << 10;
    private static final int OF_BODIES = 64 << 10;

    private final IntSupplier most;
    private final AdaptiveRecvByteBufAllocator adaptive = new AdaptiveRecvByteBufAllocator();

    /** @param most bytes that the next read may bring */
    ReceiveBufferAllocator(IntSupplier most) {
        this.most = most;
    }

    /**
     * The bound for one connection.
     *
     * @param body whether a write has the memory for its body; otherwise what comes may have to be kept
     */
    static int most(boolean body, boolean authenticated) {
        return body ? OF_BODIES : authenticated ? OF_HEADS : OF_UNAUTHENTICATED;
    }

    @Override
    @SuppressWarnings(
            "deprecation") // The interface still asks for this one; what it makes is an ExtendedHandle, as Netty needs.
    public Handle newHandle() {
        return new Bounded((ExtendedHandle) adaptive.newHandle(), most);
    }

    private static final class Bounded implements ExtendedHandle {
        private final ExtendedHandle adaptive;
        private final IntSupplier most;

        Bounded(ExtendedHandle adaptive, IntSupplier most) {
            this.adaptive = adaptive;
            this.most = most;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        @Override
        public int guess() {
            return Math.min(adaptive.guess(), most.getAsInt());
        }

        @Override
        public void reset(ChannelConfig config) {
            adaptive.reset(config);
        }

        @Override
        public void incMessagesRead(int messages) {
            adaptive.incMessagesRead(messages);
        }

        @Override
        public void lastBytesRead(int bytes) {
            adaptive.lastBytesRead(bytes);
        }

        @Override
        public int lastBytesRead() {
            return adaptive.lastBytesRead();
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            adaptive.attemptedBytesRead(bytes);
        }

        @Override
        public int attemptedBytesRead() {
            return adaptive.attemptedBytesRead();
        }

        @Override
        public boolean continueReading() {
            return adaptive.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return adaptive.continueReading(maybeMore);
        }

        @Override
        public void readComplete() {
            adaptive.readComplete();
        }
    }
}
