package io.ringgate.cli.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.transport.Transport;
import java.util.concurrent.TimeUnit;

/** Event loops on the best transport this machine has: epoll, or else NIO. */
final class Loops implements AutoCloseable {

    private final Transport transport;
    private final EventLoopGroup group;

    Loops(int count) {
        transport = Transport.EPOLL != null && Transport.EPOLL.available() ? Transport.EPOLL : Transport.NIO;
        group = new MultiThreadIoEventLoopGroup(
                count,
                new DefaultThreadFactory("bench", true),
                transport.implementation().ioHandlerFactory());
    }

    /** Half the cores, so that what is measured has the other half. */
    static int fitting() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    EventLoopGroup group() {
        return group;
    }

    EventLoop next() {
        return group.next();
    }

    ChannelFactory<? extends Channel> channels() {
        return transport.implementation().channelFactory(false);
    }

    ChannelFactory<? extends ServerChannel> serverChannels() {
        return transport.implementation().serverChannelFactory(false);
    }

    /** Waits until every channel is closed, two seconds at most. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
