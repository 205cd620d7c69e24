package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a pod finds at its mount paths, in a folder that stands for its root. Files of ConfigMaps come from the build, those of
 * Secrets from the test; texts in them that name a mount path name the folder afterwards.
 */
final class PodFolder {

    private final Path root;
    private final UnaryOperator<String> settled;
    private final Map<String, MountedVolume> volumes = new LinkedHashMap<>();

    /** What stands in the Secret's keys. */
    interface Secrets {
        Map<String, String> keys(String secret) throws IOException;
    }

    /**
     * An empty one.
     *
     * @param settled what else changes in a text, so that it is good on this machine
     */
    PodFolder(Path root, UnaryOperator<String> settled) {
        this.root = root;
        this.settled = settled;
    }

    static PodFolder lay(Path root, Manifests built, Manifest workload, Secrets secrets) throws IOException {
        PodFolder folder = new PodFolder(root, text -> text);
        folder.show(built, workload, secrets);
        return folder;
    }

    /** From now on its files are those of this build; a pod that runs sees them change. */
    void show(Manifests built, Manifest workload, Secrets secrets) throws IOException {
        JsonNode mounts = workload.pod().at("/containers/0/volumeMounts");
        for (JsonNode mount : mounts) {
            volumes.computeIfAbsent(mount.path("mountPath").asText(), path -> new MountedVolume(Path.of(root + path)));
        }
        for (JsonNode mount : mounts) {
            String path = mount.path("mountPath").asText();
            Files.createDirectories(Path.of(root + path));
            JsonNode volume = volume(workload, mount.path("name").asText());
            Map<String, String> files = new HashMap<>();
            if (volume.has("configMap")) {
                String name = volume.at("/configMap/name").asText();
                built.one("ConfigMap", name)
                        .at("/data")
                        .properties()
                        .forEach(file -> files.put(
                                file.getKey(), relocated(file.getValue().asText())));
            } else if (volume.has("secret")) {
                JsonNode secret = volume.path("secret");
                if (secret.has("defaultMode")) {
                    Objects.requireNonNull(volumes.get(path))
                            .defaultMode(secret.path("defaultMode").asInt());
                }
                secrets.keys(secret.path("secretName").asText())
                        .forEach((key, value) -> files.put(fileOf(secret, key), value));
            }
            JsonNode group = workload.pod().at("/securityContext/fsGroup");
            if (group.isInt()) {
                Objects.requireNonNull(volumes.get(path)).group(group.asInt());
            }
            Objects.requireNonNull(volumes.get(path)).show(files);
        }
    }

    private static String fileOf(JsonNode secret, String key) {
        if (!secret.has("items")) {
            return key;
        }
        return Manifest.elements(secret.path("items")).stream()
                .filter(item -> item.path("key").asText().equals(key))
                .map(item -> item.path("path").asText())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode volume(Manifest workload, String name) {
        for (JsonNode volume : workload.pod().path("volumes")) {
            if (volume.path("name").asText().equals(name)) {
                return volume;
            }
        }
        return workload.tree().path("emptyDir");
    }

    /** The text with this folder before every mount path that it names. */
    String relocated(String text) {
        String any = volumes.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return settled.apply(text.replaceAll(
                "(?<![\\w./-])(" + any + ")(?=[/\\s\"']|$)", Matcher.quoteReplacement(root.toString()) + "$1"));
    }
}
