package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.k8s.cluster.SharedCluster;
import io.ringgate.testing.RigFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The network policies that a cluster has, over the pods that its controllers made and those of a site: who may connect to whom. */
@Tag("k8s")
class WhoReachesWhomIT {

    @RegisterExtension
    static final SharedCluster CLUSTER = new SharedCluster();

    static final List<String> OVERLAYS = Kustomize.WHOLE;

    private static final String OURS = "monitoring";
    private static final String NAME = "app.kubernetes.io/name";
    private static final String COMPONENT = "app.kubernetes.io/component";

    /** Pods of the site, by the labels that the charts of Bitnami, ingress-nginx and the Prometheus operator give them. */
    private static final List<Endpoint> SITE = List.of(
            Endpoint.inNamespace("Query", OURS, Map.of(NAME, "thanos", COMPONENT, "query")),
            Endpoint.inNamespace("Query Frontend", OURS, Map.of(NAME, "thanos", COMPONENT, "query-frontend")),
            Endpoint.inNamespace("Ruler", OURS, Map.of(NAME, "thanos", COMPONENT, "ruler")),
            Endpoint.inNamespace("Compactor", OURS, Map.of(NAME, "thanos", COMPONENT, "compactor")),
            Endpoint.inNamespace("Prometheus", OURS, Map.of(NAME, "prometheus")),
            Endpoint.inNamespace("Grafana", OURS, Map.of(NAME, "grafana")),
            Endpoint.inNamespace("Query elsewhere", "tracing", Map.of(NAME, "thanos", COMPONENT, "query")),
            Endpoint.inNamespace("Ingress controller", "ingress-nginx", Map.of(NAME, "ingress-nginx")),
            Endpoint.outside("agent outside"));

    @TempDir
    static Path scratch;

    @BeforeEach
    void begin() throws Exception {
        CLUSTER.get().empty();
        CLUSTER.get().kubectl("create", "namespace", OURS);
    }

    private static void apply(Path overlay) throws Exception {
        CLUSTER.get().kubectlWith(Kustomize.text(overlay), "apply", "--server-side", "-f", "-");
    }

    private static NetworkPolicies policies() throws Exception {
        return NetworkPolicies.of(CLUSTER.get().get("", "-n", OURS, "networkpolicies").stream()
                .map(Manifest::new)
                .toList());
    }

