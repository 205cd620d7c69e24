package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.ringgate.config.ConnectionLimits;
import io.ringgate.http.connections.ConnectionSlot;
import io.ringgate.http.connections.TrustedProxies;
import io.ringgate.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real event loop of one thread, since the order of tasks and sockets is Netty's. */
class PipeliningPauseTest {

    private static final String ASK = "G / HTTP/1.1\r\nHost:\r\n\r\n";
    private static final int AT_ONCE = 85;

    private final EdgeRig rig = new EdgeRig(new ConnectionLimits(OptionalInt.of(100), 100, 1, Duration.ZERO));
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    /** How many requests were served when the first connection was read. */
    private final CompletableFuture<Integer> firstIsRead = new CompletableFuture<>();

    @AfterEach
    void stop() throws InterruptedException {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private int listen() throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connected(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private void connected(Channel channel) {
        if (accepted.incrementAndGet() == 1) {
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    firstIsRead.complete(served.get());
                    context.fireChannelRead(message);
                }
            });
        }
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        ConnectionSlot slot = Objects.requireNonNull(rig.connections.enter(peer, TrustedProxies.NONE, rig.now));
        channel.pipeline().addLast(new EdgeConnection(rig.loop, ListenerSettings.of(null), slot));
    }

    /** Asked once for each answer; with the first one the other client sends. */
    private boolean serves(Socket other) {
        if (served.incrementAndGet() == 1) {
            ask(other, 1);
        }
        return false;
    }

    private static void ask(Socket client, int times) {
        try {
            client.getOutputStream().write(ASK.repeat(times).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void other_sockets_are_looked_at_between_two_requests_that_were_sent_at_once() throws Exception {
        int port = listen();
        try (Socket honest = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Await.until("the first is in", () -> accepted.get() == 1);
            rig.draining = () -> serves(honest);
            try (Socket greedy = new Socket(InetAddress.getLoopbackAddress(), port)) {
                ask(greedy, AT_ONCE);

                assertThat(firstIsRead.get(10, TimeUnit.SECONDS)).isLessThan(10);
            }
        }
    }
}
