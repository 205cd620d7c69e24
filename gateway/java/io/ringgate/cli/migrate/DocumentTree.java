package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A document of another program, read without a schema: a key that it does not have, or that its kind cannot have,
 * reads as {@link Nothing}.
 */
sealed interface DocumentTree {

    record Mapping(Map<String, DocumentTree> entries) implements DocumentTree {

        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    record Sequence(List<DocumentTree> items) implements DocumentTree {

        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A text, a number or a word, as it is written. */
    record Scalar(String text) implements DocumentTree {}

    enum Nothing implements DocumentTree {
        NOTHING
    }

    /** Gets each key with its value, and the keys that lead there; answers whether to look into the value. */
    interface Visitor {

        boolean visit(String path, String key, DocumentTree value);
    }

    /** What stands under these keys, one below the other. */
    default DocumentTree at(String... keys) {
        DocumentTree found = this;
        for (String key : keys) {
            found = found.entries().getOrDefault(key, Nothing.NOTHING);
        }
        return found;
    }

    default boolean has(String key) {
        return entries().containsKey(key);
    }

    /** In the order in which they are written; none for anything but a mapping. */
    default Map<String, DocumentTree> entries() {
        return this instanceof Mapping mapping ? mapping.entries() : Map.of();
    }

    /** None for anything but a sequence. */
    default List<DocumentTree> items() {
        return this instanceof Sequence sequence ? sequence.items() : List.of();
    }

    /** Empty for anything but a scalar. */
    default String text() {
        return this instanceof Scalar scalar ? scalar.text() : "";
    }

    /** How many levels it has; one for a scalar. */
    default int depth() {
        return 1
                + Stream.concat(entries().values().stream(), items().stream())
                        .mapToInt(DocumentTree::depth)
                        .max()
                        .orElse(0);
    }

    /** Shows the visitor every key below this path, in the order in which they are written. */
    default void walk(String path, Visitor visitor) {
        entries().forEach((key, child) -> {
            String here = path.isEmpty() ? key : path + "." + key;
            if (visitor.visit(here, key, child)) {
                child.walk(here, visitor);
            }
        });
        for (int i = 0; i < items().size(); i++) {
            items().get(i).walk(path + "[" + i + "]", visitor);
        }
    }

    /** Every scalar in it, with the keys that lead there. */
    default List<String> lines(String path) {
        List<String> lines = new ArrayList<>();
        entries().forEach((key, child) -> lines.addAll(child.lines(path.isEmpty() ? key : path + "." + key)));
        for (int i = 0; i < items().size(); i++) {
            lines.addAll(items().get(i).lines(path + "[" + i + "]"));
        }
        if (!text().isEmpty()) {
            lines.add(path + ": " + text());
        }
        return lines;
    }
}
