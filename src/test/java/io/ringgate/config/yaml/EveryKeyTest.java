package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Strictness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@link FullConfig} to the readers: a key that a reader knows and that stands in no full sample fails here. What a
 * reader knows is taken from its own answer to an unknown key.
 */
class EveryKeyTest {

    private static final String BOGUS = "zzzzzzzzzzzzzzzzzz";

    /** The operator chooses these keys. */
    private static final List<String> FREE = List.of(
            "edges[].labels",
            "edges[].on_conflict",
            "edges[].credentials[].jwt.claims",
            "edges[].credentials[].oauth2.claims");

    private static final List<String> FREE_IN_LIMITS =
            List.of("edges", "write.tenants", "write.global.meta_monitoring_http_client");

    @TempDir
    Path folder;

    @Test
    void the_full_samples_have_every_key_that_a_reader_knows() throws IOException {
        Map<String, Set<String>> written = new TreeMap<>();
        Map<String, Set<String>> known = new TreeMap<>();
        for (String text :
                List.of(FullConfig.SETTINGS, FullConfig.DNS, FullConfig.HASHRINGS, FullConfig.THANOS_SETTINGS)) {
            Node tree = tree(text);
            collect(tree, written);
            learn(new ConfigFixture(folder).settings(flow(tree, true)), known);
        }
        for (String text : List.of(FullConfig.EDGES, FullConfig.TLS_INTROSPECTION)) {
            Node edges = tree(text);
            collect(edges, written);
            learn(new ConfigFixture(folder).edges(flow(edges, true)), known);
        }
        FREE.forEach(written::remove);

        assertThat(written).isEqualTo(known);
    }

    @Test
    void the_full_limits_have_every_key_that_a_reader_knows() throws IOException {
        Map<String, Set<String>> written = new TreeMap<>();
        Map<String, Set<String>> known = new TreeMap<>();
        Node policy = tree(FullConfig.POLICY);
        collect(policy, written);
        learn(new ConfigFixture(folder).file("limits/_default.yaml", flow(policy, true)), known);
        Node thanos = tree(FullConfig.THANOS);
        collect(thanos, written);
        learn(
                new ConfigFixture(folder).settings(FullConfig.THANOS_SETTINGS).file("thanos.yaml", flow(thanos, true)),
                known);
        FREE_IN_LIMITS.forEach(written::remove);

        assertThat(written).isEqualTo(known);
    }

    private void learn(ConfigFixture trial, Map<String, Set<String>> known) throws IOException {
        for (Problem problem : trial.load(Strictness.LENIENT).problems().list()) {
            String mark = "known here: ";
            int at = problem.message().indexOf(mark);
            if (at >= 0) {
                String path = problem.position().path();
                String section = path.equals(BOGUS) ? "" : path.substring(0, path.lastIndexOf('.'));
                known.computeIfAbsent(plain(section), _ -> new TreeSet<>())
                        .addAll(Arrays.asList(
                                problem.message().substring(at + mark.length()).split(", ")));
            }
        }
    }

    private static void collect(Node node, Map<String, Set<String>> written) {
        switch (node) {
            case Node.Mapping mapping -> {
                String path = plain(mapping.position().path());
                written.computeIfAbsent(path, _ -> new TreeSet<>())
                        .addAll(mapping.entries().keySet());
                mapping.entries().values().forEach(n -> collect(n, written));
            }
            case Node.Sequence sequence -> sequence.items().forEach(n -> collect(n, written));
            case Node.Scalar _, Node.Empty _, Node.Refused _ -> {
                // has no keys
            }
        }
    }

    /** The tree as one line of YAML, with an unknown key in every section. */
    private static String flow(Node node, boolean top) {
        return switch (node) {
            case Node.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(e -> e.getKey() + ": " + flow(e.getValue(), false))
                        .collect(Collectors.joining(
                                ", ",
                                isFree(plain(mapping.position().path())) ? "{" : "{" + BOGUS + ": 1, ",
                                top ? "}\n" : "}"));
            case Node.Sequence sequence ->
                sequence.items().stream().map(n -> flow(n, false)).collect(Collectors.joining(", ", "[", "]"));
            case Node.Scalar scalar -> '"' + scalar.written() + '"';
            case Node.Empty _, Node.Refused _ -> throw new AssertionError("a full sample has values only");
        };
    }

    private static boolean isFree(String path) {
        return FREE.contains(path) || FREE_IN_LIMITS.contains(path);
    }

    private static String plain(String path) {
        return path.replaceAll("\\[\\d+\\]", "[]");
    }

    private static Node tree(String text) {
        Problems problems = new Problems();
        @Nullable Node node = YamlTree.read(text, "full", new Environment(_ -> null), problems);
        assertThat(problems.list()).isEmpty();
        return Objects.requireNonNull(node);
    }
}
