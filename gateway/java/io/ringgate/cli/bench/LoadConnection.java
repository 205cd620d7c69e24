package io.ringgate.cli.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection that sends one request at a time, and reconnects after it was closed.
 *
 * <p>Closed loop: the next request follows the answer at once. Open loop: requests are due at fixed times whether or not
 * the answers came; latency then counts from when a request was due, so that a stalled receiver shows in full.
 * Everything runs on the one loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as a closed channel
final class LoadConnection {

    private static final long RECONNECT_MILLIS = 50;

    /** What all senders of a run share. {@code everyNanos} is 0 in closed loop. */
    record Plan(Target target, @Nullable SslContext tls, RequestRing ring, long everyNanos) {}

    private final Plan plan;
    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final CountDownLatch finished;
    private LoadCounts tally = new LoadCounts();

    private long number;
    private long due;
    private long sentFor;
    private RequestRing.@Nullable Request waiting;
    private @Nullable Channel channel;
    private boolean stopped;

    LoadConnection(Plan plan, Loops loops, int index, CountDownLatch finished) {
        this.plan = plan;
        this.loop = loops.next();
        this.finished = finished;
        this.number = index;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(loops.channels())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
                .handler(new Pipeline());
    }

    /** @param firstDue when the first request is due, by {@link System#nanoTime} */
    void start(long firstDue) {
        due = firstDue;
        loop.execute(this::connect);
    }

    /** Sends nothing more; the answer to what is under way still counts. */
    void stop() {
        loop.execute(() -> {
            stopped = true;
            if (waiting == null) {
                finish();
            }
        });
    }

    /** What it saw until now does not count. */
    void forget() {
        loop.execute(() -> tally = new LoadCounts());
    }

    /** What it saw: to be read when all have finished. */
    LoadCounts tally() {
        return tally;
    }

    private void finish() {
        finished.countDown();
        if (channel != null) {
            channel.close();
        }
    }

    private void connect() {
        if (stopped) {
            return;
        }
        bootstrap.connect(plan.target.address()).addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                channel = done.channel();
                next();
            } else {
                tally.error("no connection: " + describe(done.cause()));
                later();
            }
        });
    }

    private void later() {
        if (!stopped) {
            loop.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void next() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        if (plan.everyNanos == 0) {
            send(now);
        } else if (now >= due) {
            send(due);
            due += plan.everyNanos;
        } else {
            loop.schedule(this::next, due - now, TimeUnit.NANOSECONDS);
        }
    }

    private void send(long countedFrom) {
        Channel open = channel;
        if (open == null || waiting != null) {
            return;
        }
        RequestRing.Request request = plan.ring.get(number++);
        waiting = request;
        sentFor = countedFrom;
        open.writeAndFlush(request.bytes().retainedDuplicate(), open.voidPromise());
    }

    private void answered(int status) {
        RequestRing.Request request = waiting;
        if (request == null) {
            return;
        }
        waiting = null;
        tally.answer(status, System.nanoTime() - sentFor, request);
        if (stopped) {
            finish();
        }
    }

    private void closed(String why) {
        channel = null;
        if (waiting != null) {
            waiting = null;
            tally.error(why);
            if (stopped) {
                finish();
            }
        }
        later();
    }

    /** The innermost cause: TLS wraps the one that says what is wrong. */
    private static String describe(Throwable cause) {
        Throwable inner = cause;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel fresh) {
            if (plan.tls != null) {
                fresh.pipeline()
                        .addLast(plan.tls.newHandler(
                                fresh.alloc(),
                                plan.target.host(),
                                plan.target.address().getPort()));
            }
            fresh.pipeline().addLast(new HttpResponseDecoder(), new Answers());
        }
    }

    private final class Answers extends SimpleChannelInboundHandler<HttpObject> {

        private String broken = "closed before the answer";
        private int status;
        private boolean keepAlive;

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part.decoderResult().isFailure()) {
                broken = "an answer that is not HTTP/1.1";
                context.close();
                return;
            }
            if (part instanceof HttpResponse head) {
                status = head.status().code();
                keepAlive = HttpUtil.isKeepAlive(head);
            }
            if (part instanceof LastHttpContent && status >= 200) {
                answered(status);
                if (keepAlive) {
                    next();
                } else {
                    channel = null;
                    context.close();
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closed(broken);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            broken = describe(cause);
            context.close();
        }
    }
}
