package io.ringgate.app;

import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.HostPort;
import io.ringgate.forward.Receivers;
import io.ringgate.http.AdminListener;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway. Started and stopped from an ordinary thread; in between everything happens on the event loops, one
 * {@link EdgeLoop} each.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final int MOST_LOOPS = 64;

    private final GatewaySettings settings;
    private final Vertx vertx;
    private final PrometheusMetrics metrics;
    private final Foundations foundations;
    private final Receivers receivers;
    private final LoginDesk logins;
    private final Drain drain = new Drain();
    private final List<EdgeLoop> loops = new CopyOnWriteArrayList<>();
    private int adminPort;

    private Gateway(GatewayConfig config, Platform platform, long budget) throws StartProblem {
        this.settings = config.settings();
        int count = Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
        this.metrics = new PrometheusMetrics(System::nanoTime);
        this.logins = LoginDesk.open(config, metrics);
        this.foundations = Foundations.lay(settings, logins.authenticator(), budget, count, metrics);
        this.receivers = Outbound.receivers(settings, metrics);
        this.vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(platform.nativeSockets())
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(2));
    }

    /**
     * Starts everything; when it returns, writes are taken.
     *
     * @param budget the memory that writes may take together, in bytes
     */
    public static Gateway start(GatewayConfig config, Platform platform, long budget) throws StartProblem {
        Gateway gateway = new Gateway(config, platform, budget);
        try {
            gateway.open(config, platform);
            return gateway;
        } catch (StartProblem | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void open(GatewayConfig config, Platform platform) throws StartProblem {
        Parts parts = new Parts(
                settings,
                foundations.shared(),
                receivers,
                Outbound.settings(settings, Version.text()),
                Outbound.secured(settings, platform.engine()),
                Inbound.tls(settings, platform.engine()),
                drain);
        SecureRandom seeds = new SecureRandom();
        int count = Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
        List<Future<String>> deployed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EdgeLoop loop = new EdgeLoop(parts, new SplittableRandom(seeds.nextLong()));
            loops.add(loop);
            deployed.add(vertx.deployVerticle(loop, new DeploymentOptions()));
        }
        await(Future.all(deployed), "a listener cannot be opened");
        metrics.gauge("ringgate_connections", this::connections);
        AdminListener admin = new AdminListener(
                vertx,
                new AdminListener.Pages(
                        metrics::page,
                        new StatusPage(
                                Version.text(),
                                drain,
                                foundations.budget(),
                                foundations.concurrency(),
                                this::connections,
                                config.identities().edges(),
                                receivers::current),
                        drain::isReady));
        HostPort address = settings.admin().address();
        adminPort = await(
                Bound.at(address, admin.listen(address.host(), address.port())), "the admin listener cannot be opened");
        drain.serve();
        LOG.info("taking writes on {}, admin pages on {}:{}", describe(), address.host(), adminPort);
    }

    private String describe() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < settings.listeners().size(); i++) {
            var listener = settings.listeners().get(i);
            all.add((listener.tls() == null ? "http://" : "https://")
                    + listener.address().host() + ":" + ports().get(i));
        }
        return String.join(", ", all);
    }

    private static <T> T await(Future<T> future, String what) throws StartProblem {
        try {
            return future.await(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StartProblem(what + " within " + START_LIMIT.toSeconds() + " s", e);
        } catch (RuntimeException | Error e) {
            throw new StartProblem(what + ": " + e.getMessage(), e);
        } catch (Exception e) {
            throw new StartProblem(what + ": " + e.getMessage(), e);
        }
    }

    /** The bound ports, in the order of the configured listeners. */
    public List<Integer> ports() {
        return loops.getFirst().ports();
    }

    public int adminPort() {
        return adminPort;
    }

    /** Client connections on all loops. */
    public int connections() {
        return loops.stream().mapToInt(EdgeLoop::connections).sum();
    }

    /** Everything that is counted, as the metrics page shows it. */
    public String metricsPage() {
        return metrics.page();
    }

    /** Memory that writes hold now, in bytes: zero when nothing is under way. */
    public long reservedBytes() {
        return foundations.budget().used();
    }

    /** Writes that have their place and no answer yet: zero when nothing is under way. */
    public int writesInFlight() {
        return foundations.concurrency().total();
    }

    /** Stops: not ready, every answer the last of its connection, then what is still open is closed. */
    @Override
    public void close() {
        drain.begin();
        awaitIdle();
        try {
            vertx.close().await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RuntimeException e) {
            LOG.warn("the event loops did not stop in time");
        }
        receivers.close();
        logins.close();
        foundations.bigJobs().shutdown();
        metrics.close();
    }

    /** Waits for the writes under way, at most as long as one may take. */
    private void awaitIdle() {
        long end = System.nanoTime() + settings.timeouts().writeDeadline().toNanos();
        while (foundations.concurrency().total() > 0 && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
