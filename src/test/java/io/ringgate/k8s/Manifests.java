package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** All objects of one build. */
record Manifests(List<Manifest> all) {

    List<Manifest> ofKind(String kind) {
        return all.stream().filter(each -> each.kind().equals(kind)).toList();
    }

    Manifest one(String kind, String name) {
        List<Manifest> found =
                ofKind(kind).stream().filter(each -> each.name().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError("there are " + found.size() + " " + kind + " " + name + " in " + all);
        }
        return found.getFirst();
    }

    boolean has(String kind, String name) {
        return ofKind(kind).stream().anyMatch(each -> each.name().equals(name));
    }

    /** What makes pods. */
    List<Manifest> workloads() {
        return all.stream()
                .filter(each -> List.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")
                        .contains(each.kind()))
                .toList();
    }

    /** The workloads whose pods carry all these labels. */
    List<Manifest> withPods(JsonNode labels) {
        return workloads().stream()
                .filter(each -> carries(each.at("/spec/template/metadata/labels"), labels))
                .toList();
    }

    /** True when {@code labels} has all the {@code wanted} ones, of which there is at least one. */
    static boolean carries(JsonNode labels, JsonNode wanted) {
        return !wanted.isEmpty()
                && wanted.properties().stream()
                        .map(Map.Entry::getKey)
                        .allMatch(key -> labels.path(key).equals(wanted.path(key)));
    }
}
