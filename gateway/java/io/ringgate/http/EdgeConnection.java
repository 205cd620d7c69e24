package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client: HTTP/1.1 requests one after the other, each framed strictly, none read before it is wanted.
 *
 * <p>The channel never reads by itself: {@link #wantsBytes} says when the next piece is asked for, so a request that waits
 * for its credential, its turn or a receiver costs its sender's socket buffer and not our memory. Bytes that came beyond
 * the current request wait in {@code pending}, owned here. Runs on the channel's event loop only.
 */
final class EdgeConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeConnection.class);

    /** The rest of a refused body up to this size is read past; for a larger one the connection is closed. */
    static final long MOST_SWALLOWED = 256 * 1024;

    private enum Phase {
        /** Between requests, or in the middle of a head. */
        HEAD,
        /** An exchange is at hand and says what it wants. */
        SERVING,
        /** Answered; the rest of the body is read past so that the next request can be found. */
        SWALLOWING,
        /** Answered for the last time; what still comes is dropped until the client closes. */
        LINGERING,
        CLOSED
    }

    final ListenerTerms terms;
    final Visit visit;
    final Opening opening;

    private final Loop loop;
    private final Retirement retirement;

    private Ends ends = Ends.UNKNOWN;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable ByteBuf pending;
    private boolean advancing;

    private Phase phase = Phase.HEAD;
    private long since;
    private boolean headBegun;
    private @Nullable Exchange exchange;
    private @Nullable Leftover leftover;
    private long dropped;

    /** @param visit left when the connection ends */
    EdgeConnection(Loop loop, ListenerTerms terms, Visit visit) {
        this.loop = loop;
        this.terms = terms;
        this.visit = visit;
        this.opening = new Opening(visit, loop.conditions().clock(), terms.tls() != null, terms.clients());
        this.since = loop.now();
        this.retirement = Retirement.draw(
                loop.connections().limits().retireAfter(),
                since,
                loop.conditions().random());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        ends = Ends.of(context.channel());
        context.channel().config().setAutoRead(false);
        loop.watchdog().add(this);
        if (context.channel().isActive()) {
            context.read();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (opening.event(event)) {
            opening.end(context.pipeline());
            since = loop.now();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes) || phase == Phase.CLOSED) {
            ReferenceCountUtil.release(message);
            return;
        }
        ByteBuf held = pending;
        pending = held == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), held, bytes);
        advance();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (wantsBytes()) {
            context.read();
        }
    }

    /** A client that asks and does not read its answers is not read either, so that they cannot pile up here. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        resume();
        context.fireChannelWritabilityChanged();
    }

    private boolean wantsBytes() {
        return switch (phase) {
            case HEAD -> context().channel().isWritable();
            case SWALLOWING -> true;
            // The rest stays in the socket until the linger is over: closing upon it would reset the client.
            case LINGERING -> dropped <= MOST_SWALLOWED;
            case SERVING -> exchange != null && exchange.wantsBody();
            case CLOSED -> false;
        };
    }

    /** Goes as far as the bytes at hand allow. Calls that come back here from within only change the phase. */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            while (step()) {
                // Each step consumes bytes or changes the phase.
            }
        } finally {
            advancing = false;
            ByteBuf held = pending;
            if (held != null && (!held.isReadable() || phase == Phase.CLOSED)) {
                pending = null;
                held.release();
            }
            if (!visit.holds(phase == Phase.HEAD && pending != null ? pending.capacity() : 0)) {
                close();
            }
        }
    }

    private boolean step() {
        return switch (phase) {
            case HEAD -> stepHead();
            case SERVING -> exchange != null && exchange.advance(pending);
            case SWALLOWING -> stepSwallow();
            case LINGERING -> stepLinger();
            case CLOSED -> false;
        };
    }

    private boolean stepHead() {
        ByteBuf in = pending;
        if (in == null || !in.isReadable() || !context().channel().isWritable()) {
            return false;
        }
        if (!headBegun) {
            headBegun = true;
            opening.asked();
            since = loop.now();
        }
        switch (loop.heads().parse(in)) {
            case ParsedHead.Incomplete() -> {
                return false;
            }
            case ParsedHead.Bad(Reason reason, String fault) -> broken(reason, fault);
            case ParsedHead.Complete(RequestHead head) -> {
                Exchange fresh = new Exchange(loop, this, head, since);
                exchange = fresh;
                phase = Phase.SERVING;
                if (opening.plainOnTls()) {
                    fresh.beginPlainOnTls();
                } else {
                    fresh.begin();
                }
            }
        }
        return true;
    }

    /** The framing is not to be trusted: one answer, and nothing of this connection is served afterwards. */
    private void broken(Reason reason, String fault) {
        loop.refusals().count(reason);
        Rejection rejection = new Rejection.Plain(reason, "this is not a request that is taken here: " + fault);
        String id = loop.ids().next();
        if (loop.reporter().wantsFailure()) {
            loop.reporter().tell(Served.unread(id, ends(), rejection, loop.now() - since));
        }
        send(loop.answers().refused(alloc(), rejection, id, new Answers.Wish(false, false, true, 0)));
        linger();
    }

    private boolean stepSwallow() {
        Leftover rest = leftover;
        ByteBuf in = pending;
        if (rest == null || in == null) {
            return false;
        }
        return switch (rest.drop(in)) {
            case MORE -> false;
            case DONE -> {
                nextRequest();
                yield true;
            }
            case HOPELESS -> {
                linger();
                yield true;
            }
        };
    }

    private boolean stepLinger() {
        ByteBuf in = pending;
        if (in != null) {
            dropped += in.readableBytes();
            in.skipBytes(in.readableBytes());
        }
        return false;
    }

    /** Sends the answer of the exchange at hand, and makes room for the next request or ends the connection. */
    void answered(ByteBuf answer, BodyFrame rest, boolean close) {
        if (phase == Phase.CLOSED) {
            answer.release();
            return;
        }
        exchange = null;
        send(answer);
        if (close) {
            linger();
        } else if (rest.done()) {
            nextRequest();
        } else {
            phase = Phase.SWALLOWING;
            leftover = new Leftover(rest);
            since = loop.now();
        }
        resume();
    }

    private void nextRequest() {
        phase = Phase.HEAD;
        leftover = null;
        headBegun = false;
        since = loop.now();
    }

    /** Says politely that this was the last answer: closing at once could destroy it before the client has read it. */
    void linger() {
        if (phase == Phase.LINGERING || phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.LINGERING;
        since = loop.now();
        dropped = 0;
        HalfClose.of(context().channel());
    }

    /** Goes on after something that is not a read changed what is wanted. */
    void resume() {
        if (advancing) {
            return;
        }
        advance();
        if (wantsBytes()) {
            context().read();
        }
    }

    void send(ByteBuf bytes) {
        context().writeAndFlush(bytes);
    }

    /** Ends what takes too long. */
    void look(long now) {
        EdgeTimes times = loop.times();
        switch (phase) {
            case HEAD -> lookAtHead(now, times);
            case SERVING -> {
                if (exchange != null) {
                    exchange.look(now);
                }
            }
            case SWALLOWING -> lingerAfter(now, times.swallow().toNanos());
            case LINGERING -> closeAfter(now, times.swallow());
            case CLOSED -> {} // Already gone.
        }
    }

    private void lookAtHead(long now, EdgeTimes times) {
        if (headBegun) {
            closeAfter(now, times.headers());
        } else if (!opening.shaken()) {
            if (now - since > times.tlsHandshake().toNanos()) {
                opening.late();
                close();
            }
        } else {
            boolean leaving = loop.conditions().draining().getAsBoolean();
            lingerAfter(now, leaving ? Watchdog.PERIOD_NANOS : times.silence(retired(now)));
        }
    }

    private void lingerAfter(long now, long nanos) {
        if (now - since > nanos) {
            linger();
        }
    }

    /** True when the next answer is the last, since the connection is old enough. */
    boolean retired(long now) {
        return retirement.due(now);
    }

    private void closeAfter(long now, Duration most) {
        if (now - since > most.toNanos()) {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        opening.failed(cause);
        LOG.debug("a connection failed", cause);
        close();
    }

    /** Ends what failed outside a read, where nobody else would: its client waits for an answer that cannot be made. */
    void failed(Throwable cause) {
        LOG.error("a connection is closed, since what is to be done on it fails", cause);
        close();
    }

    private void close() {
        ended();
        context().close();
    }

    private void ended() {
        phase = Phase.CLOSED;
        opening.gone();
        visit.leave();
        loop.watchdog().remove(this);
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.gone();
        }
        ByteBuf held = pending;
        if (held != null && !advancing) {
            pending = null;
            held.release();
        }
    }

    Ends ends() {
        return visit.ends(ends);
    }

    ByteBufAllocator alloc() {
        return context().alloc();
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext context = ctx;
        if (context == null) {
            throw new IllegalStateException("the connection is in no pipeline yet");
        }
        return context;
    }
}
