package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * All documents of a text in YAML or JSON, within bounds that hold whatever stands in it. Aliases and merge keys are
 * followed: access rules may stand behind them. What they stand for counts each time, since a few lines of them could unfold
 * to gigabytes.
 */
final class YamlDocuments {

    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 1_000_000;
    private static final String MERGE = "<<";
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private static final Pattern LOOKS_LIKE_JSON = Pattern.compile("\\s*\\{\\s*\".*", Pattern.DOTALL);

    /** A slash that is written with a backslash, after any number of backslashes that stand for themselves. */
    private static final Pattern ESCAPED_SLASH = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\/");

    /** What an alias stands for, with what it costs to follow it. */
    private record Anchored(DocumentTree tree, int values, int depth) {}

    private final ParserImpl parser;
    private final String file;
    private final List<String> remarks;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int values;
    private int depth;
    private int line = 1;

    private YamlDocuments(ParserImpl parser, String file, List<String> remarks) {
        this.parser = parser;
        this.file = file;
        this.remarks = remarks;
    }

    /**
     * Reads them.
     *
     * @param remarks gets a sentence for each thing that is passed over
     * @throws CommandFailure with exit code 2 for what is no YAML
     */
    static List<DocumentTree> of(InputText input, List<String> remarks) {
        LoaderOptions large = new LoaderOptions();
        large.setCodePointLimit(InputText.MOST_BYTES);
        StreamReader reader = new StreamReader(
                LOOKS_LIKE_JSON.matcher(input.text()).matches() ? jsonAsYaml(input.text()) : input.text());
        return new YamlDocuments(new ParserImpl(reader, large), input.name(), remarks).all();
    }

    /** JSON is YAML but for two things: a tab, which is never within a text, and the escaped slash. */
    private static String jsonAsYaml(String json) {
        return ESCAPED_SLASH.matcher(json.replace('\t', ' ')).replaceAll("$1/");
    }

    private List<DocumentTree> all() {
        List<DocumentTree> documents = new ArrayList<>();
        try {
            for (Event event = next(); !event.is(Event.ID.StreamEnd); event = next()) {
                if (event.is(Event.ID.DocumentStart)) {
                    anchors.clear();
                    documents.add(value(next()));
                }
            }
            return documents;
        } catch (MarkedYAMLException broken) {
            Mark mark = broken.getProblemMark();
            line = mark == null ? line : mark.getLine() + 1;
            throw notYaml(String.valueOf(broken.getProblem()));
        } catch (YAMLException unreadable) {
            throw notYaml(
                    String.valueOf(unreadable.getMessage()).lines().findFirst().orElse(""));
        } catch (IllegalArgumentException unreadable) {
            // The parser lets some bad escapes through to the JDK, whose messages do not help the operator.
            throw notYaml("invalid escape sequence");
        }
    }

    private Event next() {
        Event event = parser.getEvent();
        line = event.getStartMark() == null ? line : event.getStartMark().getLine() + 1;
        return event;
    }

    private DocumentTree value(Event event) {
        count(1);
        if (event instanceof AliasEvent alias) {
            return followed(alias.getAnchor());
        }
        String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
        int before = values;
        checkDepth(++depth);
        DocumentTree tree = switch (event.getEventId()) {
            case MappingStart -> mapping();
            case SequenceStart -> sequence();
            default -> scalar((ScalarEvent) event);
        };
        depth--;
        if (anchor != null) {
            anchors.put(anchor, new Anchored(tree, values - before, tree.depth()));
        }
        return tree;
    }

    private static DocumentTree scalar(ScalarEvent event) {
        return isPlain(event) && NULLS.contains(event.getValue())
                ? DocumentTree.Nothing.NOTHING
                : new DocumentTree.Scalar(event.getValue());
    }

    private static boolean isPlain(ScalarEvent event) {
        return event.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private DocumentTree followed(@Nullable String alias) {
        Anchored anchored = anchors.get(alias);
        if (anchored == null) {
            throw notYaml("the alias *" + alias + " has no anchor before it");
        }
        checkDepth(depth + anchored.depth());
        count(anchored.values());
        return anchored.tree();
    }

    /** Its own keys count over merged ones, and of these the first. */
    private DocumentTree mapping() {
        Map<String, DocumentTree> entries = new LinkedHashMap<>();
        List<DocumentTree> merged = new ArrayList<>();
        for (Event event = next(); !event.is(Event.ID.MappingEnd); event = next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw notYaml("a key must be plain text");
            }
            int here = line;
            DocumentTree value = value(next());
            if (isPlain(key) && key.getValue().equals(MERGE)) {
                merged.addAll(value.items().isEmpty() ? List.of(value) : value.items());
            } else if (entries.put(key.getValue(), value) != null) {
                remark(here, key.getValue() + " is a duplicate key, the last counts");
            }
        }
        for (DocumentTree one : merged) {
            if (!(one instanceof DocumentTree.Mapping)) {
                remark(line, MERGE + " merges mappings only, anything else is ignored");
            }
            one.entries().forEach(entries::putIfAbsent);
        }
        return new DocumentTree.Mapping(entries);
    }

    private DocumentTree sequence() {
        List<DocumentTree> items = new ArrayList<>();
        for (Event event = next(); !event.is(Event.ID.SequenceEnd); event = next()) {
            items.add(value(event));
        }
        return new DocumentTree.Sequence(items);
    }

    private void count(int more) {
        values += more;
        if (values > MOST_VALUES) {
            throw CommandFailure.wrong(ReportText.of(file) + " has more than " + MOST_VALUES
                    + " values, with those of its aliases: split it.");
        }
    }

    private void checkDepth(int levels) {
        if (levels > DEEPEST) {
            throw notYaml("it is nested deeper than " + DEEPEST);
        }
    }

    private void remark(int at, String words) {
        remarks.add(ReportText.of(file + ":" + at + ": " + words));
    }

    private CommandFailure notYaml(String words) {
        return CommandFailure.wrong(file + ":" + line + ": this is not YAML: " + ReportText.of(words)
                + "; a chart's template has to be rendered first, by `helm template`.");
    }
}
