package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every overlay builds, and every object of it is what its kind knows, to the last key. */
@Tag("k8s")
class StrictReadingIT {

    /** Those of a whole platform, and that of a gateway beside one. */
    static final List<String> OVERLAYS =
            Stream.concat(Kustomize.WHOLE.stream(), Stream.of("moving-in")).toList();

    /** What the centre has only where somebody adds it. */
    static final List<String> ADDED = List.of("external-secrets", "keda", "sealed-secrets");

    /** Objects whose keys are anybody's. */
    private static final Set<String> FREE = Set.of(
            "annotations",
            "data",
            "labels",
            "limits",
            "matchLabels",
            "requests",
            "selector",
            "nodeSelector",
            "encryptedData");

    @TempDir
    static Path scratch;

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void an_overlay_builds_and_is_read_to_the_last_key(String overlay) {
        read(Kustomize.overlay(overlay));
    }

    @ParameterizedTest
    @FieldSource("ADDED")
    void so_is_one_with_a_component_that_it_lacks(String component) {
        read(Kustomize.overlayWith(scratch, "cluster-01-central", component));
    }

    @Test
    void nothing_is_left_out() throws IOException {
        List<String> overlays = new ArrayList<>(OVERLAYS);
        overlays.addAll(Edge.NAMES);
        assertThat(folders("overlays")).containsExactlyInAnyOrderElementsOf(overlays);
        List<String> components = new ArrayList<>(ADDED);
        Kustomize.yaml(Files.readString(Kustomize.FILES.resolve("overlays/cluster-01-central/kustomization.yaml")))
                .path("components")
                .forEach(each -> components.add(each.asText().replaceAll(".*/", "")));
        assertThat(folders("components")).containsExactlyInAnyOrderElementsOf(components);
    }

    /** With several in one file, one of them a deletion, kustomize 5.5 panics; kubectl 1.32 has that one inside. */
    @Test
    void a_patch_file_holds_one_object() throws IOException {
        try (Stream<Path> all = Files.walk(Kustomize.FILES)) {
            for (Path each :
                    all.filter(file -> file.endsWith("kustomization.yaml")).toList()) {
                for (JsonNode patch : Kustomize.yaml(Files.readString(each)).path("patches")) {
                    String text = patch.has("path")
                            ? Files.readString(
                                    each.resolveSibling(patch.path("path").asText()))
                            : patch.path("patch").asText();
                    assertThat(Kustomize.documents(text))
                            .as("%s: %s", each, text)
                            .hasSize(1);
                }
            }
        }
    }

    private static List<String> folders(String kind) throws IOException {
        try (Stream<Path> all = Files.list(Kustomize.FILES.resolve(kind))) {
            return all.map(each -> each.getFileName().toString()).toList();
        }
    }

    private static void read(Manifests built) {
        assertThat(built.all()).hasSizeGreaterThan(10);
        assertThat(built.all())
                .allSatisfy(each ->
                        assertThat(KnownKinds.faults(each)).as("%s", each).isEmpty());
    }

    @Test
    void no_key_is_overlooked_anywhere() {
        List<String> overlooked = new ArrayList<>();
        for (Manifest each : Kustomize.overlayWith(scratch, "cluster-01-central", ADDED.toArray(String[]::new))
                .all()) {
            JsonNode tree = each.tree().deepCopy();
            plant(tree, tree, each.toString(), overlooked);
        }
        assertThat(overlooked).isEmpty();
    }

    /** Puts a key that nobody knows into each object in turn. */
    private static void plant(JsonNode root, JsonNode at, String path, List<String> overlooked) {
        if (at instanceof ObjectNode object) {
            object.put("frobnicate", 1);
            if (KnownKinds.faults(new Manifest(root)).isEmpty()) {
                overlooked.add(path);
            }
            object.remove("frobnicate");
            List.copyOf(object.properties()).stream()
                    .filter(entry -> !FREE.contains(entry.getKey()) || !isFlat(entry.getValue()))
                    .forEach(entry -> plant(root, entry.getValue(), path + "/" + entry.getKey(), overlooked));
        } else {
            for (int i = 0; i < at.size(); i++) {
                plant(root, at.get(i), path + "/" + i, overlooked);
            }
        }
    }

    private static boolean isFlat(JsonNode value) {
        return value.isObject() && Manifest.elements(value).stream().noneMatch(JsonNode::isContainerNode);
    }
}
