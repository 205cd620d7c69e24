package io.ringgate.config.yaml;

import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of keys while it is read. It notes which keys a reader asked for: what is left over at the {@link #end} is
 * unknown. An invalid value is reported once, and then counts as absent.
 */
final class Section {

    private final Node node;
    private final Map<String, Node> entries;
    private final ReadContext reading;
    private final List<String> known = new ArrayList<>();

    /** Those that are written with nothing under them: their keys may stand beside them by mistake. */
    private final Map<String, Section> hollow = new LinkedHashMap<>();

    private Section(Node node, Map<String, Node> entries, ReadContext reading) {
        this.node = node;
        this.entries = entries;
        this.reading = reading;
    }

    /** A section of a node of any kind: what is not a set of keys is reported and reads as an empty one. */
    static Section of(Node node, ReadContext reading) {
        return switch (node) {
            case Node.Mapping mapping -> new Section(node, mapping.entries(), reading);
            case Node.Empty _, Node.Refused _ -> new Section(node, Map.of(), reading);
            case Node.Scalar _, Node.Sequence _ -> {
                reading.problems().error(node.position(), "is " + node.kind() + ", write keys under it");
                yield new Section(new Node.Refused(node.position()), Map.of(), reading);
            }
        };
    }

    /** A section that cannot be read: nothing in it is reported as missing. */
    static Section refused(SourcePosition position, ReadContext reading) {
        return new Section(new Node.Refused(position), Map.of(), reading);
    }

    ReadContext reading() {
        return reading;
    }

    Problems problems() {
        return reading.problems();
    }

    SourcePosition position() {
        return node.position();
    }

    /** What is wrong with the section as a whole, and what to write. */
    void error(String words) {
        error(position(), words);
    }

    /** What is wrong with a key, and what to write. */
    void error(String key, String words) {
        error(position(key), words);
    }

    void error(SourcePosition position, String words) {
        problems().error(position, words);
    }

    /** What is wrong with a key that can be used all the same. */
    void warning(String key, String words) {
        problems().warning(position(key), words);
    }

    void warning(SourcePosition position, String words) {
        problems().warning(position, words);
    }

    /** Where a key stands, or would stand. */
    SourcePosition position(String key) {
        Node value = entries.get(key);
        return value == null ? position().key(key) : value.position();
    }

    /** The value of a key for a message, if it may be shown. */
    String displayValue(String key) {
        return entries.get(key) instanceof Node.Scalar scalar ? scalar.displayValue() : "the value";
    }

    /** True when the operator wrote the key, whatever stands behind it. Counts as asking for it. */
    boolean has(String key) {
        return node(key) != null;
    }

    @Nullable
    Node node(String key) {
        if (!known.contains(key)) {
            known.add(key);
            reading.keys().asked(position(), key);
        }
        return entries.get(key);
    }

    <T> T read(String key, ValueKind<T> kind, T fallback) {
        T value = find(key, kind, fallback);
        return value == null ? fallback : value;
    }

    /** Absent is a problem. The advice follows "is missing": "write ...". */
    <T> @Nullable T require(String key, ValueKind<T> kind, String advice) {
        missing(key, advice);
        return find(key, kind);
    }

    /** Reports that a key is absent, unless the whole section was refused. */
    void missing(String key, String advice) {
        reading.keys().required(position(), key);
        if (!has(key) && !(node instanceof Node.Refused)) {
            problems().error(position(key), "is missing, " + advice);
        }
    }

    <T> @Nullable T find(String key, ValueKind<T> kind) {
        return find(key, kind, null);
    }

    /**
     * The same for a key with a default that the caller applies.
     *
     * @param usual that default
     */
    <T> @Nullable T find(String key, ValueKind<T> kind, @Nullable T usual) {
        reading.keys().value(position(), key, kind, usual);
        Node value = node(key);
        return value == null ? null : scalar(value, kind);
    }

    private <T> @Nullable T scalar(Node value, ValueKind<T> kind) {
        switch (value) {
            case Node.Scalar scalar -> {
                try {
                    return kind.read(scalar.text());
                } catch (InvalidValue unfit) {
                    problems().error(scalar.position(), scalar.fault(unfit));
                }
            }
            case Node.Empty _ -> problems().error(value.position(), "has no value, write one or leave the key out");
            case Node.Mapping _, Node.Sequence _ ->
                problems().error(value.position(), "is " + value.kind() + ", write one value");
            case Node.Refused _ -> {
                // reported already
            }
        }
        return null;
    }

    /** The keys under a key. An absent key reads as an empty section, so that its defaults hold. */
    Section section(String key) {
        Node value = node(key);
        if (value == null) {
            Node absent =
                    node instanceof Node.Refused ? new Node.Refused(position(key)) : new Node.Empty(position(key));
            return new Section(absent, Map.of(), reading);
        }
        Section section = of(value, reading);
        if (section.isNothing()) {
            hollow.put(key, section);
        }
        return section;
    }

    /** The keys under every key, for sections whose keys the operator chooses. */
    Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        entries.forEach((key, value) -> sections.put(key, of(value, reading)));
        return sections;
    }

    List<Section> sections(String key) {
        return items(key).stream().map(item -> of(item, reading)).toList();
    }

    /** A list that must be there and have an item. The advice follows "is missing" and "is empty". */
    List<Section> someSections(String key, String advice) {
        missing(key, advice);
        if (emptyList(key)) {
            problems().error(position(key), "is empty, " + advice);
        }
        return sections(key);
    }

    /** True when the key is there and its list has no item, or nothing stands behind it. */
    boolean emptyList(String key) {
        return switch (node(key)) {
            case Node.Empty _ -> true;
            case Node.Sequence sequence -> sequence.items().isEmpty();
            case null, default -> false;
        };
    }

    <T> List<LocatedValue<T>> list(String key, ValueKind<T> kind) {
        return list(key, kind, List.of());
    }

    /**
     * The same for a list with a default that the caller applies.
     *
     * @param usual that default
     */
    <T> List<LocatedValue<T>> list(String key, ValueKind<T> kind, Iterable<T> usual) {
        reading.keys().list(position(), key, kind, usual);
        List<LocatedValue<T>> values = new ArrayList<>();
        for (Node item : items(key)) {
            T value = scalar(item, kind);
            if (value != null) {
                values.add(new LocatedValue<>(value, item.position()));
            }
        }
        return values;
    }

    private List<Node> items(String key) {
        return switch (node(key)) {
            case null -> List.of();
            case Node.Sequence sequence -> sequence.items();
            case Node.Empty _, Node.Refused _ -> List.of();
            case Node other -> {
                problems().error(other.position(), "is " + other.kind() + ", write a list: lines that begin with '- '");
                yield List.of();
            }
        };
    }

    /** True for a key that was written with nothing behind it. */
    boolean isNothing() {
        return node instanceof Node.Empty;
    }

    /** True when nothing stands in it, also where it is not written. */
    boolean hasNoKeys() {
        return switch (node) {
            case Node.Mapping mapping -> mapping.entries().isEmpty();
            case Node.Empty _ -> true;
            case Node.Refused _, Node.Scalar _, Node.Sequence _ -> false;
        };
    }

    /** Every key with its value, for sections whose keys the operator chooses. Values that cannot be taken are left out. */
    <T> Map<String, LocatedValue<T>> all(ValueKind<T> kind) {
        reading.keys().free(position(), kind);
        Map<String, LocatedValue<T>> values = new LinkedHashMap<>();
        entries.forEach((key, written) -> {
            T value = scalar(written, kind);
            if (value != null) {
                values.put(key, new LocatedValue<>(value, written.position()));
            }
        });
        return values;
    }

    /** The last call of a reader: keys that nobody asked for are problems. */
    void end() {
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                problems().error(value.position(), "unknown key `" + QuotedText.key(key) + "`, " + advice(key));
            }
        });
    }

    private String advice(String key) {
        for (Map.Entry<String, Section> section : hollow.entrySet()) {
            if (section.getValue().known.contains(key)) {
                return "it belongs under `" + section.getKey() + "`: write it with two spaces more before it";
            }
        }
        String near = NearestKey.to(key, known);
        return near != null ? "did you mean `" + near + "`?" : "known here: " + String.join(", ", known);
    }
}
