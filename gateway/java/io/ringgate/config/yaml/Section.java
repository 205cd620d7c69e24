package io.ringgate.config.yaml;

import io.ringgate.config.Place;
import io.ringgate.config.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of keys while it is read. It notes which keys a reader asked for: what is left over at the {@link #end} is
 * unknown. A value that cannot be taken is a problem once, and then counts as absent.
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

    /** A section of a node of any kind: what is not a set of keys is told and reads as an empty one. */
    static Section of(Node node, ReadContext reading) {
        return switch (node) {
            case Node.Mapping mapping -> new Section(node, mapping.entries(), reading);
            case Node.Empty _, Node.Refused _ -> new Section(node, Map.of(), reading);
            case Node.Scalar _, Node.Sequence _ -> {
                reading.problems().error(node.place(), "is " + node.kind() + ", write keys under it");
                yield new Section(new Node.Refused(node.place()), Map.of(), reading);
            }
        };
    }

    /** One of which nothing can be known: nothing in it is told as missing. */
    static Section refused(Place place, ReadContext reading) {
        return new Section(new Node.Refused(place), Map.of(), reading);
    }

    ReadContext reading() {
        return reading;
    }

    Problems problems() {
        return reading.problems();
    }

    Place place() {
        return node.place();
    }

    /** What is wrong with the section as a whole, and what to write. */
    void error(String words) {
        error(place(), words);
    }

    /** What is wrong with a key, and what to write. */
    void error(String key, String words) {
        error(place(key), words);
    }

    void error(Place place, String words) {
        problems().error(place, words);
    }

    /** What is wrong with a key, though it can be taken. */
    void warning(String key, String words) {
        problems().warning(place(key), words);
    }

    void warning(Place place, String words) {
        problems().warning(place, words);
    }

    /** Where a key stands, or would stand. */
    Place place(String key) {
        Node value = entries.get(key);
        return value == null ? place().key(key) : value.place();
    }

    /** The value of a key for a message, if it may be shown. */
    String shown(String key) {
        return entries.get(key) instanceof Node.Scalar scalar ? scalar.shown() : "the value";
    }

    /** True when the operator wrote the key, whatever stands behind it. Counts as asking for it. */
    boolean has(String key) {
        return node(key) != null;
    }

    @Nullable
    Node node(String key) {
        if (!known.contains(key)) {
            known.add(key);
            reading.keys().asked(place(), key);
        }
        return entries.get(key);
    }

    <T> T read(String key, Kind<T> kind, T fallback) {
        T value = find(key, kind, fallback);
        return value == null ? fallback : value;
    }

    /** Absent is a problem. The advice goes on after "is missing": "write ...". */
    <T> @Nullable T require(String key, Kind<T> kind, String advice) {
        missing(key, advice);
        return find(key, kind);
    }

    /** Tells that a key is absent, unless the whole section was refused. */
    void missing(String key, String advice) {
        reading.keys().required(place(), key);
        if (!has(key) && !(node instanceof Node.Refused)) {
            problems().error(place(key), "is missing, " + advice);
        }
    }

    <T> @Nullable T find(String key, Kind<T> kind) {
        return find(key, kind, null);
    }

    /**
     * The same for a key with a default that the caller applies.
     *
     * @param usual that default
     */
    <T> @Nullable T find(String key, Kind<T> kind, @Nullable T usual) {
        reading.keys().value(place(), key, kind, usual);
        Node value = node(key);
        return value == null ? null : scalar(value, kind);
    }

    private <T> @Nullable T scalar(Node value, Kind<T> kind) {
        switch (value) {
            case Node.Scalar scalar -> {
                try {
                    return kind.read(scalar.text());
                } catch (InvalidValue unfit) {
                    problems().error(scalar.place(), scalar.fault(unfit));
                }
            }
            case Node.Empty _ -> problems().error(value.place(), "has no value, write one or leave the key out");
            case Node.Mapping _, Node.Sequence _ ->
                problems().error(value.place(), "is " + value.kind() + ", write one value");
            case Node.Refused _ -> {
                // told already
            }
        }
        return null;
    }

    /** The keys under a key. An absent key reads as an empty section, so that its defaults hold. */
    Section section(String key) {
        Node value = node(key);
        if (value == null) {
            Node absent = node instanceof Node.Refused ? new Node.Refused(place(key)) : new Node.Empty(place(key));
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

    /** A list that must be there and have an item. The advice goes on after "is missing" and "is empty". */
    List<Section> someSections(String key, String advice) {
        missing(key, advice);
        if (emptyList(key)) {
            problems().error(place(key), "is empty, " + advice);
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

    <T> List<Located<T>> list(String key, Kind<T> kind) {
        return list(key, kind, List.of());
    }

    /**
     * The same for a list with a default that the caller applies.
     *
     * @param usual that default
     */
    <T> List<Located<T>> list(String key, Kind<T> kind, Iterable<T> usual) {
        reading.keys().list(place(), key, kind, usual);
        List<Located<T>> values = new ArrayList<>();
        for (Node item : items(key)) {
            T value = scalar(item, kind);
            if (value != null) {
                values.add(new Located<>(value, item.place()));
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
                problems().error(other.place(), "is " + other.kind() + ", write a list: lines that begin with '- '");
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
    <T> Map<String, Located<T>> all(Kind<T> kind) {
        reading.keys().free(place(), kind);
        Map<String, Located<T>> values = new LinkedHashMap<>();
        entries.forEach((key, written) -> {
            T value = scalar(written, kind);
            if (value != null) {
                values.put(key, new Located<>(value, written.place()));
            }
        });
        return values;
    }

    /** The last call of a reader: keys that nobody asked for are problems. */
    void end() {
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                problems().error(value.place(), "unknown key `" + SafeText.key(key) + "`, " + advice(key));
            }
        });
    }

    private String advice(String key) {
        for (Map.Entry<String, Section> section : hollow.entrySet()) {
            if (section.getValue().known.contains(key)) {
                return "it belongs under `" + section.getKey() + "`: write it with two spaces more before it";
            }
        }
        String near = Nearest.to(key, known);
        return near != null ? "did you mean `" + near + "`?" : "known here: " + String.join(", ", known);
    }
}
