package io.ringgate.cli.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A receiver that reads, counts and forgets, and answers everything alike. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as a closed channel
final class Sink implements AutoCloseable {

    private static final int BIGGEST_PIECE = 1 << 20;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Loops loops;
    private final ByteBuf answer;
    private final long delayNanos;
    private final Channel listener;

    Sink(InetSocketAddress address, int loopCount, int status, Duration delay) throws Exception {
        String length = status == 204 || status == 304 ? "" : "Content-Length: 0\r\n";
        String head = "HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\n" + length + "\r\n";
        answer = Unpooled.directBuffer()
                .writeBytes(head.getBytes(StandardCharsets.US_ASCII))
                .asReadOnly();
        delayNanos = delay.toNanos();
        loops = new Loops(loopCount);
        try {
            listener = new ServerBootstrap()
                    .group(loops.group())
                    .channelFactory(loops.serverChannels())
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new HttpRequestDecoder(
                                                    HttpObjectDecoder.DEFAULT_MAX_INITIAL_LINE_LENGTH,
                                                    HttpObjectDecoder.DEFAULT_MAX_HEADER_SIZE,
                                                    BIGGEST_PIECE),
                                            new Reader());
                        }
                    })
                    .bind(address)
                    .sync()
                    .channel();
        } catch (Exception | Error notBound) {
            loops.close();
            answer.release();
            throw notBound;
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    long requests() {
        return requests.sum();
    }

    /** Body bytes as they came, packed. */
    long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
        answer.release();
    }

    private final class Reader extends ChannelInboundHandlerAdapter {

        private boolean keepAlive = true;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                read(context, (HttpObject) message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void read(ChannelHandlerContext context, HttpObject part) {
            if (part.decoderResult().isFailure()) {
                context.close();
                return;
            }
            if (part instanceof HttpRequest head) {
                keepAlive = HttpUtil.isKeepAlive(head);
                if (HttpUtil.is100ContinueExpected(head)) {
                    context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
                }
            }
            if (part instanceof HttpContent content) {
                bytes.add(content.content().readableBytes());
            }
            if (part instanceof LastHttpContent) {
                requests.increment();
                if (delayNanos == 0) {
                    answerNow(context);
                } else {
                    context.executor().schedule(() -> answerNow(context), delayNanos, TimeUnit.NANOSECONDS);
                }
            }
        }

        private void answerNow(ChannelHandlerContext context) {
            context.writeAndFlush(answer.retainedDuplicate(), context.voidPromise());
            if (!keepAlive) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
