package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringgate.app.Gateway;
import io.ringgate.app.MemoryPlan;
import io.ringgate.cli.Main;
import io.ringgate.config.DrainTimes;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.testing.Curl;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The gateway with the very files that its pod finds, its Secrets made up. */
@Tag("k8s")
class GatewayPodIT {

    static final List<String> OVERLAYS = Kustomize.WHOLE;

    @TempDir
    Path scratch;

    private TestCertificates authority;

    @BeforeEach
    void makeAuthority() throws IOException {
        authority = new TestCertificates(Files.createDirectories(scratch.resolve("authority")));
    }

    /** Where the pod's ringgate.yaml is, as its arguments say. */
    private Path lay(String overlay) throws IOException {
        Manifests built = Kustomize.overlay(overlay);
        Manifest gateway = built.one("Deployment", "ringgate");
        PodFolder pod = PodFolder.lay(scratch, built, gateway, new GatewaySecrets(built, authority));
        List<String> args = new Pod(gateway, gateway.pod().at("/containers/0")).args(0);
        assertThat(args).startsWith("run", "--config").hasSize(3);
        return Path.of(pod.relocated(args.get(2)));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void its_configuration_passes_a_strict_check(String overlay) throws Exception {
        Path config = lay(overlay);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        // As the launcher would size this process.
        System.setProperty(
                "ringgate.memory.bytes", Long.toString(Runtime.getRuntime().maxMemory() / 5 * 8));
        int code = Main.run(
                new PrintWriter(out), new PrintWriter(err), "check", "--strict", "--config", config.toString());

        // The test's certificates are good for two days only.
        assertThat(out.toString().lines().filter(line -> !line.contains("expires in") && !line.isBlank()))
                .as("%s", err)
                .singleElement()
                .asString()
                .startsWith(config + ": good");
        assertThat(code).isZero();
    }

    @Test
    void it_is_given_the_time_that_it_needs_to_go_away() throws Exception {
        Path config = lay("cluster-01-central");
        GatewayConfig found = Objects.requireNonNull(
                new ConfigLoader(config, Strictness.STRICT, name -> null).load().config());
        DrainTimes drain = found.settings().drain();

        long grace = Kustomize.overlay("cluster-01-central")
                .one("Deployment", "ringgate")
                .pod()
                .path("terminationGracePeriodSeconds")
                .asLong();

        assertThat(grace)
                .isGreaterThanOrEqualTo(
                        drain.keepServing().plus(drain.finish()).plusSeconds(5).toSeconds());
    }

    @Test
    void its_probes_and_the_urls_of_edges_are_answered() throws Exception {
        try (Gateway gateway = start(lay("cluster-01-central"))) {
            Manifests built = Kustomize.overlay("cluster-01-central");
            JsonNode container = built.one("Deployment", "ringgate").pod().at("/containers/0");
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode get = container.path(probe).path("httpGet");
                assertThat(get.path("scheme").asText()).isEqualTo("HTTPS");
                int port = get.path("port").asText().equals("admin")
                        ? gateway.adminPort()
                        : gateway.ports().getFirst();
                // A kubelet dials the pod's address and does not look at the certificate.
                String url = "https://127.0.0.1:" + port + get.path("path").asText();
                assertThat(Curl.trusting(authority.ca()).run("--insecure", url).status())
                        .as(probe)
                        .isEqualTo(200);
            }
            for (Edge edge : Edge.all()) {
                for (Edge.Remote remote : edge.remotes()) {
                    assertThat(servicePorts(built)).contains(remote.port());
                    assertThat(seen(gateway, remote.host(), remote.path(), "")).isEqualTo(401);
                    assertThat(seen(gateway, remote.host(), remote.path(), edge.name() + ":" + GatewaySecrets.PASSWORD))
                            .as("recognised, and from an address that is not among its own")
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    void only_an_operator_sees_its_metrics_and_nobody_without_tls() throws Exception {
        try (Gateway gateway = start(lay("cluster-01-central"))) {
            String name = "ringgate-admin";
            assertThat(admin(gateway, name, "prometheus:" + GatewaySecrets.PASSWORD))
                    .isEqualTo(200);
            assertThat(admin(gateway, name, "")).isEqualTo(401);
            Curl.Said plain = Curl.trusting(authority.ca())
                    .run(
                            "--user",
                            "prometheus:" + GatewaySecrets.PASSWORD,
                            "http://127.0.0.1:" + gateway.adminPort() + "/metrics");
            assertThat(plain.status()).isNotEqualTo(200);
            assertThat(plain.body()).doesNotContain("ringgate_");
        }
    }

    private int admin(Gateway gateway, String host, String user) throws Exception {
        return curl(gateway.adminPort(), "https://" + host + "/metrics", user);
    }

    /** The status that a client sees who trusts the authority and dials this name or address. */
    private int seen(Gateway gateway, String host, String path, String user) throws Exception {
        return curl(gateway.ports().getFirst(), "https://" + host + path, user);
    }

    private int curl(int port, String url, String user) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--connect-to", "::127.0.0.1:" + port, url));
        if (!user.isEmpty()) {
            arguments.addAll(List.of("--user", user));
        }
        Curl.Said said = Curl.trusting(authority.ca()).run(arguments.toArray(String[]::new));
        assertThat(said.exit()).as("%s", said.errors()).isZero();
        return said.status();
    }

    private static List<Integer> servicePorts(Manifests built) {
        return built.one("Service", "ringgate").list("/spec/ports").stream()
                .filter(port -> port.path("targetPort").asText().equals("write"))
                .map(port -> port.path("port").asInt())
                .toList();
    }

    /** On free ports of this machine, and asking nobody elsewhere; otherwise as configured. */
    private static Gateway start(Path config) throws Exception {
        Path edges = config.resolveSibling("edges.yaml");
        Files.writeString(edges, Files.readString(edges).replaceAll("https://idp[^/]*/", "https://127.0.0.1:9/"));
        Files.writeString(
                config, Files.readString(config).replaceAll("address: 0\\.0\\.0\\.0:\\d+", "address: 127.0.0.1:0"));
        ConfigLoader loader = new ConfigLoader(config, Strictness.STRICT, name -> null);
        LoadResult loaded = loader.load();
        return Gateway.start(
                Objects.requireNonNull(loaded.config()),
                loader,
                TestGateway.platform(),
                new MemoryPlan(64L << 20, 1_000));
    }
}
