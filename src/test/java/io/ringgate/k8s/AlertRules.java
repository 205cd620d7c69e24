package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The alerts of the centre, and promtool over them. */
final class AlertRules {

    private AlertRules() {}

    static List<Manifest> files() {
        return Kustomize.overlay("cluster-01-central").ofKind("PrometheusRule");
    }

    static List<JsonNode> all() {
        List<JsonNode> rules = new ArrayList<>();
        files().forEach(file ->
                file.list("/spec/groups").forEach(group -> group.path("rules").forEach(rules::add)));
        return rules;
    }

    /** Each as Prometheus reads it, {@code NAME.yaml} in the folder. */
    static List<Path> write(Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        for (Manifest file : files()) {
            // JSON is YAML.
            written.add(Files.writeString(
                    folder.resolve(file.name() + ".yaml"), file.at("/spec").toString()));
        }
        return written;
    }

    /** What it says; fails unless it is content. */
    static String promtool(Path folder, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
        return said;
    }
}
