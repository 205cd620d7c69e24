package io.ringgate.app;

import io.ringgate.config.GatewaySettings;
import io.ringgate.config.HostPort;
import io.ringgate.config.Timeouts;
import io.ringgate.forward.LoopForwarder;
import io.ringgate.http.EdgeServer;
import io.ringgate.http.EdgeTimes;
import io.ringgate.pipeline.WritePath;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the gateway: a write path of its own, connections to receivers of its own, every listener. */
final class EdgeLoop extends VerticleBase {

    private static final Duration SWALLOW = Duration.ofSeconds(2);

    private final Parts parts;
    private final RandomGenerator random;
    private @Nullable LoopForwarder forwarder;
    private @Nullable EdgeServer server;
    private volatile List<Integer> ports = List.of();

    EdgeLoop(Parts parts, RandomGenerator random) {
        this.parts = parts;
        this.random = random;
    }

    @Override
    public Future<?> start() {
        ContextInternal own = (ContextInternal) context;
        GatewaySettings settings = parts.settings();
        LoopForwarder out = new LoopForwarder(
                own, parts.receivers(), parts.forwarding(), parts.secured(), random, System::nanoTime);
        WritePath path = new WritePath(parts.shared(), out, own.nettyEventLoop());
        EdgeServer in = new EdgeServer(
                vertx,
                path,
                times(settings),
                parts.shared().counts().refusals(),
                new EdgeServer.Conditions(parts.drain()::isReady, parts.drain()::isDraining, System::nanoTime, random));
        forwarder = out;
        server = in;
        List<Future<Integer>> opened = new ArrayList<>();
        for (int i = 0; i < settings.listeners().size(); i++) {
            HostPort address = settings.listeners().get(i).address();
            // Port 0 means any free one, and Vert.x shares that between loops only under a negative number.
            int port = address.port() == 0 ? -1 - i : address.port();
            opened.add(Bound.at(
                    address, in.listen(address.host(), port, parts.tls().get(i))));
        }
        return Future.all(opened).onSuccess(all -> ports = all.list());
    }

    private static EdgeTimes times(GatewaySettings settings) {
        Timeouts timeouts = settings.timeouts();
        return new EdgeTimes(
                timeouts.tlsHandshake(),
                timeouts.requestHeaders(),
                timeouts.idle(),
                timeouts.writeDeadline(),
                settings.body().minRate(),
                settings.body().minRateAfter(),
                SWALLOW);
    }

    @Override
    public Future<?> stop() {
        LoopForwarder out = forwarder;
        if (out != null) {
            out.close();
        }
        EdgeServer in = server;
        return in == null ? Future.succeededFuture() : in.close();
    }

    /** The bound ports, in the order of the configured listeners. */
    List<Integer> ports() {
        return ports;
    }

    int connections() {
        EdgeServer in = server;
        return in == null ? 0 : in.connections();
    }
}
