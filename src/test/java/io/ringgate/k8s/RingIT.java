package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The ring file, the StatefulSet, the headless service and the gateway tell the same story. */
@Tag("k8s")
class RingIT {

    static final List<String> OVERLAYS = Kustomize.WHOLE;

    private static Manifest receivers(String overlay) {
        return Kustomize.overlay(overlay).one("StatefulSet", "thanos-receiver");
    }

    private static JsonNode ring(String overlay) {
        return Kustomize.yaml(Kustomize.overlay(overlay)
                        .one("ConfigMap", "thanos-receiver-hashrings")
                        .text("/data/hashrings.json"))
                .get(0);
    }

    /** The gateway's side. */
    private static JsonNode gateway(String overlay) {
        return Kustomize.yaml(Kustomize.overlay(overlay)
                        .one("ConfigMap", "ringgate-config")
                        .at("/data")
                        .path("ringgate.yaml")
                        .asText())
                .path("receivers");
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void each_pod_is_an_endpoint_under_the_name_that_it_gives_itself(String overlay) {
        Manifest receivers = receivers(overlay);
        Pod pod = new Pod(receivers, receivers.pod().at("/containers/0"));

        List<String> ring = new ArrayList<>();
        ring(overlay).path("endpoints").forEach(each -> ring.add(each.asText()));

        int replicas = receivers.at("/spec/replicas").asInt();
        assertThat(ring(overlay).path("hashring").asText()).isEqualTo("default");
        assertThat(IntStream.range(0, replicas).mapToObj(n -> pod.flag(n, "receive.local-endpoint")))
                .containsExactlyElementsOf(ring);
        assertThat(replicas).isGreaterThanOrEqualTo(Integer.parseInt(pod.flag(0, "receive.replication-factor")));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void the_names_come_from_the_headless_service(String overlay) {
        Manifest receivers = receivers(overlay);
        Manifest headless = Kustomize.overlay(overlay).one("Service", receivers.text("/spec/serviceName"));

        assertThat(headless.text("/spec/clusterIP")).isEqualTo("None");
        assertThat(headless.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
        ring(overlay)
                .path("endpoints")
                .forEach(each -> assertThat(each.asText())
                        .endsWith("." + headless.name() + "." + headless.namespace() + ".svc.cluster.local:10901"));
        for (String service : List.of(headless.name(), "thanos-receiver")) {
            assertThat(Kustomize.overlay(overlay)
                            .one("Service", service)
                            .at("/spec/ports")
                            .findValuesAsText("port"))
                    .containsExactly("10901", "10902", "19291");
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void gateway_and_receivers_agree(String overlay) {
        Manifest receivers = receivers(overlay);
        Pod pod = new Pod(receivers, receivers.pod().at("/containers/0"));
        JsonNode gateway = gateway(overlay);

        assertThat(gateway.path("algorithm").asText()).isEqualTo(pod.flag(0, "receive.hashrings-algorithm"));
        assertThat(gateway.path("replication_factor").asText()).isEqualTo(pod.flag(0, "receive.replication-factor"));
        assertThat(gateway.path("tenant_header").asText()).isEqualTo(pod.flag(0, "receive.tenant-header"));
        assertThat(gateway.path("hashrings_file").asText()).isEqualTo(pod.flag(0, "receive.hashrings-file"));
        assertThat(pod.port("remote-write"))
                .isEqualTo(gateway.at("/write/port").asInt())
                .isEqualTo(portOf(pod.flag(0, "remote-write.address")));
        assertThat(pod.port("http"))
                .isEqualTo(gateway.at("/health/port").asInt())
                .isEqualTo(portOf(pod.flag(0, "http-address")));
        assertThat(pod.port("grpc")).isEqualTo(portOf(pod.flag(0, "grpc-address")));
        assertThat(pod.container().path("image").asText())
                .endsWith(":" + gateway.path("version").asText());
    }

    /** Without it this version loses what other tenants wrote, at the start of a pod and of a container alone. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void the_folder_of_the_default_tenant_is_made_before_every_start(String overlay) {
        Manifest receivers = receivers(overlay);
        Pod pod = new Pod(receivers, receivers.pod().at("/containers/0"));

        assertThat(gateway(overlay).path("default_tenant_folder").asBoolean()).isTrue();
        assertThat(pod.container().path("command").toString())
                .contains(
                        "mkdir -p " + pod.flag(0, "tsdb.path") + "/" + pod.flag(0, "receive.default-tenant-id") + ";");
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void both_mount_the_same_ring_at_the_same_place(String overlay) {
        Manifests built = Kustomize.overlay(overlay);
        for (Manifest each : built.workloads()) {
            JsonNode container = each.pod().at("/containers/0");
            JsonNode mount = Manifest.elements(container.path("volumeMounts")).stream()
                    .filter(m -> m.path("mountPath").asText().equals("/etc/thanos-hashrings"))
                    .findFirst()
                    .orElseThrow();
            // A file that is mounted by itself is never renewed in a running pod.
            assertThat(mount.has("subPath")).isFalse();
            JsonNode volume = Manifest.elements(each.pod().path("volumes")).stream()
                    .filter(v -> v.path("name").equals(mount.path("name")))
                    .findFirst()
                    .orElseThrow();
            assertThat(volume.at("/configMap/name").asText()).isEqualTo("thanos-receiver-hashrings");
        }
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
