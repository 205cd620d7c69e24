package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The real kustomize, which {@code bin/test} builds. What it makes of a folder is kept. */
final class Kustomize {

    /** Where an operator's files are. */
    static final Path FILES = Path.of("k8s");

    /** Folders whose output is what a cluster gets; those of edges need a chart and are not among them. */
    static final List<String> WHOLE = List.of("cluster-01-central", "local");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Map<Path, Manifests> BUILT = new ConcurrentHashMap<>();

    private Kustomize() {}

    static Manifests overlay(String name) {
        return build(FILES.resolve("overlays").resolve(name));
    }

    /** Once for each folder: its files are not to change. */
    static Manifests build(Path folder) {
        return BUILT.computeIfAbsent(folder, Kustomize::run);
    }

    /** An overlay with components that it does not have by itself. */
    static Manifests overlayWith(Path scratch, String name, String... components) {
        return run(folderWith(scratch, name, components));
    }

    /** The folder of such an overlay. */
    static Path folderWith(Path scratch, String name, String... components) {
        Path folder = scratch.resolve(name + "-" + String.join("-", components));
        StringBuilder yaml = new StringBuilder("kind: Kustomization\nresources:\n  - ")
                .append(from(folder, "overlays/" + name))
                .append("\ncomponents:\n");
        for (String component : components) {
            yaml.append("  - ").append(from(folder, "components/" + component)).append('\n');
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("kustomization.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static Path from(Path folder, String target) {
        return folder.toAbsolutePath()
                .relativize(FILES.resolve(target).toAbsolutePath().normalize());
    }

    static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of files that change. */
    static Manifests run(Path folder) {
        try {
            return new Manifests(documents(text(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it would be sent to a cluster. */
    static String text(Path folder) {
        Path program = Path.of("src/test/kustomize/kustomize").toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new AssertionError("kustomize is not built, there is no " + program + "; run bin/test --tools.");
        }
        try {
            Path errors = Files.createTempFile("kustomize", ".err");
            Process process = new ProcessBuilder(program.toString(), "build", folder.toString())
                    .redirectError(errors.toFile())
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            String said = Files.readString(errors);
            Files.delete(errors);
            // A warning is about something that kustomize will stop to understand.
            if (code != 0 || !said.isBlank()) {
                throw new AssertionError("kustomize build " + folder + ": " + said);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The objects of a stream. */
    static List<Manifest> documents(String text) throws IOException {
        List<Manifest> all = new ArrayList<>();
        try (YAMLParser parser = new YAMLFactory().createParser(text);
                MappingIterator<JsonNode> each = YAML.readValues(parser, JsonNode.class)) {
            each.forEachRemaining(tree -> all.add(new Manifest(tree)));
        }
        return all;
    }
}
