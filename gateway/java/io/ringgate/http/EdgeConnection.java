package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.ringgate.auth.Presented;
import io.ringgate.pipeline.Answer;
import io.ringgate.pipeline.Client;
import io.ringgate.pipeline.Write;
import io.ringgate.pipeline.WriteHead;
import io.ringgate.reject.Quoted;
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
final class EdgeConnection extends ChannelInboundHandlerAdapter implements Client {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeConnection.class);

    /** The rest of a refused body up to this size is read past; for a larger one the connection is closed. */
    static final long MOST_SWALLOWED = 256 * 1024;

    private enum Phase {
        /** Between requests, or in the middle of a head. */
        HEAD,
        /** A write is being decided on; nothing is read. */
        DECIDING,
        /** A write's body is wanted. */
        BODY,
        /** The body is whole and its answer not there yet; nothing is read. */
        WAITING,
        /** Answered; the rest of the body is read past so that the next request can be found. */
        SWALLOWING,
        /** Answered for the last time; what still comes is dropped until the client closes. */
        LINGERING,
        CLOSED
    }

    private final Loop loop;

    /** No request can come before the handshake is over; true from the beginning on a listener without TLS. */
    private boolean shaken;

    /** The client speaks plain HTTP to a listener that wants TLS: it is told so, and nothing else. */
    private boolean plainOnTls;

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable ByteBuf pending;
    private Phase phase = Phase.HEAD;
    private boolean advancing;

    private @Nullable RequestHead head;
    private @Nullable BodyFrame frame;
    private @Nullable Write write;
    private String requestId = "";
    private boolean continueOwed;

    private long since;
    private boolean headBegun;
    private long bodySince;
    private long bodyBytes;
    private long dropped;

    EdgeConnection(Loop loop, boolean tls) {
        this.loop = loop;
        this.shaken = !tls;
        this.since = loop.clock().getAsLong();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
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
        if (event == PlainOrTls.PLAIN) {
            plainOnTls = true;
        } else if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            shaken = true;
            since = loop.clock().getAsLong();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (phase == Phase.CLOSED) {
            bytes.release();
            return;
        }
        if (phase == Phase.HEAD && !headBegun) {
            headBegun = true;
            since = loop.clock().getAsLong();
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
            case HEAD, BODY, SWALLOWING, LINGERING -> true;
            case DECIDING, WAITING, CLOSED -> false;
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
            dropEmpty();
        }
    }

    private boolean step() {
        return switch (phase) {
            case HEAD -> stepHead();
            case BODY -> stepBody();
            case SWALLOWING -> stepSwallow();
            case LINGERING -> stepLinger();
            case DECIDING, WAITING, CLOSED -> false;
        };
    }

    private boolean stepHead() {
        ByteBuf in = pending;
        if (in == null || !in.isReadable()) {
            return false;
        }
        if (!headBegun) {
            headBegun = true;
            since = loop.clock().getAsLong();
        }
        return switch (loop.heads().parse(in)) {
            case ParsedHead.Incomplete() -> false;
            case ParsedHead.Bad(Reason reason, String fault) -> {
                broken(reason, fault);
                yield true;
            }
            case ParsedHead.Complete(RequestHead whole) -> {
                begin(whole);
                yield true;
            }
        };
    }

    private void begin(RequestHead whole) {
        head = whole;
        frame = BodyFrame.of(whole);
        requestId = loop.ids().next();
        continueOwed = whole.expectsContinue();
        dropped = 0;
        phase = Phase.DECIDING;
        if (plainOnTls) {
            refuseHere(new Rejection.Plain(
                    Reason.PLAIN_HTTP,
                    "this port takes HTTPS only, use https://"
                            + Quoted.of(whole.host() == null ? "" : whole.host()) + Quoted.of(whole.path())));
            return;
        }
        boolean get = whole.method().equals("GET");
        switch (Routes.of(whole.path())) {
            case WRITE -> beginWrite(whole);
            case HEALTHY -> health(whole, get, true);
            case READY -> health(whole, get, loop.ready().getAsBoolean());
            case NONE ->
                refuseHere(new Rejection.Plain(
                        Reason.WRONG_PATH,
                        "nothing is served at " + Quoted.of(whole.path())
                                + ", writes go to /api/v1/receive, /api/v1/write or /api/v1/push"));
        }
    }

    private void beginWrite(RequestHead whole) {
        long length = whole.contentLength() == RequestHead.CHUNKED
                ? WriteHead.CHUNKED
                : Math.max(0, whole.contentLength());
        WriteHead writeHead = new WriteHead(
                whole.method().equals("POST"),
                new Presented(whole.authorization()),
                whole.contentType(),
                whole.contentEncoding(),
                whole.protocolVersion(),
                length,
                requestId,
                since);
        Write begun = loop.path().begin(writeHead, this);
        if (phase == Phase.DECIDING || phase == Phase.BODY) {
            write = begun;
        }
    }

    private void health(RequestHead whole, boolean get, boolean good) {
        if (!get && !whole.method().equals("HEAD")) {
            refuseHere(new Rejection.Plain(Reason.WRONG_PATH, "the health pages answer GET and HEAD"));
            return;
        }
        boolean close = closesAfter();
        finish(loop.answers().health(alloc(), good, get, close), close);
    }

    @Override
    public void admit() {
        phase = Phase.BODY;
        bodySince = loop.clock().getAsLong();
        bodyBytes = 0;
        if (continueOwed) {
            continueOwed = false;
            if (pending == null || !pending.isReadable()) {
                context().writeAndFlush(loop.answers().continues());
            }
        }
        resume();
    }

    private boolean stepBody() {
        BodyFrame body = frame();
        Write current = write;
        ByteBuf in = pending;
        if (current == null) {
            return false;
        }
        if (in != null && in.isReadable() && !body.done()) {
            long before = in.readableBytes();
            if (!body.take(in, current::piece)) {
                breakOff(current);
                return true;
            }
            bodyBytes += before - in.readableBytes();
        }
        if (phase != Phase.BODY) {
            return true;
        }
        if (body.done()) {
            phase = Phase.WAITING;
            current.end();
            return true;
        }
        return false;
    }

    /** The body's framing broke: unless the write was refused on the way, it ends as a bad request. */
    private void breakOff(Write current) {
        if (phase == Phase.BODY) {
            current.gone();
            broken(Reason.BAD_FRAMING, "a chunk of the body is broken");
        } else {
            linger();
        }
    }

    private boolean stepSwallow() {
        BodyFrame body = frame();
        ByteBuf in = pending;
        if (in != null && in.isReadable()) {
            long before = in.readableBytes();
            boolean sound = body.take(in, piece -> piece.skipBytes(piece.readableBytes()));
            dropped += before - in.readableBytes();
            if (!sound || dropped > MOST_SWALLOWED) {
                linger();
                return true;
            }
        }
        if (body.done()) {
            nextRequest();
            return true;
        }
        return false;
    }

    private boolean stepLinger() {
        ByteBuf in = pending;
        if (in != null) {
            dropped += in.readableBytes();
            in.skipBytes(in.readableBytes());
            if (dropped > MOST_SWALLOWED) {
                close();
            }
        }
        return false;
    }

    @Override
    public void answer(Answer answer) {
        write = null;
        if (phase == Phase.CLOSED) {
            return;
        }
        switch (answer) {
            case Answer.Stored() -> {
                boolean close = closesAfter();
                finish(loop.answers().stored(close), close);
            }
            case Answer.Refused(Rejection rejection) -> refuse(rejection);
        }
    }

    /** A refusal that the pipeline does not see, so it is counted here. */
    private void refuseHere(Rejection rejection) {
        loop.refusals().count(rejection.reason());
        refuse(rejection);
    }

    private void refuse(Rejection rejection) {
        RequestHead asked = head;
        boolean close = closesAfter() || rejection.reason() == Reason.SLOW_BODY || plainOnTls;
        Answers.Wish wish = new Answers.Wish(
                asked != null && asked.acceptsJson(), asked != null && asked.method().equals("HEAD"), close);
        finish(loop.answers().refused(alloc(), rejection, requestId, wish), close);
    }

    /** The framing is not to be trusted: one answer, and nothing of this connection is served afterwards. */
    private void broken(Reason reason, String fault) {
        head = null;
        frame = null;
        write = null;
        requestId = loop.ids().next();
        refuseHere(new Rejection.Plain(reason, "this is not a request that is taken here: " + fault));
    }

    /**
     * Whether the connection ends after the answer: the client wants it, the framing broke, the rest of the body is too
     * large to read past, or nobody can tell whether it will come at all.
     */
    private boolean closesAfter() {
        RequestHead asked = head;
        BodyFrame body = frame;
        return asked == null
                || body == null
                || !asked.keepAlive()
                || (continueOwed && !body.done())
                || (!body.done() && body.left() > MOST_SWALLOWED);
    }

    private void finish(ByteBuf answer, boolean close) {
        context().writeAndFlush(answer);
        if (close) {
            linger();
        } else if (frame().done()) {
            nextRequest();
        } else {
            phase = Phase.SWALLOWING;
            since = loop.clock().getAsLong();
        }
        resume();
    }

    private void nextRequest() {
        phase = Phase.HEAD;
        head = null;
        frame = null;
        headBegun = false;
        since = loop.clock().getAsLong();
    }

    /** Says politely that this was the last answer: closing at once could destroy it before the client has read it. */
    private void linger() {
        phase = Phase.LINGERING;
        since = loop.clock().getAsLong();
        dropped = 0;
        HalfClose.of(context().channel());
    }

    private void resume() {
        if (advancing) {
            return;
        }
        advance();
        if (wantsBytes()) {
            context().read();
        }
    }

    /** Ends what takes too long. */
    void look(long now) {
        EdgeTimes times = loop.times();
        switch (phase) {
            case HEAD -> {
                Duration most = headBegun ? times.headers() : shaken ? times.idle() : times.tlsHandshake();
                if (now - since > most.toNanos()) {
                    close();
                }
            }
            case BODY -> {
                Rejection slow = SlowBody.judge(times, now - since, now - bodySince, bodyBytes);
                Write current = write;
                if (slow != null && current != null) {
                    current.tooSlow(slow);
                }
            }
            case SWALLOWING -> {
                if (now - since > times.swallow().toNanos()) {
                    linger();
                }
            }
            case LINGERING -> {
                if (now - since > times.swallow().toNanos()) {
                    close();
                }
            }
            case DECIDING, WAITING, CLOSED -> {
                // The pipeline's own deadline ends these.
            }
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
        LOG.debug("a connection failed", cause);
        close();
    }

    private void close() {
        ended();
        context().close();
    }

    private void ended() {
        phase = Phase.CLOSED;
        loop.watchdog().remove(this);
        Write current = write;
        write = null;
        if (current != null) {
            current.gone();
        }
        ByteBuf held = pending;
        if (held != null && !advancing) {
            pending = null;
            held.release();
        }
    }

    /** Also what a connection that closed while it was advancing still holds. */
    private void dropEmpty() {
        ByteBuf held = pending;
        if (held != null && (!held.isReadable() || phase == Phase.CLOSED)) {
            pending = null;
            held.release();
        }
    }

    private BodyFrame frame() {
        BodyFrame body = frame;
        if (body == null) {
            throw new IllegalStateException("no request is at hand");
        }
        return body;
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext context = ctx;
        if (context == null) {
            throw new IllegalStateException("the connection is in no pipeline yet");
        }
        return context;
    }

    private ByteBufAllocator alloc() {
        return context().alloc();
    }
}
