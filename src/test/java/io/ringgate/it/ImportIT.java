package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.ReceivedWrite;
import io.ringgate.testing.Request;
import io.ringgate.testing.RinggateProcess;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that runs from what {@code ringgate import ingress} made of today's Ingress, and nothing but its ports changed. */
@Tag("launcher")
@Tag("prometheus")
class ImportIT {

    private static final Path SAMPLES = Path.of("src/test/resources/ingress");
    private static final String HOST = "thanos-receiver.k8s-central.example.com";
    private static final Pattern ADDRESSES = Pattern.compile("taking writes address=\"https://127\\.0\\.0\\.1:(\\d+), "
            + "https://127\\.0\\.0\\.1:(\\d+), http://127\\.0\\.0\\.1:(\\d+).*\" admin=\"?127\\.0\\.0\\.1:(\\d+)");

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    /** Where it listens: as the Ingress did, as a virtual address does, for http, and for operators. */
    private record Running(int https, int write, int http, int admin, Path ca) {

        RawAnswer ask(int port, Request request) throws IOException {
            try (RawClient client = RawClient.tls(port, ca)) {
                return client.send(request).answer();
            }
        }

        ScrapedPage metrics() throws IOException {
            try (RawClient client = RawClient.plain(admin)) {
                return new ScrapedPage(
                        client.send(Request.of("GET", "/metrics")).answer().body());
            }
        }
    }

    private Path imported(int receiverPort) throws Exception {
        Path folder = rig.folder();
        Path ingress = Files.writeString(
                folder.resolve("ingress.yaml"),
                Files.readString(SAMPLES.resolve("thanos-receiver.yaml"))
                        .replace("number: 19291", "number: " + receiverPort)
                        .replace("10.0.0.0/8,192.168.0.0/16", "127.0.0.0/8"));
        Path rings = Files.writeString(folder.resolve("rings.json"), "[{\"endpoints\": [\"127.0.0.1:10901\"]}]");
        Path into = folder.resolve("imported");
        try (RinggateProcess command = RinggateProcess.reading(
                ingress,
                folder,
                "import",
                "ingress",
                "-f",
                "-",
                "--secret",
                SAMPLES.resolve("users.yaml").toString(),
                "--hashrings",
                rings.toString(),
                "-o",
                into.toString())) {
            assertThat(command.exitCode()).as(command.err()).isZero();
            assertThat(command.out()).startsWith(Files.readString(into.resolve("report.md")));
        }
        return into;
    }

    private Running run(Path imported, String... more) throws Exception {
        TestCertificates certificates =
                new TestCertificates(rig.folder()).issue("server", "DNS:" + HOST, "DNS:localhost", "IP:127.0.0.1");
        Path mounted = Files.createDirectories(imported.resolve("tls/thanos-receiver-tls"));
        Files.copy(certificates.certificate("server"), mounted.resolve("tls.crt"));
        Files.copy(certificates.key("server"), mounted.resolve("tls.key"));
        Path yaml = imported.resolve("ringgate.yaml");
        Files.writeString(
                yaml,
                Files.readString(yaml).replaceAll("0\\.0\\.0\\.0:\\d+", "127.0.0.1:0") + String.join("\n", more)
                        + "\nadmin: {address: 127.0.0.1:0}\n");
        RinggateProcess process = rig.with(RinggateProcess.start(rig.folder(), "run", "--config", yaml.toString()));
        Matcher started = Eventually.see(
                "it tells its addresses",
                () -> ADDRESSES.matcher(process.err()),
                found -> !process.isAlive() || found.find());
        assertThat(process.isAlive()).as(process.err()).isTrue();
        return new Running(
                Integer.parseInt(started.group(1)),
                Integer.parseInt(started.group(2)),
                Integer.parseInt(started.group(3)),
                Integer.parseInt(started.group(4)),
                certificates.ca());
    }

    @Test
    void a_user_of_the_ingress_writes_as_before() throws Exception {
        StandInReceiver receiver = rig.with(StandInReceiver.start());
        Running gateway = run(imported(receiver.port()));
        byte[] body = Proto.write(
                        Proto.gauge("__name__", "up", "cluster", "another-name", "tenant", "mine"),
                        Proto.gauge("__name__", "up", "region", "seoul"))
                .packed();

        RawAnswer answer = gateway.ask(gateway.write(), Request.write("cluster-03-edge", body));

        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        ReceivedWrite write = receiver.onlyOne();
        assertThat(write.header("THANOS-TENANT")).isEqualTo("default-tenant");
        assertThat(write.series())
                .extracting(ReceivedWrite.Series::labels)
                .containsExactly(
                        List.of("__name__=up", "cluster=another-name", "tenant=mine"),
                        List.of("__name__=up", "cluster=cluster-03-edge", "region=seoul"));

        assertThat(gateway.ask(
                                gateway.https(),
                                Request.write("cluster-02-edge", body).header("Host", HOST))
                        .status())
                .isEqualTo(204);
        assertThat(gateway.ask(gateway.https(), Request.write("cluster-02-edge", body))
                        .status())
                .isEqualTo(421);
        assertThat(gateway.ask(gateway.write(), Request.write("cluster-09-edge", body))
                        .status())
                .isEqualTo(401);
        try (RawClient plain = RawClient.plain(gateway.http())) {
            RawAnswer sentOn = plain.send(Request.write("cluster-02-edge", body).header("Host", HOST))
                    .answer();
            assertThat(sentOn.status()).isEqualTo(308);
            assertThat(sentOn.header("Location")).isEqualTo("https://" + HOST + "/api/v1/receive");
        }
    }

    @Test
    void side_by_side_both_ways_bring_the_same_series() throws Exception {
        PrometheusProcess behindTheOld = rig.receiver("old");
        PrometheusProcess behindTheNew = rig.receiver("new");
        Running gateway = run(imported(behindTheNew.port()), "    path: /api/v1/write");
        AgentConfig config = new AgentConfig()
                .externalLabel("cluster", "cluster-02-edge")
                .externalLabel("region", "seoul")
                .remote("http://127.0.0.1:" + behindTheOld.port() + "/api/v1/write", "")
                .remote(
                        "https://127.0.0.1:" + gateway.write() + "/api/v1/receive",
                        "cluster-02-edge",
                        rig.passwordFile(TestGateway.PASSWORD),
                        gateway.ca());

        PrometheusProcess agent = rig.agent("agent", config);

        assertThat(new StoredSamples(behindTheNew).series("up", 1))
                .isEqualTo(new StoredSamples(behindTheOld).series("up", 1))
                .hasSize(1);
        SenderCounts.lostNothing(agent);
        ScrapedPage page = gateway.metrics();
        assertThat(page.sum("ringgate_edge_last_accepted_timestamp_seconds", "edge=\"cluster-02-edge\""))
                .isPositive();
        assertThat(page.sum("ringgate_refused_writes_total")).isZero();
    }
}
