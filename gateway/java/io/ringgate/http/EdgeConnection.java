package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.ringgate.http.connections.ConnectionSlot;
import io.ringgate.http.connections.Endpoints;
import io.ringgate.http.connections.HandshakeAdmission;
import io.ringgate.http.connections.HandshakeTracker;
import io.ringgate.http.framing.BodyFrame;
import io.ringgate.http.framing.DiscardedBody;
import io.ringgate.http.framing.ParsedHead;
import io.ringgate.http.framing.PendingBytes;
import io.ringgate.http.framing.RequestHead;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.tls.TlsRecordReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client: HTTP/1.1 requests one after the other, each framed strictly, none read before it can be served.
 *
 * <p>The channel never reads by itself: {@link #wantsBytes} says when the next piece is asked for, so a request that waits
 * for its verification, for memory or for a receiver costs its sender's socket buffer and not our memory. Bytes that came beyond
 * the current request wait in {@link PendingBytes}. Runs on the channel's event loop only.
 */
final class EdgeConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeConnection.class);

    private static final ConnectionState CLOSED = new ConnectionState.Closed();

    final ListenerSettings settings;
    final ConnectionSlot slot;
    final HandshakeTracker handshake;

    private final LoopContext loop;
    private final ConnectionMaxAge maxAge;
    private final ResponsesInFlight answers = new ResponsesInFlight(this::resumeLater);
    private final PipeliningPause pause = new PipeliningPause();

    private Endpoints socket = Endpoints.UNKNOWN;
    private @Nullable ChannelHandlerContext ctx;
    private final PendingBytes pending = new PendingBytes();
    private boolean advancing;

    private final ConnectionState.ReadingHead readingHead = new ConnectionState.ReadingHead();
    private ConnectionState state = readingHead;

    /** When this state began; within a head, when its first byte came. */
    private long since;

    /** @param slot left when the connection ends */
    EdgeConnection(LoopContext loop, ListenerSettings settings, ConnectionSlot slot) {
        this.loop = loop;
        this.settings = settings;
        this.slot = slot;
        this.handshake =
                new HandshakeTracker(slot, loop.conditions().clock(), settings.tls() != null, settings.clients());
        this.since = loop.now();
        this.maxAge = ConnectionMaxAge.random(
                loop.connections().limits().retireAfter(),
                since,
                loop.conditions().random());
    }

    TlsRecordReader.Owner handshakeOwner() {
        return new HandshakeAdmission(slot, handshake, loop.conditions().clock());
    }

    int mostPerRead() {
        boolean body = state instanceof ConnectionState.Serving(WriteExchange write) && write.readsBody();
        return ReceiveBufferAllocator.most(body, slot.isAuthenticated());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        slot.onEviction(why -> context.executor().execute(this::evicted));
        socket = Endpoints.of(context.channel());
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
        if (event == SslCloseCompletionEvent.SUCCESS
                && state instanceof ConnectionState.Serving(WriteExchange write)
                && write.isWaiting()) {
            close();
        }
        if (handshake.onEvent(event)) {
            handshake.onDone(context.pipeline());
            since = loop.now();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes) || isClosed()) {
            ReferenceCountUtil.release(message);
            return;
        }
        pending.add(context.alloc(), bytes);
        if (state instanceof ConnectionState.Serving(WriteExchange write) && write.isAbandoned()) {
            close();
        } else {
            advance();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (wantsBytes()) {
            context.read();
        }
    }

    private boolean wantsBytes() {
        return switch (state) {
            case ConnectionState.ReadingHead head -> wantsRequest();
            case ConnectionState.Serving(WriteExchange write) -> write.wantsBytes(pending.size());
            case ConnectionState.Discarding discarding -> true;
            case ConnectionState.Lingering lingering -> lingering.wantsBytes();
            case ConnectionState.Closed closed -> false;
        };
    }

    private boolean wantsRequest() {
        return answers.none() && !pause.isRunning() && slot.isProxyTrusted();
    }

    /** Goes as far as the bytes at hand allow. A nested call returns at once: the outer one sees the state it left. */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            while (step()) {
                // Each step consumes bytes or changes the state.
            }
        } finally {
            advancing = false;
            if (isClosed()) {
                pending.release();
            } else {
                pending.releaseIfEmpty();
            }
            slot.setHeadBytes(pending.capacity());
        }
    }

    private boolean step() {
        ByteBuf in = pending.bytes();
        return switch (state) {
            case ConnectionState.ReadingHead head -> in != null && readHead(head, in);
            case ConnectionState.Serving(WriteExchange write) -> write.advance(in);
            case ConnectionState.Discarding(DiscardedBody body) -> in != null && discard(body, in);
            case ConnectionState.Lingering lingering -> in != null && lingering.discard(in);
            case ConnectionState.Closed closed -> false;
        };
    }

    private boolean readHead(ConnectionState.ReadingHead head, ByteBuf in) {
        if (!wantsRequest()) {
            return false;
        }
        if (!head.isBegun()) {
            head.begin();
            handshake.onRequest();
            since = loop.now();
        }
        return switch (loop.heads().parse(in, head.scan())) {
            case ParsedHead.Incomplete() -> false;
            case ParsedHead.Bad(Reason reason, String fault) -> {
                refuseFraming(reason, fault);
                yield true;
            }
            case ParsedHead.Complete(RequestHead request) -> {
                new Exchange(loop, this, request, since).begin();
                yield true;
            }
        };
    }

    /** The framing is broken: one answer, and nothing of this connection is served afterwards. */
    private void refuseFraming(Reason reason, String fault) {
        send(Exchange.refuseUnread(loop, this, new Rejection.Plain(reason, "malformed HTTP request: " + fault), since));
        linger();
    }

    private boolean discard(DiscardedBody body, ByteBuf in) {
        return switch (body.discard(in)) {
            case MORE -> false;
            case DONE -> {
                nextRequest();
                yield true;
            }
            case UNRECOVERABLE -> {
                linger();
                yield true;
            }
        };
    }

    /** The bytes that follow are the body of this write. */
    void serve(WriteExchange write) {
        state = new ConnectionState.Serving(write);
    }

    /** Sends the answer of the request at hand, and makes room for the next one or ends the connection. */
    void answered(ByteBuf answer, BodyFrame rest, boolean close) {
        if (isClosed()) {
            answer.release();
            return;
        }
        send(answer);
        if (close) {
            linger();
        } else if (rest.done()) {
            nextRequest();
        } else {
            state = new ConnectionState.Discarding(new DiscardedBody(rest));
            since = loop.now();
        }
        resume();
    }

    private void nextRequest() {
        readingHead.restart();
        state = readingHead;
        since = loop.now();
        if (!pending.isEmpty()) {
            pause.start(context().executor(), this::resumeLater);
        }
    }

    /** For calls outside a read, where nothing else would close a connection that fails. */
    private void resumeLater() {
        try {
            resume();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Ends the connection after its last answer: closing at once could destroy that before the client has read it. */
    void linger() {
        if (state instanceof ConnectionState.Lingering || isClosed()) {
            return;
        }
        state = new ConnectionState.Lingering();
        since = loop.now();
        HalfClose.of(context().channel());
    }

    /** Continues after something other than a read has changed the state. */
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
        answers.send(context(), bytes);
    }

    /** Ends what has timed out. */
    void checkTimes(long now) {
        if (state instanceof ConnectionState.Serving(WriteExchange write)) {
            write.checkTimes(now);
        }
        if (state instanceof ConnectionState.ReadingHead && slot.lostProxyTrust(now)) {
            close();
            return;
        }
        switch (age(now).check(loop.times())) {
            case CONTINUE -> {}
            case END -> linger();
            case CLOSE -> {
                handshake.onTimeout();
                close();
            }
            case NOT_AUTHENTICATED -> closeUnauthenticated();
        }
    }

    private ConnectionTimeouts age(long now) {
        boolean leaving = loop.conditions().draining().getAsBoolean();
        return new ConnectionTimeouts(
                state, handshake.isDone(), now - since, slot.unauthenticatedNanos(now), isPastMaxAge(now), leaving);
    }

    /** Nobody authenticated in time. A health probe that keeps its connection gets a graceful end. */
    private void closeUnauthenticated() {
        loop.connections().authenticationTimedOut();
        if (handshake.isDone()) {
            linger();
        } else {
            handshake.onTimeout();
            close();
        }
    }

    /** Others need its place or the bytes it holds. */
    private void evicted() {
        if (!isClosed()) {
            handshake.onClosedByUs();
            close();
        }
    }

    /** True when the next answer is the last, since the connection is old enough. */
    boolean isPastMaxAge(long now) {
        return maxAge.isReached(now);
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
        handshake.onError(cause);
        LOG.atDebug().setCause(cause).log("connection failed");
        close();
    }

    /** Closes the connection after a bug outside a read, where nothing else would: its answer cannot be made. */
    void failed(Throwable cause) {
        LOG.atError().setCause(cause).log("connection closed by a bug");
        close();
    }

    /** Closes at once, without an answer. */
    void close() {
        ended();
        context().close();
    }

    private void ended() {
        ConnectionState last = state;
        state = CLOSED;
        handshake.onClosed();
        slot.leave(loop.now());
        loop.watchdog().remove(this);
        if (last instanceof ConnectionState.Serving(WriteExchange write)) {
            write.gone();
        }
        if (!advancing) {
            pending.release();
        }
    }

    private boolean isClosed() {
        return state instanceof ConnectionState.Closed;
    }

    Endpoints endpoints() {
        return slot.endpoints(socket);
    }

    Channel channel() {
        return context().channel();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(ctx, "the connection is in no pipeline yet");
    }
}
