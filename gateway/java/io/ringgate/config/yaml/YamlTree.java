package io.ringgate.config.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Turns YAML text into nodes that know their place. It takes the plain part of YAML: aliases are refused, since a few
 * lines of them unfold to gigabytes, and so are a second document, a key written twice and what is nested too deep.
 */
final class YamlTree {

    private static final int DEEPEST = 20;
    private static final Pattern ONE_VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .loaderOptions(large())
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private static LoaderOptions large() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(YamlFile.MOST_BYTES);
        return options;
    }

    private final YAMLParser parser;
    private final Environment environment;
    private final Problems problems;

    private YamlTree(YAMLParser parser, Environment environment, Problems problems) {
        this.parser = parser;
        this.environment = environment;
        this.problems = problems;
    }

    /** The one document of a text, or nothing and a problem. */
    static @Nullable Node read(String text, String shown, Environment environment, Problems problems) {
        SourcePosition file = SourcePosition.ofFile(shown);
        try (YAMLParser parser = FACTORY.createParser(text.startsWith("\ufeff") ? text.substring(1) : text)) {
            return new YamlTree(parser, environment, problems).document(file);
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading a text from memory", impossible);
        }
    }

    private @Nullable Node document(SourcePosition file) throws IOException {
        try {
            if (parser.nextToken() == null) {
                return new Node.Empty(file);
            }
            Node node = value(file.atLine(line()));
            if (parser.nextToken() != null) {
                problems.error(file.atLine(line()), "a second document begins here, keep one document a file");
                return null;
            }
            return node;
        } catch (JsonProcessingException broken) {
            problems.add(SyntaxProblem.of(broken, file.atLine(line())));
            return null;
        } catch (IllegalArgumentException unreadable) {
            // The parser lets some bad escapes through to the JDK, whose messages do not help the operator.
            problems.error(file.atLine(line()), "this is not YAML: invalid escape sequence");
            return null;
        }
    }

    private Node value(SourcePosition position) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.error(position, "is a YAML alias (*name), which is not supported: write the value itself");
            return new Node.Refused(position);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(position);
            case START_ARRAY -> sequence(position);
            case VALUE_NULL -> new Node.Empty(position);
            default -> scalar(position, parser.getText());
        };
    }

    private Node scalar(SourcePosition position, String written) {
        try {
            return new Node.Scalar(position, environment.expand(written), written);
        } catch (InvalidValue unfit) {
            // The message does not show the value: it may be a secret that has a dollar sign by chance.
            boolean whole = ONE_VARIABLE.matcher(written).matches();
            problems.error(
                    position,
                    whole || !SecretKeys.mayHold(position)
                            ? unfit.reason()
                            : "has a $ that begins no variable which is set, write ${NAME} or $$ for a dollar");
            return new Node.Refused(position);
        }
    }

    private Node mapping(SourcePosition position) throws IOException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            SourcePosition here = position.key(QuotedText.key(key)).atLine(line());
            parser.nextToken();
            Node node = value(here);
            Node first = entries.putIfAbsent(key, node);
            if (first != null) {
                problems.error(
                        here,
                        "is a duplicate key, first in line " + first.position().line() + ": keep one");
            }
        }
        return new Node.Mapping(position, entries);
    }

    private Node sequence(SourcePosition position) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(position.item(items.size()).atLine(line())));
        }
        return new Node.Sequence(position, items);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
