package io.ringgate.cli.ring;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ringgate.cli.CommandFailure;
import io.ringgate.hashring.HashringFile;
import io.ringgate.hashring.HashringFileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads a file of rings: as receivers read it, or out of the ConfigMap that pods mount as that file. */
final class RingsText {

    private static final String USUAL_KEY = "hashrings.json";
    private static final YAMLMapper YAML = new YAMLMapper();

    private RingsText() {}

    /** @throws CommandFailure with exit code 2 for a file that cannot be read, by us or by Thanos */
    static HashringFile read(Path file) {
        byte[] bytes = bytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        JsonNode data = text.stripLeading().startsWith("[") ? null : configMap(text);
        if (data == null) {
            return parsed(bytes, line -> file + ":" + line);
        }
        List<String> keys = new ArrayList<>();
        data.fieldNames().forEachRemaining(keys::add);
        String key = keys.size() == 1 ? keys.getFirst() : USUAL_KEY;
        if (!data.path(key).isTextual()) {
            throw CommandFailure.wrong(TerminalText.of(file + ": the ConfigMap has no key " + USUAL_KEY
                    + (keys.isEmpty() ? "" : " but " + String.join(", ", keys)) + "."));
        }
        return parsed(
                data.path(key).textValue().getBytes(StandardCharsets.UTF_8),
                line -> file + ", line " + line + " of " + key);
    }

    private static HashringFile parsed(byte[] text, IntFunction<String> place) {
        try {
            return HashringFile.read(text);
        } catch (HashringFileFault fault) {
            String path = fault.path().isEmpty() ? "" : fault.path() + " ";
            throw CommandFailure.wrong(TerminalText.of(place.apply(fault.line()) + ": " + path + fault.sentence()));
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw CommandFailure.wrong(TerminalText.of(file + " does not exist."));
        } catch (IOException e) {
            throw CommandFailure.wrong(TerminalText.of(file + " cannot be read: " + e.getMessage() + "."));
        }
    }

    /** The data of the first ConfigMap; null where there is none, or what is there is no YAML. */
    private static @Nullable JsonNode configMap(String text) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document.path("kind").asText().equals("ConfigMap")
                        && document.path("data").isObject()) {
                    return document.path("data");
                }
            }
        } catch (JacksonException noYaml) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be read", e);
        }
        return null;
    }
}
