package io.ringgate.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The agents, gateways and receivers of one test. Whatever becomes of the test, all are ended, senders first; before a
 * gateway ends, everything it counts must be back at zero. The logs stay in {@code target/prometheus}, and of a test
 * that failed they are shown.
 */
public final class PrometheusRig implements BeforeEachCallback, AfterEachCallback {

    private final List<AutoCloseable> agents = new ArrayList<>();
    private final List<AutoCloseable> gateways = new ArrayList<>();
    private final List<AutoCloseable> others = new ArrayList<>();
    private Path folder = Path.of("target/prometheus");

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        String name = test.getRequiredTestClass().getSimpleName() + "."
                + test.getRequiredTestMethod().getName();
        folder = RigFolder.fresh("prometheus", name);
    }

    /** A folder for this test's own files. */
    public Path folder() {
        return folder;
    }

    /** A file with the one line, as {@code password_file} wants it. */
    public Path passwordFile(String password) throws IOException {
        return Files.writeString(folder.resolve("password-" + password.hashCode()), password + "\n");
    }

    public PrometheusProcess receiver(String name) throws IOException {
        return keep(others, new PrometheusProcess(folder, name)).startReceiver();
    }

    public PrometheusProcess agent(String name, AgentConfig config) throws IOException {
        PrometheusProcess agent = keep(agents, new PrometheusProcess(folder, name));
        return agent.startAgent(config.yaml(agent.port()));
    }

    /** One that scrapes as configured, and answers queries. */
    public PrometheusProcess server(String name, String yaml) throws IOException {
        return keep(others, new PrometheusProcess(folder, name)).startServer(yaml);
    }

    /** A gateway in front of these receivers, to be configured further. */
    public TestGateway.Setup gatewayFor(PrometheusProcess... receivers) {
        StringBuilder addresses = new StringBuilder("  write: {scheme: http, path: /api/v1/write}\n  addresses:");
        for (PrometheusProcess receiver : receivers) {
            addresses.append("\n    - 127.0.0.1:").append(receiver.port());
        }
        return TestGateway.in(folder).receivers(addresses.toString());
    }

    public TestGateway start(TestGateway.Setup setup) throws Exception {
        TestGateway gateway = setup.start();
        gateways.add(() -> end(gateway));
        return gateway;
    }

    public ScrapedTarget showing(String page) {
        return keep(others, ScrapedTarget.showing(page));
    }

    public ScrapedTarget showing(String contentType, byte[] page) {
        return keep(others, ScrapedTarget.showing(contentType, page));
    }

    public ScrapedTarget counting(String metric) {
        return keep(others, ScrapedTarget.counting(metric));
    }

    public ScrapedTarget counting(String metric, int rows) {
        return keep(others, ScrapedTarget.counting(metric, rows));
    }

    /** A gateway as a process of its own, with its configuration in a folder of that name. */
    public GatewayProcess process(String name, UnaryOperator<TestGateway.Setup> settings)
            throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve(name));
        return keep(gateways, GatewayProcess.start(own, settings.apply(TestGateway.in(own))));
    }

    /** Something else that ends after the senders and the gateways. */
    public <T extends AutoCloseable> T with(T part) {
        return keep(others, part);
    }

    private <T extends AutoCloseable> T keep(List<AutoCloseable> among, T part) {
        among.add(part);
        return part;
    }

    private static void end(TestGateway gateway) {
        try {
            Eventually.becomes(
                    "no write, connection or reserved byte is left",
                    () -> gateway.gateway().writesInFlight() == 0
                            && gateway.gateway().connections() == 0
                            && gateway.gateway().reservedBytes() == 0);
        } finally {
            gateway.close();
        }
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        if (test.getExecutionException().isPresent()) {
            RigFolder.showLogs(folder);
        }
        List<Throwable> failures = new ArrayList<>();
        for (List<AutoCloseable> parts : List.of(agents, gateways, others)) {
            for (AutoCloseable part : parts) {
                try {
                    part.close();
                } catch (Exception | AssertionError e) {
                    failures.add(e);
                }
            }
        }
        RigFolder.deleteData(folder);
        if (!failures.isEmpty()) {
            throw new AssertionError("ending the programs of the test", failures.getFirst());
        }
    }
}
