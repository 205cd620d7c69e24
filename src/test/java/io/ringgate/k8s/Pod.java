package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A container of a StatefulSet's or Deployment's pods, as its program sees it: variables replaced as the kubelet does. */
record Pod(Manifest workload, JsonNode container) {

    /** The arguments in the pod of that number. */
    List<String> args(int number) {
        Map<String, String> env = new TreeMap<>();
        for (JsonNode each : container.path("env")) {
            env.put(each.path("name").asText(), value(each, number));
        }
        return Manifest.elements(container.path("args")).stream()
                .map(arg -> replaced(arg.asText(), env))
                .toList();
    }

    /** The value of {@code --NAME=}; fails unless it is there once. */
    String flag(int number, String name) {
        List<String> found = args(number).stream()
                .filter(arg -> arg.startsWith("--" + name + "="))
                .map(arg -> arg.substring(name.length() + 3))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(workload + " has --" + name + " " + found);
        }
        return found.getFirst();
    }

    int port(String name) {
        return Manifest.elements(container.path("ports")).stream()
                .filter(port -> port.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
    }

    private String value(JsonNode env, int number) {
        return switch (env.at("/valueFrom/fieldRef/fieldPath").asText()) {
            case "metadata.name" -> workload.name() + "-" + number;
            case "metadata.namespace" -> workload.namespace();
            case "" -> env.path("value").asText();
            default -> throw new AssertionError("not known: " + env);
        };
    }

    private static String replaced(String text, Map<String, String> env) {
        String result = text;
        for (Map.Entry<String, String> each : env.entrySet()) {
            result = result.replace("$(" + each.getKey() + ")", each.getValue());
        }
        if (result.contains("$(")) {
            throw new AssertionError("a variable is left in " + result);
        }
        return result;
    }
}
