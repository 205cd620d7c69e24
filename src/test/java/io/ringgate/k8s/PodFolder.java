package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a pod finds at its mount paths, in a folder that stands for its root. Files of ConfigMaps come from the build, those of
 * Secrets from the test; texts in them that name a mount path name the folder afterwards.
 */
final class PodFolder {

    private final Path root;
    private final List<String> mountPaths = new ArrayList<>();

    private PodFolder(Path root) {
        this.root = root;
    }

    /** What stands in the Secret's keys; an empty map for one that the test does not know. */
    interface Secrets {
        Map<String, String> keys(String secret) throws IOException;
    }

    static PodFolder lay(Path root, Manifests built, Manifest workload, Secrets secrets) throws IOException {
        PodFolder folder = new PodFolder(root);
        JsonNode mounts = workload.pod().at("/containers/0/volumeMounts");
        mounts.forEach(mount -> folder.mountPaths.add(mount.path("mountPath").asText()));
        for (JsonNode mount : mounts) {
            Path at = Files.createDirectories(
                    Path.of(folder.relocated(mount.path("mountPath").asText())));
            JsonNode volume = volume(workload, mount.path("name").asText());
            if (volume.has("configMap")) {
                JsonNode data = built.one(
                                "ConfigMap", volume.at("/configMap/name").asText())
                        .at("/data");
                for (Map.Entry<String, JsonNode> file : data.properties()) {
                    Files.writeString(
                            at.resolve(file.getKey()),
                            folder.relocated(file.getValue().asText()));
                }
            } else if (volume.has("secret")) {
                layKeys(at, volume.path("secret"), secrets);
            }
        }
        return folder;
    }

    private static void layKeys(Path at, JsonNode secret, Secrets secrets) throws IOException {
        Map<String, String> keys = secrets.keys(secret.path("secretName").asText());
        for (Map.Entry<String, String> key : keys.entrySet()) {
            String file = key.getKey();
            if (secret.has("items")) {
                file = Manifest.elements(secret.path("items")).stream()
                        .filter(item -> item.path("key").asText().equals(key.getKey()))
                        .map(item -> item.path("path").asText())
                        .findFirst()
                        .orElseThrow();
            }
            Files.writeString(at.resolve(file), key.getValue());
        }
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
        String any = mountPaths.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return text.replaceAll(
                "(?<![\\w./-])(" + any + ")(?=[/\\s\"']|$)", Matcher.quoteReplacement(root.toString()) + "$1");
    }
}
