package io.ringgate.cli.migrate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YamlDocuments in JSON, as {@code kubectl -o json} prints them. */
final class JsonDocuments {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(YamlDocuments.DEEPEST)
                    .build())
            .build();

    private final JsonParser parser;
    private final YamlDocuments whole;

    private JsonDocuments(JsonParser parser, YamlDocuments whole) {
        this.parser = parser;
        this.whole = whole;
    }

    static List<Tree> read(String text, YamlDocuments whole) {
        try (JsonParser parser = JSON.createParser(text)) {
            return new JsonDocuments(parser, whole).all();
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading a text from memory", impossible);
        }
    }

    private List<Tree> all() throws IOException {
        List<Tree> documents = new ArrayList<>();
        try {
            while (parser.nextToken() != null) {
                documents.add(value());
            }
            return documents;
        } catch (JsonProcessingException broken) {
            String words = String.valueOf(broken.getOriginalMessage());
            throw whole.notYaml(
                    line(),
                    words.startsWith("Document nesting depth")
                            ? YamlDocuments.TOO_DEEP
                            : words.lines().findFirst().orElse(""));
        }
    }

    private Tree value() throws IOException {
        whole.count(1);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            case VALUE_NULL -> Tree.Nothing.NOTHING;
            default -> new Tree.Scalar(parser.getText());
        };
    }

    private Tree mapping() throws IOException {
        Map<String, Tree> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            if (entries.put(key, value()) != null) {
                whole.repeated(line(), key);
            }
        }
        return new Tree.Mapping(entries);
    }

    private Tree sequence() throws IOException {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new Tree.Sequence(items);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
