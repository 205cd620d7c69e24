package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Documents in YAML. Aliases and merge keys are followed: access rules may stand behind them. What they stand for counts
 * each time, since a few lines of them could unfold to gigabytes.
 */
final class YamlEvents {

    private static final String MERGE = "<<";
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final ParserImpl parser;
    private final YamlDocuments whole;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int depth;
    private int line = 1;

    /** What an alias stands for, with what it costs to follow it. */
    private record Anchored(Tree tree, int values, int depth) {}

    private YamlEvents(ParserImpl parser, YamlDocuments whole) {
        this.parser = parser;
        this.whole = whole;
    }

    static List<Tree> read(String text, YamlDocuments whole) {
        LoaderOptions large = new LoaderOptions();
        large.setCodePointLimit(InputText.MOST_BYTES);
        return new YamlEvents(new ParserImpl(new StreamReader(text), large), whole).all();
    }

    private List<Tree> all() {
        List<Tree> documents = new ArrayList<>();
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
            // The parser lets some bad escapes through to the JDK, whose words are for nobody.
            throw notYaml("a character that is written by its number is none");
        }
    }

    private Event next() {
        Event event = parser.getEvent();
        line = event.getStartMark() == null ? line : event.getStartMark().getLine() + 1;
        return event;
    }

    private CommandFailure notYaml(String words) {
        return whole.notYaml(line, words);
    }

    private Tree value(Event event) {
        whole.count(1);
        if (event instanceof AliasEvent alias) {
            return followed(alias.getAnchor());
        }
        String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
        int before = whole.counted();
        if (++depth > YamlDocuments.DEEPEST) {
            throw notYaml(YamlDocuments.TOO_DEEP);
        }
        Tree tree = switch (event.getEventId()) {
            case MappingStart -> mapping();
            case SequenceStart -> sequence();
            default -> scalar((ScalarEvent) event);
        };
        depth--;
        if (anchor != null) {
            anchors.put(anchor, new Anchored(tree, whole.counted() - before, tree.depth()));
        }
        return tree;
    }

    private static Tree scalar(ScalarEvent event) {
        return isPlain(event) && NULLS.contains(event.getValue())
                ? Tree.Nothing.NOTHING
                : new Tree.Scalar(event.getValue());
    }

    private static boolean isPlain(ScalarEvent event) {
        return event.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private Tree followed(@Nullable String alias) {
        Anchored anchored = anchors.get(alias);
        if (anchored == null) {
            throw notYaml("the alias *" + alias + " stands for nothing before it");
        }
        if (depth + anchored.depth() > YamlDocuments.DEEPEST) {
            throw notYaml(YamlDocuments.TOO_DEEP);
        }
        whole.count(anchored.values());
        return anchored.tree();
    }

    /** Its own keys count over merged ones, and of these the first. */
    private Tree mapping() {
        Map<String, Tree> entries = new LinkedHashMap<>();
        List<Tree> merged = new ArrayList<>();
        for (Event event = next(); !event.is(Event.ID.MappingEnd); event = next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw notYaml("a key must be plain text");
            }
            int here = line;
            Tree value = value(next());
            if (isPlain(key) && key.getValue().equals(MERGE)) {
                merged.addAll(value.items().isEmpty() ? List.of(value) : value.items());
            } else if (entries.put(key.getValue(), value) != null) {
                whole.repeated(here, key.getValue());
            }
        }
        for (Tree one : merged) {
            if (!(one instanceof Tree.Mapping)) {
                whole.remark(line, MERGE + " merges mappings only, so nothing is made of something else");
            }
            one.entries().forEach(entries::putIfAbsent);
        }
        return new Tree.Mapping(entries);
    }

    private Tree sequence() {
        List<Tree> items = new ArrayList<>();
        for (Event event = next(); !event.is(Event.ID.SequenceEnd); event = next()) {
            items.add(value(event));
        }
        return new Tree.Sequence(items);
    }
}
