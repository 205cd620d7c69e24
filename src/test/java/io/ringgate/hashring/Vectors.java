package io.ringgate.hashring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Answers that were recorded from Thanos itself. */
final class Vectors {

    private static final Path FOLDER = Path.of("src/test/resources/vectors");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    static JsonNode read(String name) {
        try {
            return JSON.readTree(FOLDER.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> lines(String name) {
        try (var in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name)));
                var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            return values.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> cases(String name) {
        return read(name).get("cases").valueStream().toList();
    }

    static List<String> rings() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("rings"))) {
            return files.map(file -> "rings/" + file.getFileName()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
