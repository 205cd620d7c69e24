package io.ringgate.cli.demo;

import io.ringgate.app.Gateway;
import io.ringgate.app.MemoryPlan;
import io.ringgate.app.Platform;
import io.ringgate.app.StartProblem;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Everything a demo consists of, all in this JVM: stand-in receivers, a gateway before them, and those who send to it. */
final class Demo implements AutoCloseable {

    private static final int RECEIVERS = 3;
    private static final Duration PAGE = Duration.ofSeconds(10);
    private static final DemoFolder.Edge FIRST = new DemoFolder.Edge("cluster-02-edge", "default-tenant");
    private static final DemoFolder.Edge SECOND = new DemoFolder.Edge("cluster-03-edge", "team-blue");
    private static final DemoFolder.Edge CONFUSED = new DemoFolder.Edge("cluster-04-edge", "team-green");

    private final List<DemoReceiver> standIns = new ArrayList<>();
    private final SenderResults experience = new SenderResults();
    private final DemoSenders cast = new DemoSenders(experience);
    private final DemoFolder folder;
    private @Nullable Gateway gateway;
    private @Nullable DemoClient client;
    private long begin = System.nanoTime();

    private Demo(int port) throws IOException {
        for (int i = 0; i < RECEIVERS; i++) {
            standIns.add(DemoReceiver.open());
        }
        folder = DemoFolder.write(
                port,
                List.of(FIRST, SECOND, CONFUSED),
                standIns.stream().map(DemoReceiver::port).toList());
    }

    /**
     * Starts everything except the senders.
     *
     * @param port where the gateway listens; 0 is any free port
     */
    static Demo open(int port) throws IOException, StartProblem {
        CompletableFuture<Platform> platform = CompletableFuture.supplyAsync(Platform::best);
        Demo demo = new Demo(port);
        try {
            demo.gateway = start(demo.folder.file("ringgate.yaml"), platform.join());
            demo.client = new DemoClient(demo.folder.file("ca.pem"));
            return demo;
        } catch (StartProblem | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    private static Gateway start(Path yaml, Platform platform) throws StartProblem {
        ConfigLoader loader = new ConfigLoader(yaml, Strictness.STRICT, name -> null);
        LoadResult loaded = loader.load();
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new IllegalStateException("the demo's own configuration is refused:\n" + loaded.problems());
        }
        long heap = Runtime.getRuntime().maxMemory();
        return Gateway.start(
                config, loader, platform, MemoryPlan.of(config.settings().memoryBudget(), heap, heap));
    }

    /** Sends the senders in. */
    void play() throws IOException {
        begin = System.nanoTime();
        cast.edgeCluster(FIRST.name(), sender(FIRST.name(), folder.password(FIRST)));
        cast.edgeCluster(SECOND.name(), sender(SECOND.name(), folder.password(SECOND)));
        cast.wrongPassword("the one with a wrong password", sender(SECOND.name(), "guess"));
        cast.rubbish(CONFUSED.name(), sender(CONFUSED.name(), folder.password(CONFUSED)));
    }

    private DemoAgent sender(String user, String password) {
        return new DemoAgent(client().web(), writeUri(), user, password);
    }

    private DemoClient client() {
        return Objects.requireNonNull(client);
    }

    private Gateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private URI writeUri() {
        return URI.create("https://127.0.0.1:" + gateway().ports().getFirst() + "/api/v1/receive");
    }

    /** What people need to join in. */
    String introduction() {
        return Introduction.text(writeUri(), gateway().adminPort(), folder.path(), FIRST.name());
    }

    Figures figures() throws IOException, InterruptedException {
        List<DemoReceiver.Count> counts =
                standIns.stream().map(DemoReceiver::count).toList();
        String page = DemoClient.await(
                        client().web()
                                .get(gateway().adminPort(), "127.0.0.1", "/metrics")
                                .send(),
                        PAGE)
                .bodyAsString();
        return Figures.of(System.nanoTime() - begin, MetricsPage.parse(page), counts, experience);
    }

    /**
     * Stops the senders, and checks the result once no write is under way; other senders that keep writing are waited
     * for.
     */
    DemoResult end() throws IOException, InterruptedException {
        cast.leave();
        long patience = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        Figures last = figures();
        while (last.acceptedSamples() != last.receivedSamples() && System.nanoTime() - patience < 0) {
            Thread.sleep(50);
            last = figures();
        }
        List<String> firstFaults = standIns.stream()
                .map(DemoReceiver::firstFault)
                .filter(Objects::nonNull)
                .toList();
        return DemoResult.on(last, experience.acknowledgedSamples(), experience.surprises(), firstFaults);
    }

    /** Stops the gateway before its receivers, and deletes the folder. */
    @Override
    public void close() {
        DemoClient sending = client;
        if (sending != null) {
            sending.close();
        }
        Gateway running = gateway;
        if (running != null) {
            running.close();
        }
        standIns.forEach(DemoReceiver::close);
        folder.close();
    }
}
