package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.k8s.cluster.KubectlResult;
import io.ringgate.k8s.cluster.SharedCluster;
import io.ringgate.testing.Eventually;
import java.io.IOException;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every overlay on a real API server: taken to the last key, and taken again without a change. */
@Tag("k8s")
class ApplyIT {

    @RegisterExtension
    static final SharedCluster CLUSTER = new SharedCluster();

    static final List<String> OVERLAYS = StrictReadingIT.OVERLAYS;
    static final List<String> UPGRADED = List.of("cluster-01-central", "moving-in");

    private static final List<String> APPLY = List.of("apply", "--server-side", "--validate=strict", "-f", "-");

    /** What this repository's {@code k8s/} was in an earlier version, built once, without the dashboard. */
    private static final Path EARLIER = Path.of("src/test/resources/k8s/81a9eb9");

    @TempDir
    static Path scratch;

    /** The namespace comes first, for the Secrets. */
    @BeforeEach
    void begin() throws Exception {
        CLUSTER.get().empty();
        apply(Files.readString(Kustomize.FILES.resolve("base/namespace.yaml")));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void an_overlay_is_taken_and_a_second_time_changes_nothing(String overlay) throws Exception {
        isTakenTwice(Kustomize.text(folder(overlay)));
    }

    @Test
    void so_is_the_centre_with_the_components_that_it_lacks() throws Exception {
        String[] added = StrictReadingIT.ADDED.toArray(String[]::new);
        isTakenTwice(Kustomize.text(Kustomize.folderWith(scratch, "cluster-01-central", added)));
    }

    /** Their chart cannot be fetched; what stands beside it can be applied. */
    @Test
    void so_is_what_the_edges_have_besides_their_chart() throws Exception {
        for (String edge : Edge.NAMES) {
            isTakenTwice(Files.readString(folder(edge).resolve("namespace.yaml")));
        }
    }

    /** The gateway beside a running site, then the cut-over. What only the first had is what k8s/README.md deletes. */
    @Test
    void the_centre_follows_the_gateway_beside_it() throws Exception {
        apply(Kustomize.text(folder("moving-in")));
        settled(Kustomize.text(folder("moving-in")));

        isTakenTwice(Kustomize.text(folder("cluster-01-central")));
    }

    @ParameterizedTest
    @FieldSource("UPGRADED")
    void an_earlier_version_is_upgraded(String overlay) throws Exception {
        String earlier = Files.readString(EARLIER.resolve(overlay + ".yaml"));
        apply(earlier);
        settled(earlier);

        isTakenTwice(Kustomize.text(folder(overlay)));

        assertThat(names(earlier)).as("nothing is left behind").isSubsetOf(names(Kustomize.text(folder(overlay))));
    }

    /** {@code kubectl apply -k} of the centre is what people try first. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void kubectl_builds_the_same_as_kustomize(String overlay) throws Exception {
        assertThat(CLUSTER.get().kubectl("kustomize", folder(overlay).toString()))
                .isEqualTo(Kustomize.text(folder(overlay)));
    }

    @Test
    void an_unknown_key_is_refused() throws Exception {
        String wrong = Kustomize.text(folder("cluster-01-central")).replace("maxUnavailable:", "maximumUnavailable:");

        KubectlResult result = CLUSTER.get().run(wrong, APPLY.toArray(String[]::new));

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains("maximumUnavailable");
    }

    private static Path folder(String overlay) {
        return Kustomize.FILES.resolve("overlays").resolve(overlay);
    }

    private static void apply(String objects) throws Exception {
        CLUSTER.get().kubectlWith(objects, APPLY.toArray(String[]::new));
    }

    private static void isTakenTwice(String objects) throws Exception {
        apply(objects);
        Map<String, String> before = settled(objects);

        apply(objects);

        assertThat(versions(objects)).isEqualTo(before);
        KubectlResult difference = CLUSTER.get().run(objects, "diff", "--server-side", "-f", "-");
        assertThat(difference.output()).isEmpty();
        assertThat(difference.code()).as(difference.errors()).isZero();
    }

    /** Once the controllers have done their part: the pods of every workload are there, and nothing changes any more. */
    private static Map<String, String> settled(String objects) throws Exception {
        for (String workload : names(objects)) {
            if (workload.startsWith("Deployment/") || workload.startsWith("StatefulSet/")) {
                CLUSTER.get().kubectl("-n", "monitoring", "rollout", "status", "--timeout=60s", workload);
            }
        }
        if (names(objects).contains("HorizontalPodAutoscaler/ringgate")) {
            CLUSTER.get()
                    .kubectl("-n", "monitoring", "wait", "--for=jsonpath={.status.currentReplicas}=3", "hpa/ringgate");
        }
        return Eventually.see("two looks are alike", () -> versions(objects), seen -> {
            try {
                return seen.equals(versions(objects));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Of each object the version that its last change gave it. */
    private static Map<String, String> versions(String objects) throws IOException, InterruptedException {
        return CLUSTER.get().get(objects, "-f", "-").stream()
                .map(Manifest::new)
                .collect(Collectors.toMap(
                        each -> each.kind() + "/" + each.name(),
                        each -> each.text("/metadata/resourceVersion"),
                        (one, other) -> other,
                        TreeMap::new));
    }

    private static List<String> names(String objects) throws IOException {
        return Kustomize.documents(objects).stream()
                .map(each -> each.kind() + "/" + each.name())
                .toList();
    }
}
