package io.ringgate.config.yaml;

import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every key that readers asked for while it was filled, by file and section, in the order in which they asked. */
final class KeyTable implements AskedKeys {

    /** One key: where several readers ask for it, the first that says more counts. */
    static final class Key {

        final String path;
        final String name;

        @Nullable
        ValueKind<?> kind;

        @Nullable
        String fallback;

        boolean isList;
        boolean isRequired;

        Key(String path, String name) {
            this.path = path;
            this.name = name;
        }
    }

    private final Map<String, Map<String, Key>> files = new LinkedHashMap<>();

    /** What a section with keys of the operator's choice holds. */
    private final Map<String, ValueKind<?>> free = new LinkedHashMap<>();

    /** The keys of a file by their paths. */
    Map<String, Key> keys(String file) {
        return files.getOrDefault(file, Map.of());
    }

    /** The sections of a file that have keys, the top first. */
    List<String> sections(String file) {
        List<String> sections = new ArrayList<>();
        for (Key key : keys(file).values()) {
            String section = parent(key);
            if (!sections.contains(section)) {
                sections.add(section);
            }
        }
        return sections;
    }

    List<Key> keysOf(String file, String section) {
        return keys(file).values().stream()
                .filter(key -> parent(key).equals(section))
                .toList();
    }

    String type(String file, Key key) {
        List<String> ways = new ArrayList<>();
        ValueKind<?> kind = key.kind;
        if (kind != null) {
            ways.add(key.isList ? "list of: " + kind.type() : kind.type());
        }
        ValueKind<?> values = free.get(key.path);
        if (values != null) {
            ways.add("keys of your own, each " + values.type());
        } else if (sections(file).contains(key.path)) {
            ways.add("keys");
        } else if (sections(file).contains(key.path + "[]")) {
            ways.add("list of keys");
        } else if (sections(file).stream().anyMatch(section -> section.matches("\\Q" + key.path + "\\E\\.\\*"))) {
            ways.add("keys by name");
        }
        return ways.isEmpty() ? "not used" : String.join("; or ", ways);
    }

    /** Reads the value of an example as the reader of the key would. */
    void read(Key key, String yaml) throws InvalidValue {
        Problems problems = new Problems();
        Node node = YamlTree.read("k: " + yaml + "\n", key.path, new Environment(_ -> null), problems);
        if (!(node instanceof Node.Mapping mapping) || !problems.list().isEmpty()) {
            throw new InvalidValue("is no YAML: " + problems.list());
        }
        ValueKind<?> kind = key.kind;
        ValueKind<?> values = free.get(key.path);
        Node value = mapping.entries().get("k");
        if (value instanceof Node.Scalar scalar && kind != null && !key.isList) {
            kind.read(scalar.text());
        } else if (value instanceof Node.Sequence items && kind != null && key.isList) {
            each(items.items(), kind);
        } else if (value instanceof Node.Mapping keys && values != null) {
            each(keys.entries().values(), values);
        } else {
            throw new InvalidValue("has another form than the key");
        }
    }

    private static void each(Collection<Node> nodes, ValueKind<?> kind) throws InvalidValue {
        for (Node node : nodes) {
            kind.read(((Node.Scalar) node).text());
        }
    }

    boolean hasValue(Key key) {
        return key.kind != null || free.containsKey(key.path);
    }

    @Override
    public synchronized void asked(SourcePosition section, String key) {
        key(section, key);
    }

    @Override
    public synchronized void required(SourcePosition section, String key) {
        key(section, key).isRequired = true;
    }

    @Override
    public synchronized <T> void value(SourcePosition section, String key, ValueKind<T> kind, @Nullable T fallback) {
        Key known = key(section, key);
        if (known.kind == null) {
            known.kind = kind;
        }
        if (fallback != null
                && known.fallback == null
                && !String.valueOf(fallback).isEmpty()) {
            known.fallback = kind.write(fallback);
        }
    }

    @Override
    public synchronized <T> void list(SourcePosition section, String key, ValueKind<T> kind, Iterable<T> fallback) {
        Key known = key(section, key);
        known.kind = kind;
        known.isList = true;
        TreeSet<String> items = new TreeSet<>();
        fallback.forEach(item -> items.add(kind.write(item)));
        if (!items.isEmpty()) {
            known.fallback = items.toString();
        }
    }

    @Override
    public synchronized void free(SourcePosition section, ValueKind<?> kind) {
        free.putIfAbsent(plain(section.path()), kind);
    }

    private Key key(SourcePosition section, String key) {
        String parent = plain(section.path());
        String path = parent.isEmpty() ? key : parent + "." + key;
        return files.computeIfAbsent(file(section.file()), _ -> new LinkedHashMap<>())
                .computeIfAbsent(path, _ -> new Key(path, key));
    }

    private static String parent(Key key) {
        return key.path.equals(key.name) ? "" : key.path.substring(0, key.path.length() - key.name.length() - 1);
    }

    private static String file(String shown) {
        return shown.substring(shown.lastIndexOf('/') + 1);
    }

    /** Items without their numbers, and the names that operators chose by what they are. */
    private static String plain(String path) {
        return path.replaceAll("\\[\\d+\\]", "[]")
                .replaceFirst("^edges\\.[^.]+", "edges.*")
                .replaceFirst("^write\\.tenants\\.[^.]+", "write.tenants.*");
    }
}
