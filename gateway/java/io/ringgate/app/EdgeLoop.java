package io.ringgate.app;

import io.ringgate.config.GatewaySettings;
import io.ringgate.config.HostPort;
import io.ringgate.config.Timeouts;
import io.ringgate.forward.attempts.LoopForwarder;
import io.ringgate.http.AccessLogSink;
import io.ringgate.http.EdgeServer;
import io.ringgate.http.EdgeTimeouts;
import io.ringgate.observe.LoopLag;
import io.ringgate.pipeline.WritePath;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the gateway: a write path of its own, connections to receivers of its own, every listener. */
final class EdgeLoop extends VerticleBase {

    private static final Duration DISCARD = Duration.ofSeconds(2);

    private final ConfiguredListeners configured;
    private final Drain drain;
    private final AccessLogSink journal;
    private final RandomGenerator random;

    /** Written on the loop only. */
    private LoopConfig config;

    private @Nullable LoopForwarder forwarder;

    /** Those that were replaced while writes of theirs were under way. */
    private final List<LoopForwarder> leaving = new ArrayList<>();

    private @Nullable EdgeServer server;
    private volatile List<Integer> ports = List.of();
    private final LoopLag lag = new LoopLag(System.nanoTime());

    EdgeLoop(
            LoopConfig config,
            ConfiguredListeners configured,
            Drain drain,
            AccessLogSink journal,
            RandomGenerator random) {
        this.config = config;
        this.configured = configured;
        this.drain = drain;
        this.journal = journal;
        this.random = random;
    }

    @Override
    public Future<?> start() {
        GatewaySettings settings = config.settings();
        LoopForwarder out = newForwarder();
        EdgeServer in = new EdgeServer(
                vertx,
                path(out),
                times(settings),
                config.shared().counts().refusals(),
                config.connections(),
                new EdgeServer.Conditions(drain::isReady, drain::isFinishing, System::nanoTime, random, journal));
        forwarder = out;
        server = in;
        vertx.setPeriodic(LoopLag.PERIOD_MILLIS, id -> lag.tick(System.nanoTime()));
        List<Future<Integer>> opened = new ArrayList<>();
        for (int i = 0; i < settings.listeners().size(); i++) {
            HostPort address = settings.listeners().get(i).address();
            // Port 0 means any free one, and Vert.x shares that between loops only under a negative number.
            int port = address.port() == 0 ? -1 - i : address.port();
            int place = i;
            opened.add(BindFailure.at(address, in.listen(address.host(), port, () -> configured.listener(place))));
        }
        return Future.all(opened).onSuccess(all -> ports = all.list());
    }

    /** Another configuration, from the next write on. Done when this loop has them. Any thread. */
    Future<Void> apply(LoopConfig next) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(nothing -> {
            try {
                swap(next);
                done.complete();
            } catch (RuntimeException e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    private void swap(LoopConfig next) {
        LoopForwarder before = forwarder;
        EdgeServer in = server;
        if (before == null || in == null) {
            throw new IllegalStateException("the loop has not started");
        }
        boolean same = next.forwardsAs(config);
        config = next;
        LoopForwarder out = same ? before : newForwarder();
        forwarder = out;
        in.update(path(out), times(next.settings()));
        leaving.removeIf(LoopForwarder::isEmpty);
        if (!same) {
            before.retire();
            leaving.add(before);
        }
    }

    private LoopForwarder newForwarder() {
        return new LoopForwarder(
                (ContextInternal) context,
                config.receivers(),
                config.forwarding(),
                config.secured(),
                random,
                config.guard());
    }

    private WritePath path(LoopForwarder out) {
        return new WritePath(config.shared(), out, ((ContextInternal) context).nettyEventLoop());
    }

    private static EdgeTimeouts times(GatewaySettings settings) {
        Timeouts timeouts = settings.timeouts();
        return new EdgeTimeouts(
                timeouts.tlsHandshake(),
                timeouts.authenticate(),
                timeouts.requestHeaders(),
                timeouts.idle(),
                timeouts.writeDeadline(),
                settings.body().minRate(),
                settings.body().minRateAfter(),
                DISCARD);
    }

    @Override
    public Future<?> stop() {
        leaving.forEach(LoopForwarder::close);
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

    /** Any thread. */
    LoopLag lag() {
        return lag;
    }

    int connections() {
        EdgeServer in = server;
        return in == null ? 0 : in.connections();
    }
}
