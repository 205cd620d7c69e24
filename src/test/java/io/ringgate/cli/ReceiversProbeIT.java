package io.ringgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.TcpRelay;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.ThanosProcess;
import io.ringgate.testing.ThanosProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Real receivers in every layout, and what is none: what a running gateway and {@code check --probe} say of them. All stand
 * in one ring with replication factor 3.
 */
@Tag("thanos")
class ReceiversProbeIT {

    private static final String ONCE = "it stores each write once, receivers.replication_factor is 3";
    private static final String LONG = "unknown: /metrics at port 10902 is longer than 16777216 bytes";
    private static final String NONE = "/metrics at port 10902 is not a Thanos receiver's page";

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    private final List<String> addresses = ThanosProcess.addresses(5);
    private String file = "";

    @BeforeEach
    void write_ring() throws Exception {
        file = addresses.stream()
                .map(address -> "\"" + ThanosProcess.grpc(address) + "\"")
                .collect(Collectors.joining(", ", "[{\"endpoints\": [", "]}]\n"));
        Files.writeString(rig.folder().resolve("receivers.json"), file);
    }

    @Test
    void of_thanos_0_37_2() throws Exception {
        layouts(ThanosProgram.V0_37_2);
    }

    @Test
    void of_thanos_0_42_4() throws Exception {
        layouts(ThanosProgram.V0_42_4);
    }

    /** A receiver that replicates, one that only stores, as behind a router, and a router; the last two places are empty. */
    private void layouts(ThanosProgram version) throws Exception {
        receiver(version, 0, "--receive.local-endpoint=" + ThanosProcess.grpc(addresses.get(0)), ring(), factor());
        receiver(version, 1);
        receiver(version, 2, ring(), factor());
        try (TestGateway gateway = gateway(file)) {
            Map<String, String> found = Eventually.see(
                    "receivers were looked at",
                    () -> status(gateway),
                    seen -> !seen.containsValue("unknown: not asked"));
            assertThat(found.get(addresses.get(0))).isEqualTo("suitable: ");
            assertThat(found.get(addresses.get(1))).isEqualTo("replication_factor: " + ONCE);
            assertThat(found.get(addresses.get(2))).isEqualTo("suitable: ");
            assertThat(found.get(addresses.get(3))).startsWith("unknown: cannot be asked: ");
            assertThat(unsuitable(gateway, "replication_factor")).isEqualTo(1);
            assertThat(unsuitable(gateway, "other_ring")).isZero();
            assertThat(unsuitable(gateway, "no_receiver")).isZero();

            gateway.use(file.replace("]}]", "] }]"));
            Eventually.becomes("another file is noticed", () -> unsuitable(gateway, "other_ring") == 2);
            assertThat(status(gateway).get(addresses.get(0)))
                    .startsWith("other_ring: it has another hashring file: thanos_receive_config_hash is ");
            gateway.use(file);
            Eventually.becomes("and its end", () -> unsuitable(gateway, "other_ring") == 0);

            StringWriter out = new StringWriter();
            assertThat(probe(gateway, out)).as(out.toString()).isEqualTo(1);
            assertThat(out.toString())
                    .contains("receivers: receiver " + ThanosProcess.write(addresses.get(1)) + ": " + ONCE)
                    .contains("warning: receivers: receiver " + ThanosProcess.write(addresses.get(3))
                            + ": cannot be asked")
                    .contains(": 1 error, ");
        }
    }

    @Test
    void what_is_no_receiver() throws Exception {
        HttpServer pages = HttpServer.create(health(0), 0);
        pages.createContext("/", exchange -> {
            byte[] page = "<html>login</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        pages.start();
        rig.with((AutoCloseable) () -> pages.stop(0));
        rig.with(TcpRelay.at(health(1), "127.0.0.1:" + rig.receiver("central").port()));
        HttpServer nothing = HttpServer.create(health(2), 0);
        nothing.start();
        rig.with((AutoCloseable) () -> nothing.stop(0));
        HttpServer endless = HttpServer.create(health(3), 0);
        endless.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] lines = "thanos_receive_anything 1\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
            while (true) {
                exchange.getResponseBody().write(lines);
            }
        });
        endless.start();
        rig.with((AutoCloseable) () -> endless.stop(0));
        try (TestGateway gateway = gateway(file)) {
            Eventually.becomes("receivers were looked at", () -> unsuitable(gateway, "no_receiver") == 3);
            Eventually.becomes(
                    "a page without an end is left",
                    () -> LONG.equals(status(gateway).get(addresses.get(3))));
            assertThat(status(gateway))
                    .containsEntry(addresses.get(0), "no_receiver: " + NONE)
                    .containsEntry(addresses.get(1), "no_receiver: " + NONE)
                    .containsEntry(addresses.get(2), "no_receiver: /metrics at port 10902 answers 404");

            StringWriter out = new StringWriter();
            assertThat(probe(gateway, out)).as(out.toString()).isEqualTo(1);
            assertThat(out.toString()).contains(": 3 errors, ");
        }
    }

    /** Without a hashring file nothing is said of what need not be Thanos; receivers that are away are a warning. */
    @Test
    void nothing_is_wrong_where_no_ring_is_configured() throws Exception {
        receiver(ThanosProgram.V0_37_2, 0);
        try (TestGateway gateway = rig.start(TestGateway.in(rig.folder())
                .receivers("  addresses: [" + addresses.get(0) + ", " + addresses.get(1) + "]")
                .edge("cluster-02-edge", "default-tenant"))) {
            assertThat(status(gateway).values()).containsOnly("unknown: not asked");

            StringWriter out = new StringWriter();
            assertThat(probe(gateway, out)).as(out.toString()).isZero();
            assertThat(out.toString()).contains(addresses.get(1) + ":19291: cannot be asked", ": good, ");
        }
    }

    private void receiver(ThanosProgram version, int number, String... flags) throws Exception {
        ThanosProcess receiver = rig.with(ThanosProcess.receive(
                version, rig.folder(), "receiver-" + number, addresses.get(number), List.of(flags)));
        receiver.start();
        receiver.awaitReady();
    }

    private String ring() {
        return "--receive.hashrings-file=" + rig.folder().resolve("receivers.json");
    }

    private static String factor() {
        return "--receive.replication-factor=3";
    }

    private InetSocketAddress health(int number) {
        return new InetSocketAddress(InetAddress.ofLiteral(addresses.get(number)), 10902);
    }

    private TestGateway gateway(String rings) throws Exception {
        return TestGateway.in(rig.folder())
                .hashrings(rings, 19291)
                .receivers("  hashrings_file: hashrings.json\n  replication_factor: 3")
                .edge("cluster-02-edge", "default-tenant")
                .start();
    }

    private static int probe(TestGateway gateway, StringWriter out) {
        Path yaml = gateway.file("ringgate.yaml");
        return Main.run(new PrintWriter(out), new PrintWriter(out), "check", "--probe", "--config", yaml.toString());
    }

    private static double unsuitable(TestGateway gateway, String problem) {
        return gateway.metric("ringgate_receivers_unsuitable{problem=\"" + problem + "\"}");
    }

    /** By the receiver's IP address: how suitable it is and why. */
    private static Map<String, String> status(TestGateway gateway) throws Exception {
        String page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/status"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        Map<String, String> found = new TreeMap<>();
        for (JsonNode receiver : new ObjectMapper().readTree(page).path("receivers")) {
            found.put(
                    receiver.path("address").asText().replaceAll(":.*", ""),
                    receiver.path("suitability").asText() + ": "
                            + receiver.path("suitability_reason").asText());
        }
        return found;
    }
}