    private static Endpoint pod(String name) throws Exception {
        CLUSTER.get().kubectl("-n", OURS, "wait", "--for=create", "pod", "-l", NAME + "=" + name);
        return Endpoint.of(
                name,
                new Manifest(CLUSTER.get()
                        .get("", "-n", OURS, "pods", "-l", NAME + "=" + name)
                        .getFirst()));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everybody_may_write_to_the_gateway_and_few_reach_anything_else(String overlay) throws Exception {
        apply(Kustomize.FILES.resolve("overlays").resolve(overlay));

        assertThat(table(policies())).isEqualTo("""
                | from               | gateway write redirect admin | receiver grpc http remote-write |
                |--------------------|------------------------------|---------------------------------|
                | gateway            | -                            | http remote-write               |
                | receiver           | write redirect               | grpc                            |
                | Query              | write redirect               | grpc                            |
                | Query Frontend     | write redirect               | -                               |
                | Ruler              | write redirect               | remote-write                    |
                | Compactor          | write redirect               | -                               |
                | Prometheus         | write redirect admin         | http                            |
                | Grafana            | write redirect               | -                               |
                | Query elsewhere    | write redirect               | -                               |
                | Ingress controller | write redirect               | -                               |
                | agent outside      | write redirect               | -                               |
                """);
    }

    /** The name service, and identity providers by https. */
    @Test
    void the_gateway_asks_little_of_anybody_else() throws Exception {
        apply(Kustomize.FILES.resolve("overlays/cluster-01-central"));
        NetworkPolicies policies = policies();
        Endpoint gateway = pod("ringgate");
        Endpoint elsewhere = Endpoint.outside("elsewhere");

        assertThat(Stream.of(22, 53, 80, 443, 6443, 8443, 10902, 19291)
                        .filter(port -> policies.permit(gateway, elsewhere, "TCP", port)))
                .containsExactly(53, 443);
        assertThat(Stream.of(53, 443).filter(port -> policies.permit(gateway, elsewhere, "UDP", port)))
                .containsExactly(53);
        assertThat(policies.permit(pod("thanos-receiver"), elsewhere, "TCP", 9000))
                .as("a bucket may be anywhere")
                .isTrue();
    }

    /** Today's receivers may have any labels, and whoever reaches them goes on to. */
    @Test
    void beside_a_running_site_nothing_is_shut() throws Exception {
        apply(Kustomize.FILES.resolve("overlays/moving-in"));
        NetworkPolicies policies = policies();
        Endpoint receiver = new Endpoint("receiver", OURS, Map.of("app", "thanos-receive"), Map.of());

        for (int port : List.of(10902, 19291)) {
            assertThat(policies.permit(pod("ringgate"), receiver, "TCP", port)).isTrue();
        }
        for (Endpoint each : SITE) {
            for (int port : List.of(10901, 10902, 19291)) {
                assertThat(policies.permit(each, receiver, "TCP", port))
                        .as(each.name())
                        .isTrue();
            }
        }
    }

    /** A site says its labels in one place. */
    @Test
    void query_and_ruler_are_whom_the_site_says() throws Exception {
        Path copy = scratch.resolve("k8s");
        RigFolder.copy(Kustomize.FILES, copy);
        Path site = copy.resolve("overlays/cluster-01-central/site.yaml");
        String labels = "matchLabels: {app.kubernetes.io/name: thanos, app.kubernetes.io/component: ";
        Files.writeString(
                site,
                Files.readString(site)
                        .replace(labels + "query}", "matchLabels: {app: thanos-query}")
                        .replace(
                                labels + "ruler}",
                                "matchExpressions: [{key: app, operator: In, values: [rule-a, rule-b]}]"));
        apply(copy.resolve("overlays/cluster-01-central"));
        NetworkPolicies policies = policies();
        Endpoint receiver = pod("thanos-receiver");

        assertThat(policies.permit(with("app", "thanos-query"), receiver, "TCP", 10901))
                .isTrue();
        assertThat(policies.permit(with("app", "rule-b"), receiver, "TCP", 19291))
                .isTrue();
        assertThat(policies.permit(with("app", "rule-b"), receiver, "TCP", 10901))
                .isFalse();
        assertThat(policies.permit(SITE.getFirst(), receiver, "TCP", 10901)).isFalse();
    }

    private static Endpoint with(String label, String value) {
        return Endpoint.inNamespace(value, OURS, Map.of(label, value));
    }

    private static String table(NetworkPolicies policies) throws Exception {
        Endpoint gateway = pod("ringgate");
        Endpoint receiver = pod("thanos-receiver");
        StringBuilder table = new StringBuilder("""
                | from               | gateway write redirect admin | receiver grpc http remote-write |
                |--------------------|------------------------------|---------------------------------|
                """);
        Stream.concat(Stream.of(named("gateway", gateway), named("receiver", receiver)), SITE.stream())
                .forEach(from -> table.append("| %-18s | %-28s | %-31s |%n"
                        .formatted(
                                from.name(),
                                open(policies, from, gateway, "write", "redirect", "admin"),
                                open(policies, from, receiver, "grpc", "http", "remote-write"))));
        return table.toString();
    }

    private static Endpoint named(String name, Endpoint pod) {
        return new Endpoint(name, pod.namespace(), pod.labels(), pod.ports());
    }

    private static String open(NetworkPolicies policies, Endpoint from, Endpoint to, String... ports) {
        String open = Stream.of(ports)
                .filter(port -> policies.permit(from, to, "TCP", to.port(port)))
                .collect(Collectors.joining(" "));
        return open.isEmpty() ? "-" : open;
    }
}
