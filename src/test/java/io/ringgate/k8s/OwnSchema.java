package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields we use of a kind that has no model. A schema is an example of its shape in {@code schemas/custom.yaml}: an object
 * lists the keys that may be there, a trailing {@code !} says that one must; a list has the shape of its elements; a text
 * is a type, or a pattern between slashes. The key {@code *} stands for any.
 */
record OwnSchema(JsonNode shape) {

    private static final String FILE = "/schemas/custom.yaml";

    /** By {@code apiVersion kind}. */
    static Map<String, OwnSchema> all() {
        Map<String, OwnSchema> all = new HashMap<>();
        try (InputStream in = OwnSchema.class.getResourceAsStream(FILE)) {
            JsonNode file = new ObjectMapper(new YAMLFactory()).readTree(in);
            file.properties().forEach(entry -> all.put(entry.getKey(), new OwnSchema(entry.getValue())));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> faults(JsonNode tree) {
        List<String> faults = new ArrayList<>();
        compare(shape, tree, "", faults);
        return faults;
    }

    private static void compare(JsonNode shape, JsonNode value, String path, List<String> faults) {
        if (shape.isObject()) {
            compareObject(shape, value, path, faults);
        } else if (shape.isArray()) {
            if (!value.isArray()) {
                faults.add(path + " is no list");
            }
            for (int i = 0; i < value.size(); i++) {
                compare(shape.get(0), value.get(i), path + "/" + i, faults);
            }
        } else if (!fits(shape.asText(), value)) {
            faults.add(path + " is not " + shape.asText() + " but " + value);
        }
    }

    private static void compareObject(JsonNode shape, JsonNode value, String path, List<String> faults) {
        if (!value.isObject()) {
            faults.add(path + " is no object");
            return;
        }
        shape.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> key.endsWith("!") && !value.has(key.substring(0, key.length() - 1)))
                .forEach(key -> faults.add(path + " lacks " + key.substring(0, key.length() - 1)));
        value.properties().forEach(entry -> {
            String key = entry.getKey();
            JsonNode known = shape.path(key);
            known = known.isMissingNode() ? shape.path(key + "!") : known;
            known = known.isMissingNode() ? shape.path("*") : known;
            if (known.isMissingNode()) {
                faults.add(path + "/" + key + " is not known");
            } else {
                compare(known, entry.getValue(), path + "/" + key, faults);
            }
        });
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default ->
                type.startsWith("/")
                        && value.isTextual()
                        && value.asText().matches(type.substring(1, type.length() - 1));
        };
    }
}
