package io.ringgate.forward.connections;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.ReceiverClock;
import io.ringgate.reject.EscapedText;
import java.net.BindException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a receiver: the last handler of its pipeline, and the one place where a write goes below Vert.x.
 * Raw bytes go out, pieces of an answer come in from the decoder before it. One request at a time.
 *
 * <p>A connection is being made, then busy and idle in turns, then closed; one timer serves all three waits. Event loop
 * only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails is seen as channelInactive
public final class ReceiverConnection extends ChannelInboundHandlerAdapter {

    /** Who asked for a connection. Told exactly once. */
    public interface ConnectCallback {
        void ready(ReceiverConnection connection);

        /**
         * There is no connection.
         *
         * @param blamed it is the receiver's fault, not ours and not that of a write without time
         */
        void unreached(String why, boolean blamed);
    }

    private final ConnectionPool pool;
    private final Channel channel;
    private final AnswerDecoder decoder;
    private final ResponseClassifier classifier;
    private final ReceiverAnswerReader reader;
    private final BodyWriter writer;
    private final DeadlineTimer timer;
    private final boolean fullTime;
    private @Nullable ConnectCallback connecting;
    private @Nullable Consumer<Outcome> ended;
    private long asked;

    /**
     * Not connected yet.
     *
     * @param fullTime it has all the time that connecting may take
     */
    ReceiverConnection(
            ConnectionPool pool, Channel channel, AnswerDecoder decoder, ConnectCallback connecting, boolean fullTime) {
        this.pool = pool;
        this.channel = channel;
        this.decoder = decoder;
        this.connecting = connecting;
        this.fullTime = fullTime;
        this.classifier = pool.classifier();
        this.reader = new ReceiverAnswerReader(classifier);
        this.writer = new BodyWriter(channel, this::spent);
        this.timer = pool.timer(this::timeIsUp);
    }

    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /** Ends as idle or is closed, at the latest when the timer expires. */
    void wakeAt(long nanos) {
        timer.set(nanos);
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param head ours from here on
     * @param body the caller's; it keeps its reference until {@code ended}, which is called exactly once
     */
    public void exchange(ByteBuf head, ByteBuf body, long deadlineNanos, Consumer<Outcome> ended) {
        this.ended = ended;
        asked = pool.now();
        reader.reset();
        decoder.expectAnswer();
        timer.set(deadlineNanos);
        writer.start(head, body);
    }

    /** Closes with TLS's close_notify; for a connection that nothing waits for. */
    public void close() {
        timer.stop();
        pool.forget(this);
        channel.close();
    }

    /** Ends whatever is under way. */
    void shut(String why) {
        ConnectCallback asker = connecting;
        if (asker != null) {
            connecting = null;
            drop();
            asker.unreached(why, false);
        } else if (ended != null) {
            finish(classifier.cut(!decoder.hasReceived(), why), false);
        } else {
            close();
        }
    }

    void unreached(String why, boolean blamed) {
        ConnectCallback asker = connecting;
        if (asker != null) {
            connecting = null;
            drop();
            if (blamed) {
                pool.receiver().meters().connectionFailed();
            }
            asker.unreached(why, blamed);
        }
    }

    void ready() {
        ConnectCallback asker = connecting;
        if (asker != null) {
            connecting = null;
            timer.stop();
            asker.ready(this);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        pool.receiver().connectionOpened();
        if (!pool.isSecured()) {
            ready();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                ready();
            } else {
                unreached("TLS handshake failed: " + describe(handshake.cause()), true);
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object piece) {
        try {
            Outcome outcome = ended == null ? null : reader.read((HttpObject) piece);
            if (outcome != null) {
                conclude(outcome);
            } else if (ended == null) {
                drop();
            }
        } finally {
            ReferenceCountUtil.release(piece);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        writer.more();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        timer.stop();
        pool.forget(this);
        pool.receiver().connectionClosed();
        unreached("it closed the connection before it was ready", true);
        finish(classifier.cut(!decoder.hasReceived(), "it closed the connection"), false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String why = describe(cause);
        unreached(why, !isOurFault(cause));
        finish(
                cause instanceof Error ? classifier.unreached(why, false) : classifier.cut(!decoder.hasReceived(), why),
                false);
        drop();
    }

    /** A piece of the request failed here, so no answer is to be waited for, and the receiver has no part in it. */
    private void spent(Throwable cause) {
        finish(classifier.unreached(describe(cause), false), false);
    }

    /** The gateway itself is out of memory or ports: that is no failure of the receiver. */
    public static boolean isOurFault(Throwable cause) {
        for (Throwable c = cause; c != null; c = c.getCause()) {
            // EADDRNOTAVAIL: no local port is free for another connection to this address.
            if (c instanceof Error || c instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    static String describe(Throwable cause) {
        String message = cause.getMessage();
        return EscapedText.of(message == null ? cause.getClass().getSimpleName() : message);
    }

    private void conclude(Outcome outcome) {
        readClock();
        boolean sent = writer.isDone();
        if (outcome instanceof Outcome.Stored && !sent) {
            finish(classifier.notHttp("it said that the write is stored before it had the whole of it"), false);
        } else {
            finish(outcome, sent && reader.isWhole() && isFitForAnother());
        }
    }

    private void readClock() {
        ReceiverClock clock = pool.receiver().clock();
        long now = pool.now();
        if (clock.isDue(now)) {
            clock.read(reader.date(), asked, now);
        }
    }

    private boolean isFitForAnother() {
        return reader.allowsAnother() && !decoder.hasMore() && channel.isActive();
    }

    private void finish(Outcome outcome, boolean reusable) {
        Consumer<Outcome> asker = ended;
        if (asker == null) {
            return;
        }
        ended = null;
        writer.stop();
        decoder.expectNothing();
        if (reusable) {
            pool.release(this);
        } else {
            drop();
        }
        asker.accept(outcome);
    }

    private void timeIsUp() {
        if (connecting != null) {
            unreached("no connection in time", fullTime);
        } else if (ended != null) {
            finish(classifier.late(), false);
        } else {
            close();
        }
    }

    /**
     * Closes beneath TLS, at once: what is queued is released before this returns. A polite TLS close would wait for the
     * queue to drain into a socket that may never take it. A channel that never came to its event loop has no other way
     * to be closed.
     */
    private void drop() {
        timer.stop();
        pool.forget(this);
        ChannelHandlerContext lowest = channel.pipeline().firstContext();
        if (lowest != null && channel.isRegistered()) {
            lowest.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }
}
