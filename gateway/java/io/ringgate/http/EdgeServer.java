package io.ringgate.http;

import io.netty.channel.ChannelHandlerContext;
import io.ringgate.http.connections.ConnectionSlot;
import io.ringgate.http.connections.Connections;
import io.ringgate.http.connections.ProxyProtocolHandler;
import io.ringgate.http.connections.TlsDetector;
import io.ringgate.http.connections.TrustedProxies;
import io.ringgate.pipeline.Refusals;
import io.ringgate.pipeline.WritePath;
import io.ringgate.tls.PlaintextAlertReader;
import io.ringgate.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The edge listeners of one event loop. Vert.x accepts, spreads connections over the loops and owns the sockets; from the
 * first byte on a connection is {@link EdgeConnection}'s. This is the one class here that reaches below Vert.x's public
 * interface: its HTTP server accepts framing that is refused here, and hands bodies over as copies.
 */
public final class EdgeServer {

    /** The name Vert.x gives its own handler, the last of each pipeline. */
    private static final String LAST = "handler";

    private static final int BACKLOG = 1024;

    /** What the kernel keeps of answers that nobody reads; the largest is a sentence. */
    private static final int SEND_BUFFER = 16 << 10;

    private final Vertx vertx;
    private final LoopContext loop;
    private final List<NetServer> servers = new ArrayList<>();
    private final long timer;

    /** Made on the event loop it is for. */
    public EdgeServer(
            Vertx vertx,
            WritePath path,
            EdgeTimeouts times,
            Refusals refusals,
            Connections connections,
            Conditions conditions) {
        this.vertx = vertx;
        this.loop = new LoopContext(path, times, refusals, connections, conditions);
        this.timer = vertx.setPeriodic(Watchdog.PERIOD_MILLIS, id -> checkTimes());
    }

    /**
     * What comes from outside the loop.
     *
     * @param ready whether the gateway is ready
     * @param draining whether every answer is the last of its connection
     * @param clock the scale of {@link System#nanoTime}
     * @param accessLog of the requests that have ended
     */
    public record Conditions(
            BooleanSupplier ready,
            BooleanSupplier draining,
            LongSupplier clock,
            RandomGenerator random,
            AccessLogSink accessLog) {}

    /**
     * Opens one listener; every loop opens the same and Vert.x shares the socket between them.
     *
     * @param port a negative port is a free one, the same for all loops that pass the same number
     * @param settings for the next new connection
     * @return the bound port
     */
    public Future<Integer> listen(String host, int port, Supplier<ListenerSettings> settings) {
        NetServerOptions options = new NetServerOptions()
                .setAcceptBacklog(BACKLOG)
                .setTcpNoDelay(true)
                .setSendBufferSize(SEND_BUFFER)
                .setReuseAddress(true);
        NetServer server = vertx.createNetServer(options);
        servers.add(server);
        return server.connectHandler(socket -> connected(socket, settings.get()))
                .listen(port, host)
                .map(NetServer::actualPort);
    }

    private void checkTimes() {
        loop.watchdog().checkTimes(loop.now());
        loop.path().checkWaits();
    }

    /** This path and these timeouts are used from the next request on. On the loop. */
    public void update(WritePath path, EdgeTimeouts times) {
        loop.update(path, times);
    }

    /** A connection for which there is no place is closed before it costs anything. */
    private void connected(NetSocket socket, ListenerSettings settings) {
        ChannelHandlerContext last = ((NetSocketInternal) socket).channelHandlerContext();
        TrustedProxies proxies = settings.proxies();
        ConnectionSlot slot = loop.conditions().draining().getAsBoolean()
                ? null
                : loop.connections().enter(last.channel().remoteAddress(), proxies, loop.now());
        if (slot == null) {
            last.channel().close();
            return;
        }
        EdgeConnection connection = new EdgeConnection(loop, settings, slot);
        last.channel().config().setRecvByteBufAllocator(new ReceiveBufferAllocator(connection::mostPerRead));
        if (proxies.protocol()) {
            ProxyProtocolHandler.expect(
                    last.pipeline(),
                    LAST,
                    slot,
                    settings.trust(),
                    loop.conditions().clock());
        }
        ServerTls tls = settings.tls();
        if (tls != null) {
            last.pipeline().addBefore(LAST, null, new PlaintextAlertReader());
            last.pipeline()
                    .addBefore(
                            LAST,
                            null,
                            new TlsDetector(
                                    () -> tls.newReader(loop.times().tlsHandshake(), connection.handshakeOwner())));
        }
        last.pipeline().addBefore(LAST, null, connection);
    }

    /** How many connections this loop has. Any thread. */
    public int connections() {
        return loop.watchdog().size();
    }

    /** Closes listeners and connections. On the loop. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return Future.all(servers.stream().map(NetServer::close).toList()).mapEmpty();
    }
}
