package io.ringgate.cli.migrate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.ringgate.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * All documents of a text in YAML or JSON. Aliases are not followed, since a few lines of them unfold to gigabytes: what
 * stands there is a remark, as is a key that is written twice.
 */
final class Documents {

    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 1_000_000;
    private static final StreamReadConstraints BOUNDS =
            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .loaderOptions(large())
            .streamReadConstraints(BOUNDS)
            .build();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(BOUNDS).build();

    /** Nearly all JSON is YAML too, but for some escapes. */
    private static final Pattern LOOKS_LIKE_JSON = Pattern.compile("\\s*\\{\\s*\".*", Pattern.DOTALL);

    private final JsonParser parser;
    private final String file;
    private final List<String> remarks;
    private int values;

    private Documents(JsonParser parser, String file, List<String> remarks) {
        this.parser = parser;
        this.file = file;
        this.remarks = remarks;
    }

    private static LoaderOptions large() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(InputText.MOST_BYTES);
        return options;
    }

    /**
     * Reads them.
     *
     * @param remarks gets a sentence for each thing that is passed over
     * @throws CommandFailure with exit code 2 for what is no YAML
     */
    static List<Tree> of(InputText input, List<String> remarks) {
        JsonFactory language = LOOKS_LIKE_JSON.matcher(input.text()).matches() ? JSON : YAML;
        try (JsonParser parser = language.createParser(input.text())) {
            return new Documents(parser, input.name(), remarks).all();
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
            throw notYaml(firstLine(String.valueOf(broken.getOriginalMessage())));
        } catch (IllegalArgumentException unreadable) {
            // The parser lets some bad escapes through to the JDK, whose words are for nobody.
            throw notYaml("a character that is written by its number is none");
        }
    }

    private CommandFailure notYaml(String words) {
        return CommandFailure.wrong(file + ":" + line() + ": this is not YAML: " + Shown.of(words)
                + "; a chart's template has to be rendered first, by `helm template`.");
    }

    private static String firstLine(String words) {
        if (words.startsWith("Document nesting depth")) {
            return "it is nested deeper than " + DEEPEST;
        }
        if (words.startsWith("Expected a field name")) {
            return "a key must be plain text";
        }
        return words.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .findFirst()
                .orElse("");
    }

    private Tree value() throws IOException {
        if (++values > MOST_VALUES) {
            throw CommandFailure.wrong(Shown.of(file) + " has more than " + MOST_VALUES + " values, take less of it.");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            String alias = "*" + parser.getText();
            remarks.add(Shown.of(file + ":" + line() + ": the alias " + alias
                    + " is not followed: write the value itself if it matters here"));
            return new Tree.Scalar(alias);
        }
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
                remarks.add(Shown.of(file + ":" + line() + ": " + key + " stands here a second time, the last counts"));
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
