package io.ringgate.app;

import io.ringgate.config.ConnectionLimits;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.HostPort;
import io.ringgate.config.Problems;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.forward.attempts.AttemptPolicy;
import io.ringgate.forward.discovery.Receivers;
import io.ringgate.forward.health.ClockSkew;
import io.ringgate.forward.health.HealthPort;
import io.ringgate.forward.health.ReadinessPoller;
import io.ringgate.forward.health.SuitabilityPoller;
import io.ringgate.http.admin.AdminListener;
import io.ringgate.http.connections.Connections;
import io.ringgate.log.LogSettings;
import io.ringgate.metrics.Metrics;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.observe.AccessLog;
import io.ringgate.observe.CertificateExpiry;
import io.ringgate.observe.DirectMemory;
import io.ringgate.observe.RingsHash;
import io.ringgate.observe.StatusPage;
import io.ringgate.pipeline.EdgeRuntimes;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.Force;
import io.ringgate.reload.ReloadJournal;
import io.ringgate.reload.ReloadReport;
import io.ringgate.reload.Reloader;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.guard.UsableCredentials;
import io.ringgate.reload.unit.ConfigFiles;
import io.ringgate.reload.unit.ConfigUnits;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway. Started and stopped from an ordinary thread; in between everything happens on the event loops, one
 * {@link EdgeLoop} each, and changes of configuration come from the thread of the {@link Reloader}.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration CERTIFICATE_CHECK = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    /** Event loops: one for each core. */
    static final int LOOPS = Math.min(64, Runtime.getRuntime().availableProcessors());

    private final Vertx vertx;
    private final PrometheusMetrics metrics;
    private final SharedServices services;
    private final Receivers receivers;
    private final SenderAuthentication authentication;
    private final ConfiguredListeners listeners;
    private final RuntimeUpdater updater;
    private final Reloader reloader;
    private final ReloadJournal journal;
    private final EdgeRuntimes edges;
    private final Connections connections;
    private final AccessLog accessLog;
    private final @Nullable OperatorAuthentication operators;
    private final long started = System.currentTimeMillis();
    private final Drain drain = new Drain();
    private final GracefulShutdown shutdown;
    private final List<EdgeLoop> loops = new CopyOnWriteArrayList<>();
    private int adminPort;
    private @Nullable SuitabilityPoller suitability;

    private Gateway(ActiveConfiguration first, ConfigLoader loader, Platform platform, MemoryPlan memory) {
        long budget = memory.budget();
        this.vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(platform.nativeSockets())
                .setEventLoopPoolSize(LOOPS)
                .setWorkerPoolSize(2));
        this.metrics = new PrometheusMetrics(System::nanoTime);
        LogSettings.countLost(metrics);
        this.authentication = SenderAuthentication.open(vertx, first, metrics);
        this.operators = OperatorAuthentication.open(first);
        this.edges = new EdgeRuntimes(metrics, System::currentTimeMillis);
        edges.configure(first.identities().names());
        this.connections = new Connections(
                metrics,
                this::connectionLimits,
                new Connections.Capacity(memory.connections(), DirectMemory.most(), LOOPS),
                System::nanoTime);
        DirectMemory.register(metrics);
        metrics.gauge("ringgate_event_loop_stall_seconds", this::longestStallSeconds);
        this.receivers = ReceiverSetup.receivers(first, metrics);
        ClockSkew skew = new ClockSkew(receivers::current, System::nanoTime, System::currentTimeMillis, metrics);
        this.services = SharedServices.create(
                first.settings(),
                new SharedServices.Surroundings(authentication.authenticator(), edges, connections::of, skew),
                budget,
                metrics);
        services.shared().counts().sources().enable(first.identities().bindSources());
        AttemptPolicy guard = new AttemptPolicy(budget, metrics, System::nanoTime);
        this.listeners = new ConfiguredListeners(platform.engine());
        CertificateExpiry days = new CertificateExpiry(metrics, InstantSource.system());
        this.accessLog = new AccessLog(first.settings().accessLog(), System::currentTimeMillis, System.out, metrics);
        this.updater = new RuntimeUpdater(
                first,
                new GatewayRuntime(
                        services,
                        receivers,
                        guard,
                        connections,
                        this::poll,
                        authentication,
                        operators,
                        edges,
                        accessLog,
                        listeners,
                        days,
                        new RingsHash(metrics),
                        platform.engine(),
                        loops));
        this.journal = new ReloadJournal(metrics, InstantSource.system());
        metrics.gauge(
                "ringgate_configured_edges",
                () -> UsableCredentials.of(updater.current().loadedIdentities(), Instant.now())
                        .byEdge()
                        .size());
        this.reloader =
                new Reloader(first, now -> ConfigUnits.of(now, loader, InstantSource.system()), updater, journal);
        this.shutdown = new GracefulShutdown(drain, this::connections);
        registerBuildInfo(metrics);
    }

    private static void registerBuildInfo(Metrics metrics) {
        metrics.gauge(
                "ringgate_build_info",
                () -> 1,
                "version",
                BuildVersion.text(),
                "java",
                Runtime.version().toString());
    }

    /**
     * Starts everything; when it returns, writes are accepted.
     *
     * @param loader reads the same configuration again when its files change
     * @param memory what there is for writes and connections
     */
    public static Gateway start(GatewayConfig config, ConfigLoader loader, Platform platform, MemoryPlan memory)
            throws StartProblem {
        Gateway gateway;
        try {
            gateway = new Gateway(ConfigFiles.all(config), loader, platform, memory);
        } catch (UnitProblem e) {
            throw new StartProblem(e.sentence(), e);
        }
        Problems rights = new Problems();
        FileRights.check(config, loader.file(), rights);
        rights.list()
                .forEach(problem -> LOG.atWarn()
                        .addKeyValue("file", problem.position().file())
                        .addKeyValue("reason", problem.message())
                        .log("insecure file permissions"));
        try {
            gateway.open();
            return gateway;
        } catch (StartProblem | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void open() throws StartProblem {
        LoopConfig loopConfig;
        try {
            loopConfig = updater.first();
        } catch (UnitProblem e) {
            throw new StartProblem(e.sentence(), e);
        }
        SecureRandom seeds = new SecureRandom();
        List<Future<String>> deployed = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            EdgeLoop loop =
                    new EdgeLoop(loopConfig, listeners, drain, accessLog, new SplittableRandom(seeds.nextLong()));
            loops.add(loop);
            deployed.add(vertx.deployVerticle(loop, new DeploymentOptions()));
        }
        await(Future.all(deployed), "a listener cannot be opened");
        metrics.gauge("ringgate_connections", this::connections);
        HostPort address = updater.settings().admin().address();
        adminPort = await(
                BindFailure.at(address, admin().listen(address.host(), address.port())),
                "the admin listener cannot be opened");
        reloader.start();
        vertx.setPeriodic(CERTIFICATE_CHECK.toMillis(), timer -> updater.warnOfCertificates());
        suitability = SuitabilityPoller.start(
                vertx,
                receivers::current,
                metrics,
                this::suitabilityTerms,
                new SplittableRandom(seeds.nextLong()),
                System::nanoTime);
        drain.reach(Drain.Stage.SERVING);
        if (!DirectMemory.failsAtOnce()) {
            LOG.atWarn()
                    .log(
                            "allocation of direct memory may block an event loop for half a second, start with bin/ringgate");
        }
        LOG.atInfo()
                .addKeyValue("address", describe())
                .addKeyValue("admin", address.host() + ":" + adminPort)
                .log("taking writes");
    }

    /** Called for a new connection: by then there is a configuration. */
    private ConnectionLimits connectionLimits() {
        return updater.settings().connections();
    }

    private ReadinessPoller poll(HealthPort page) {
        return ReadinessPoller.start(
                vertx, receivers::current, page, new SplittableRandom(new SecureRandom().nextLong()), System::nanoTime);
    }

    private SuitabilityPoller.Expectation suitabilityTerms() {
        ActiveConfiguration now = updater.current();
        return new SuitabilityPoller.Expectation(
                ReceiverSetup.readyPage(now.settings()), ReceiverSetup.expectedRing(now.settings(), now.rings()));
    }

    private AdminListener admin() {
        StatusPage status = new StatusPage(
                new StatusPage.ProcessState(
                        BuildVersion.text(), started, System::currentTimeMillis, drain::isReady, this::connections),
                new StatusPage.Writes(
                        services.shared().admissions(),
                        services.accounts(),
                        services.shared().counts().sources(),
                        edges),
                () -> ActiveConfigurationView.of(updater.current(), journal.states()),
                authentication.logins(),
                receivers,
                authentication::issuers);
        return new AdminListener(
                vertx,
                new AdminListener.Pages(
                        metrics::page, status, drain::isReady, Force.keys(), new AdminReload(reloader)::reload),
                new AdminListener.Access(
                        operators == null ? null : operators.authenticator(),
                        listeners.admin(),
                        listeners::adminNames,
                        metrics.counter("ringgate_admin_refused_total"),
                        metrics.counter("ringgate_admin_connections_evicted_total")));
    }

    private String describe() {
        List<String> all = new ArrayList<>();
        GatewaySettings settings = updater.settings();
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

    private double longestStallSeconds() {
        long now = System.nanoTime();
        return loops.stream()
                .mapToDouble(loop -> loop.lag().longestSeconds(now))
                .max()
                .orElse(0);
    }

    /** Unfinished records and heads that connections make us hold, in bytes: zero when nothing is under way. */
    public long unfinishedBytes() {
        return connections.unfinishedBytes();
    }

    /** Memory that writes hold now, in bytes: zero when nothing is under way. */
    public long reservedBytes() {
        return services.budget().used();
    }

    /** Writes that have their place and no answer yet: zero when nothing is under way. */
    public int writesInFlight() {
        return services.concurrency().total();
    }

    /** Reloads all configuration; what changed is active when the future is complete. It never fails while running. */
    public CompletableFuture<ReloadReport> reload() {
        return reload(Set.of());
    }

    /** The same, and changes of these kinds do not wait. */
    public CompletableFuture<ReloadReport> reload(Set<Force> forced) {
        return reloader.reload(forced);
    }

    /** Stops as SIGTERM asks: first it is not ready and keeps serving, then everything under way is finished. */
    public void leave() {
        shutdown.keepServing(updater.settings().drain());
        close();
    }

    /** Stops: not ready, every answer the last of its connection, then what is still open is closed. */
    @Override
    public void close() {
        reloader.close();
        shutdown.finish(updater.settings().drain());
        updater.close();
        authentication.close();
        if (suitability != null) {
            suitability.close();
        }
        try {
            vertx.close().await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            LOG.atWarn().addKeyValue("error", e).log("event loops not closed in time at shutdown");
        }
        receivers.close();
        if (operators != null) {
            operators.close();
        }
        accessLog.close();
        services.bigJobs().shutdown();
        metrics.close();
    }
}
