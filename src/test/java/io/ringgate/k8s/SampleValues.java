package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The values below {@code k8s/} that are a sample site's and nobody else's: by where they stand, and by what they look like wherever
 * that is. Comments do not count.
 */
final class SampleValues {

    /** What only a sample has: names below example.com, private addresses, the sample's clusters, regions and storage. */
    private static final Pattern LOOKS = Pattern.compile(
            "[^\\s\"'\\[\\]{},]*\\bexample\\.(?:com|org)[^\\s\"'\\[\\]{},]*"
                    + "|https?://192\\.168\\.[^\\s\"'\\[\\]{},]*"
                    + "|\\b(?:10|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.\\d+\\.\\d+(?:\\.\\d+)?(?:/\\d+)?"
                    + "|\\b(?:cluster-0\\d-(?:edge|central)[\\w-]*|seoul|busan|jeju|longhorn|put-in-what-kubeseal-prints)\\b");

    /** Keys whose values are always a site's, wherever they stand. */
    private static final Set<String> KEYS = Set.of(
            "newName",
            "newTag",
            "storageClassName",
            "storage",
            "allowed_sources",
            "tenant",
            "region",
            "environment",
            "audiences",
            "release",
            "url",
            "tokenUrl",
            "serverAddress",
            "nameserver",
            "tsigKeyName",
            "tsigAlgorithm",
            "email");

    private final Map<String, Set<String>> found = new TreeMap<>();

    private SampleValues() {}

    /** By file, from {@code k8s/}. */
    static Map<String, Set<String>> all() throws IOException {
        SampleValues values = new SampleValues();
        try (Stream<Path> files = Files.walk(Kustomize.FILES)) {
            for (Path file : files.filter(each -> each.toString().matches(".*\\.(ya?ml|json)"))
                    .filter(each -> !each.toString().contains("dashboards"))
                    // For one machine; nobody has to edit anything there.
                    .filter(each -> !each.startsWith(Kustomize.FILES.resolve("overlays/local")))
                    .sorted()
                    .toList()) {
                values.read(file);
            }
        }
        return values.found;
    }

    private void read(Path file) throws IOException {
        String name = Kustomize.FILES.relativize(file).toString();
        String text = Files.readString(file).replaceAll("(?m)(^|\\s)#.*$", "");
        LOOKS.matcher(text).results().forEach(match -> add(name, match.group()));
        for (Manifest document : Kustomize.documents(text)) {
            walk(name, document.tree());
            switch (document.kind()) {
                case "ConfigMap" -> document.at("/data").forEach(value -> add(name, value.asText()));
                case "SitePods" ->
                    Stream.of("/query", "/ruler")
                            .forEach(pods -> document.at(pods + "/matchLabels")
                                    .properties()
                                    .forEach(label -> add(
                                            name,
                                            label.getKey() + "="
                                                    + label.getValue().asText())));
                case "ExternalSecret" -> {
                    add(name, document.text("/spec/secretStoreRef/name"));
                    document.list("/spec/data")
                            .forEach(each -> add(name, each.at("/remoteRef/key").asText()));
                }
                default -> {}
            }
        }
    }

    private void walk(String file, JsonNode tree) {
        tree.properties().stream()
                .filter(entry -> KEYS.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .flatMap(value -> value.isArray() ? Manifest.elements(value).stream() : Stream.of(value))
                .filter(JsonNode::isValueNode)
                .forEach(value -> add(file, value.asText()));
        tree.forEach(each -> walk(file, each));
    }

    private void add(String file, String value) {
        found.computeIfAbsent(file, name -> new TreeSet<>()).add(value);
    }
}
