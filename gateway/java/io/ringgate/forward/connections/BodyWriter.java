package io.ringgate.forward.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body in slices, as the socket takes them. Netty copies a heap buffer into direct memory when it is written,
 * and TLS encrypts all that is queued when it is flushed; so no more than a slice over the channel's high-water mark is
 * ever handed over, and each slice is flushed by itself. A socket that takes everything at once must wait as well: after
 * some slices the other connections of the loop have their turn. Event loop only.
 */
final class BodyWriter {

    private static final int SLICE = 64 * 1024;
    private static final int SLICES_A_TURN = 8;

    private final Channel channel;
    private @Nullable ByteBuf body;
    private @Nullable ChannelFuture last;
    private int at;
    private int left;
    private boolean writing;
    private boolean failed;
    private final ChannelFutureListener watch;

    /**
     * Writes nothing yet.
     *
     * @param spent called when a piece could not be written because the gateway is out of a resource, such as direct
     *     memory; may be called before {@link #start} or {@link #more} return
     */
    BodyWriter(Channel channel, Consumer<Throwable> spent) {
        this.channel = channel;
        this.watch = written -> {
            Throwable cause = written.cause();
            failed |= cause != null;
            if (cause instanceof Error) {
                spent.accept(cause);
            }
        };
    }

    /**
     * Begins a request.
     *
     * @param head ours from here on
     * @param body stays the caller's, who keeps it until {@link #stop}; its indices are not moved
     */
    void start(ByteBuf head, ByteBuf body) {
        this.body = body;
        at = body.readerIndex();
        left = body.readableBytes();
        last = channel.write(head).addListener(watch);
        if (left == 0) {
            channel.flush();
        } else {
            more();
        }
    }

    /** Goes on when the channel takes more. Flushing may call this from within itself. */
    void more() {
        if (writing) {
            return;
        }
        writing = true;
        int turn = SLICES_A_TURN;
        for (ByteBuf from = body; from != null && left > 0 && !failed && channel.isWritable(); from = body) {
            if (turn-- == 0) {
                channel.eventLoop().execute(this::more);
                break;
            }
            int size = Math.min(left, SLICE);
            ByteBuf slice = from.retainedSlice(at, size);
            at += size;
            left -= size;
            last = channel.writeAndFlush(slice).addListener(watch);
        }
        writing = false;
    }

    /**
     * True when every byte went to the socket. A slice that could not be written stays so: nothing is sent after it, on this
     * connection, ever.
     */
    boolean isDone() {
        ChannelFuture written = last;
        return left == 0 && !failed && written != null && written.isSuccess();
    }

    void stop() {
        body = null;
    }
}
