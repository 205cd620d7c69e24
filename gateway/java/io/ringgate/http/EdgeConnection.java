package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.tls.TlsRecordReader;
import java.util.Objects;
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

    final ListenerTerms terms;
    final Visit visit;
    final Opening opening;

    private final Loop loop;
    private final Retirement retirement;
    private final AnswersInFlight answers = new AnswersInFlight(this::goOn);

    private Ends ends = Ends.UNKNOWN;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable ByteBuf pending;
    private boolean advancing;

    private ConnectionPhase phase = ConnectionPhase.HEAD;
    private long since;
    private final RequestTurn turn = new RequestTurn();
    private final HeadScan scan = new HeadScan();
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

    TlsRecordReader.Owner handshake() {
        return new HandshakeOwner(visit, opening, loop.conditions().clock());
    }

    int mostPerRead() {
        return ReceiveBuffers.most(exchange != null && exchange.wantsBody(), visit.isAuthenticated());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        visit.onEviction(why -> context.executor().execute(this::evicted));
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
        if (!(message instanceof ByteBuf bytes) || phase == ConnectionPhase.CLOSED) {
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

    private boolean wantsBytes() {
        return switch (phase) {
            case HEAD -> answers.none() && !turn.isOver() && visit.isBelieved();
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
            if (held != null && (!held.isReadable() || phase == ConnectionPhase.CLOSED)) {
                pending = null;
                held.release();
            }
            visit.holdsByHead(pending == null ? 0 : pending.capacity());
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
        if (in == null || !in.isReadable() || turn.isOver() || !answers.none() || !visit.isBelieved()) {
            return false;
        }
        if (!headBegun) {
            headBegun = true;
            opening.asked();
            since = loop.now();
        }
        switch (loop.heads().parse(in, scan)) {
            case ParsedHead.Incomplete() -> {
                return false;
            }
            case ParsedHead.Bad(Reason reason, String fault) -> broken(reason, fault);
            case ParsedHead.Complete(RequestHead head) -> {
                Exchange fresh = new Exchange(loop, this, head, since);
                exchange = fresh;
                phase = ConnectionPhase.SERVING;
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
        Leftover.State state = rest.drop(in);
        switch (state) {
            case MORE -> {} // It comes with the next read.
            case DONE -> nextRequest();
            case HOPELESS -> linger();
        }
        return state != Leftover.State.MORE;
    }

    private boolean stepLinger() {
        if (pending != null) {
            dropped += pending.readableBytes();
            pending.clear();
        }
        return false;
    }

    /** Sends the answer of the exchange at hand, and makes room for the next request or ends the connection. */
    void answered(ByteBuf answer, BodyFrame rest, boolean close) {
        if (phase == ConnectionPhase.CLOSED) {
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
            phase = ConnectionPhase.SWALLOWING;
            leftover = new Leftover(rest);
            since = loop.now();
        }
        resume();
    }

    private void nextRequest() {
        phase = ConnectionPhase.HEAD;
        leftover = null;
        headBegun = false;
        scan.restart();
        since = loop.now();
        if (pending != null && pending.isReadable()) {
            turn.end(context().executor(), this::goOn);
        }
    }

    /** Outside a read nobody else would close what fails. */
    private void goOn() {
        try {
            resume();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Says politely that this was the last answer: closing at once could destroy it before the client has read it. */
    void linger() {
        if (phase == ConnectionPhase.LINGERING || phase == ConnectionPhase.CLOSED) {
            return;
        }
        phase = ConnectionPhase.LINGERING;
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
        answers.send(context(), bytes);
    }

    /** Ends what takes too long. */
    void look(long now) {
        if (exchange != null) {
            exchange.look(now);
        }
        if (phase == ConnectionPhase.HEAD && visit.isDisowned(now)) {
            close();
            return;
        }
        switch (age(now).judge(loop.times())) {
            case GOES_ON -> {} // Most do.
            case ENDS -> linger();
            case CLOSES -> {
                opening.late();
                close();
            }
            case STAYS_STRANGE -> dismiss();
        }
    }

    private ConnectionAge age(long now) {
        boolean leaving = loop.conditions().draining().getAsBoolean();
        return new ConnectionAge(
                phase, headBegun, opening.shaken(), now - since, visit.strangeNanos(now), retired(now), leaving);
    }

    /** A health probe that keeps its connection is told politely. */
    private void dismiss() {
        loop.connections().staysStrange();
        if (opening.shaken()) {
            linger();
        } else {
            opening.late();
            close();
        }
    }

    /** Others need its place or what it holds. */
    private void evicted() {
        if (phase != ConnectionPhase.CLOSED) {
            opening.dismissed();
            close();
        }
    }

    /** True when the next answer is the last, since the connection is old enough. */
    boolean retired(long now) {
        return retirement.due(now);
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
        phase = ConnectionPhase.CLOSED;
        opening.gone();
        visit.leave(loop.now());
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
        return Objects.requireNonNull(ctx, "the connection is in no pipeline yet");
    }
}
