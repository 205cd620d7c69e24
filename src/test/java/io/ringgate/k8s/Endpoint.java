package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One end of a connection, as a NetworkPolicy sees it: a pod, or an address outside of the cluster, which has no labels.
 *
 * @param namespace the pod's, empty for an address outside
 * @param ports the pod's, by name
 */
record Endpoint(String name, String namespace, Map<String, String> labels, Map<String, Integer> ports) {

    static Endpoint outside(String name) {
        return new Endpoint(name, "", Map.of(), Map.of());
    }

    static Endpoint inNamespace(String name, String namespace, Map<String, String> labels) {
        return new Endpoint(name, namespace, labels, Map.of());
    }

    /** A pod as the API server has it. */
    static Endpoint of(String name, Manifest pod) {
        Map<String, String> labels = new TreeMap<>();
        pod.at("/metadata/labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        Map<String, Integer> ports = new TreeMap<>();
        for (JsonNode container : pod.list("/spec/containers")) {
            container
                    .path("ports")
                    .forEach(port -> ports.put(
                            port.path("name").asText(),
                            port.path("containerPort").asInt()));
        }
        return new Endpoint(name, pod.namespace(), labels, ports);
    }

    /** The port of that name; fails when it has none. */
    int port(String port) {
        return Objects.requireNonNull(ports.get(port), port);
    }

    boolean isPod() {
        return !namespace.isEmpty();
    }
}
