package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The real receiver takes the arguments and files of a pod, becomes a member of its ring and answers the probes. */
@Tag("k8s")
@Tag("thanos")
class ReceiverPodIT {

    static final List<String> OVERLAYS = Kustomize.WHOLE;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void a_receiver_starts_as_a_member_of_its_ring(String overlay) throws Exception {
        JsonNode container = Kustomize.overlay(overlay)
                .one("StatefulSet", "thanos-receiver")
                .pod()
                .at("/containers/0");
        try (LiveThanos receiver = LiveReceiver.start(scratch, overlay, 1)) {
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertThat(container.path(probe).at("/httpGet/port").asText()).isEqualTo("http");
                receiver.awaitAnswer(container.path(probe).at("/httpGet/path").asText());
            }
            assertThat(receiver.log()).contains("mode=RouterIngestor").doesNotContain("level=error");
            assertThat(receiver.log()).contains("default tenant data dir already present, not attempting to migrate");
            assertThat(receiver.metrics()).contains("thanos_receive_hashring_nodes{name=\"default\"} 3");
        }
    }
}
