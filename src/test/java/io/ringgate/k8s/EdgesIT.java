package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.openshift.api.model.monitoring.v1.RemoteWriteSpec;
import io.fabric8.openshift.api.model.monitoring.v1alpha1.PrometheusAgentSpec;
import io.ringgate.config.ConnectionLimits;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the edge clusters run: values for a chart, which itself is not fetched. */
@Tag("k8s")
@Tag("prometheus")
class EdgesIT {

    static final List<String> EDGES = Edge.NAMES;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @FieldSource("EDGES")
    void an_overlay_builds_but_for_its_chart(String name) throws IOException {
        ObjectNode file =
                (ObjectNode) Kustomize.yaml(Files.readString(Edge.folder(name).resolve("kustomization.yaml")));
        JsonNode chart = file.path("helmCharts").path(0);
        assertThat(chart.path("name").asText()).isEqualTo("kube-prometheus-stack");
        assertThat(chart.path("version").asText()).isEqualTo("78.2.1");
        file.remove("helmCharts");
        // As the chart has it, for what it scrapes there.
        Files.writeString(scratch.resolve("coredns.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: coredns, namespace: kube-system}
                spec: {clusterIP: None, selector: {k8s-app: kube-dns}, ports: [{name: http-metrics, port: 9153}]}
                """);
        file.withArray("resources").add("coredns.yaml");
        Files.writeString(scratch.resolve("kustomization.yaml"), file.toString());
        Files.copy(Edge.folder(name).resolve("namespace.yaml"), scratch.resolve("namespace.yaml"));

        Manifests built = Kustomize.build(scratch);

        assertThat(built.all())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(KnownKinds.faults(each)).isEmpty());
        assertThat(built.has("Namespace", chart.path("namespace").asText())).isTrue();
        assertThat(built.one("Service", "coredns").namespace()).isEqualTo("kube-system");
    }

    /** What is applied before an edge's own objects is of the version that the edge then runs. */
    @ParameterizedTest
    @FieldSource("EDGES")
    void the_definitions_that_come_first_are_the_chart_s(String name) throws IOException {
        JsonNode chart = Kustomize.yaml(Files.readString(Edge.folder(name).resolve("kustomization.yaml")))
                .at("/helmCharts/0");
        assertThat(Files.readString(Kustomize.FILES.resolve("README.md")))
                .contains("helm show crds %s --repo %s --version %s "
                        .formatted(
                                chart.path("name").asText(),
                                chart.path("repo").asText(),
                                chart.path("version").asText()));
    }

    @ParameterizedTest
    @FieldSource("EDGES")
    void it_is_an_agent_that_says_who_it_is_and_nothing_else_runs(String name) {
        Edge edge = Edge.named(name);

        assertThat(edge.values().at("/prometheus/agentMode").asBoolean()).isTrue();
        assertThat(keys(edge.spec().path("externalLabels"))).containsExactly("cluster", "environment", "region");
        assertThat(edge.spec().at("/externalLabels/cluster").asText()).isEqualTo(name);
        for (String off : List.of("alertmanager", "grafana", "thanosRuler")) {
            assertThat(edge.values().path(off).path("enabled").asBoolean(true))
                    .as(off)
                    .isFalse();
        }
        assertThat(edge.values().at("/defaultRules/create").asBoolean(true)).isFalse();
        // Without the webhook nobody makes the certificate that the operator's own TLS mounts.
        for (String off : List.of("admissionWebhooks", "tls")) {
            assertThat(edge.values()
                            .at("/prometheusOperator/" + off + "/enabled")
                            .asBoolean(true))
                    .as(off)
                    .isFalse();
        }
        for (String on : List.of("nodeExporter", "kubeStateMetrics")) {
            assertThat(edge.values().path(on).path("enabled").asBoolean())
                    .as(on)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @FieldSource("EDGES")
    void what_the_operator_gets_is_known_to_it(String name) {
        Edge edge = Edge.named(name);
        // The chart's only name of its own among those used.
        ObjectNode spec = edge.spec().deepCopy();
        spec.set("storage", spec.remove("storageSpec"));

        assertThat(KnownKinds.faults(spec, PrometheusAgentSpec.class)).isEmpty();
        assertThat(edge.remotes())
                .isNotEmpty()
                .allSatisfy(remote -> assertThat(KnownKinds.faults(remote.spec(), RemoteWriteSpec.class))
                        .isEmpty());
    }

    /** All agents of an edge, each with all its shards, while the connections before a restart are still there. */
    @ParameterizedTest
    @FieldSource("EDGES")
    void its_shards_are_within_the_connections_of_an_edge(String name) {
        Edge edge = Edge.named(name);
        assertThat(edge.remotes())
                .allSatisfy(remote -> assertThat(2
                                * edge.spec().path("replicas").asInt()
                                * remote.spec().at("/queueConfig/maxShards").asInt())
                        .isBetween(1, ConnectionLimits.DEFAULT_MAX_PER_EDGE));
    }

    /** The gateway's edges.yaml says the same of each: a sender's label that differs would be overwritten. */
    @Test
    void the_gateway_knows_each_by_the_same_name_and_labels() {
        Manifests centre = Kustomize.overlay("cluster-01-central");
        JsonNode known = Kustomize.yaml(centre.one("ConfigMap", "ringgate-config")
                        .at("/data")
                        .path("edges.yaml")
                        .asText())
                .path("edges");
        assertThat(known.findValuesAsText("name")).containsExactlyElementsOf(EDGES);
        for (JsonNode entry : known) {
            Edge edge = Edge.named(entry.path("name").asText());
            assertThat(entry.path("tenant").asText()).isEqualTo("default-tenant");
            for (String label : List.of("region", "environment")) {
                assertThat(entry.path("labels").path(label))
                        .isEqualTo(edge.spec().path("externalLabels").path(label));
            }
        }
    }

    /** Data from before the gateway and after it meet: what is stamped is what agents send, label for label. */
    @Test
    void no_series_begins_anew_when_the_gateway_comes() {
        JsonNode config = Kustomize.overlay("cluster-01-central")
                .one("ConfigMap", "ringgate-config")
                .at("/data");
        JsonNode stamp = Kustomize.yaml(config.path("ringgate.yaml").asText()).path("stamp");
        assertThat(stamp.path("tenant_label").asText("tenant")).isEmpty();
        for (JsonNode entry : Kustomize.yaml(config.path("edges.yaml").asText()).path("edges")) {
            Set<String> stamped = keys(entry.path("labels"));
            stamped.add(stamp.path("edge_label").asText());
            assertThat(stamped)
                    .isEqualTo(
                            keys(Edge.named(entry.path("name").asText()).spec().path("externalLabels")));
        }
    }

    /** An agent gets its token from whom the gateway believes. */
    @Test
    void a_token_comes_from_an_issuer_that_the_gateway_knows() {
        JsonNode issuers = Kustomize.yaml(Kustomize.overlay("cluster-01-central")
                        .one("ConfigMap", "ringgate-config")
                        .at("/data")
                        .path("edges.yaml")
                        .asText())
                .path("issuers");
        List<String> tokenUrls = Edge.all().stream()
                .flatMap(edge -> edge.spec().findValuesAsText("tokenUrl").stream())
                .toList();
        assertThat(tokenUrls)
                .singleElement()
                .asString()
                .startsWith(issuers.at("/0/issuer").asText() + "/");
    }

    @Test
    void every_url_is_https_on_the_gateway_s_address_or_name() {
        Manifests centre = Kustomize.overlay("cluster-01-central");
        Set<String> good = new TreeSet<>();
        for (String certificate : List.of("ringgate-vip", "ringgate-names")) {
            Manifest each = centre.one("Certificate", certificate);
            each.list("/spec/dnsNames").forEach(name -> good.add(name.asText()));
            each.list("/spec/ipAddresses").forEach(address -> good.add(address.asText()));
        }
        assertThat(Edge.all())
                .flatExtracting(Edge::remotes)
                .hasSizeGreaterThan(2)
                .allSatisfy(remote -> {
                    assertThat(remote.url().getScheme()).isEqualTo("https");
                    assertThat(good).contains(remote.host());
                    assertThat(remote.path()).isEqualTo("/api/v1/receive");
                    assertThat(remote.spec().findValues("insecureSkipVerify")).isEmpty();
                    // A certificate of the own authority needs that authority; a public one does not.
                    assertThat(remote.spec().has("tlsConfig"))
                            .isEqualTo(remote.host().matches("[0-9.]+"));
                });
    }

    @Test
    void a_password_a_token_and_an_authority_in_a_file_are_all_there_and_never_in_text() {
        assertThat(Edge.all()).flatExtracting(Edge::remotes).satisfies(remotes -> {
            assertThat(remotes).extracting(Edge.Remote::spec).anyMatch(spec -> spec.has("basicAuth"));
            assertThat(remotes).extracting(Edge.Remote::spec).anyMatch(spec -> spec.has("oauth2"));
            assertThat(remotes)
                    .extracting(Edge.Remote::spec)
                    .anyMatch(spec -> spec.at("/tlsConfig").has("caFile"));
        });
        for (Edge edge : Edge.all()) {
            Set<String> mounted = new TreeSet<>();
            edge.spec().path("secrets").forEach(secret -> mounted.add(secret.asText()));
            for (Edge.Remote remote : edge.remotes()) {
                for (String secret : List.of("username", "password", "clientSecret")) {
                    assertThat(remote.spec().findValues(secret))
                            .allSatisfy(ref -> assertThat(keys(ref)).containsExactly("key", "name"));
                }
                String file = remote.spec().at("/tlsConfig/caFile").asText();
                if (!file.isEmpty()) {
                    assertThat(mounted).contains(Edge.mounted(file).replaceAll("/.*", ""));
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("EDGES")
    void a_real_agent_takes_the_remote_write_that_it_amounts_to(String name) throws Exception {
        Path secrets = Files.createDirectories(scratch.resolve("secrets"));
        Path authority = new TestCertificates(Files.createDirectories(scratch.resolve("authority"))).ca();
        for (String key : List.of("ringgate-login-password", "ringgate-oauth2-client_secret")) {
            Files.writeString(secrets.resolve(key), "open sesame");
        }
        Files.copy(authority, secrets.resolve("ringgate-ca-ca.crt"));
        StringBuilder yaml = new StringBuilder("global:\n  external_labels:\n");
        Edge edge = Edge.named(name);
        for (Map.Entry<String, JsonNode> label :
                edge.spec().path("externalLabels").properties()) {
            yaml.append(
                    "    %s: %s\n".formatted(label.getKey(), label.getValue().asText()));
        }
        yaml.append("remote_write:\n");
        for (Edge.Remote remote : edge.remotes()) {
            yaml.append(RemoteWriteBlock.of(remote, "127.0.0.1:" + FreePort.next(), secrets));
        }
        Path config = Files.writeString(scratch.resolve("agent.yml"), yaml);

        agentTakes(config);
    }

    private void agentTakes(Path config) throws Exception {
        int port = FreePort.next();
        Path log = scratch.resolve("agent.log");
        Process agent = new ProcessBuilder(
                        "prometheus",
                        "--enable-feature=agent",
                        "--config.file=" + config,
                        "--storage.agent.path=" + scratch.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Eventually.becomes("the agent is ready", () -> {
                if (!agent.isAlive()) {
                    throw new AssertionError(Files.readString(log));
                }
                return new ScrapedPage(Page.of("http://127.0.0.1:" + port + "/metrics"))
                                .sum("prometheus_remote_storage_shards_max")
                        == 50;
            });
            assertThat(Files.readString(log)).doesNotContain("level=error");
        } finally {
            agent.destroyForcibly().waitFor();
        }
    }

    private static Set<String> keys(JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.properties().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }
}
