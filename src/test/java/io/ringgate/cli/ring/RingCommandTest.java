package io.ringgate.cli.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringgate.cli.Main;
import io.ringgate.hashring.FileHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class RingCommandTest {

    private static final Path RECORDED = Path.of("src/test/resources/vectors/rings");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERIES = "{\"tenant\": \"t\", \"labels\": [[\"__name__\", \"up\"]]}\n";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static List<Path> recorded() throws IOException {
        try (Stream<Path> files = Files.list(RECORDED)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void place_answers_every_line_as_thanos_does(Path file) throws IOException {
        JsonNode recorded = JSON.readTree(file.toFile());
        Path rings = write("rings.json", recorded.get("hashrings").toString());
        StringBuilder lines = new StringBuilder();
        for (JsonNode one : recorded.get("cases")) {
            lines.append(JSON.writeValueAsString(((ObjectNode) one.deepCopy()).without(List.of("replicas", "error"))))
                    .append('\n');
        }

        int code = place(
                lines.toString(),
                "--hashrings-file",
                rings.toString(),
                "--algorithm",
                recorded.get("algorithm").textValue(),
                "--replication-factor",
                recorded.get("replication_factor").toString());

        if (recorded.has("config_error")) {
            assertThat(code).isEqualTo(2);
            assertThat(err.toString())
                    .contains(recorded.get("config_error").textValue())
                    .doesNotContain("\tat ");
            assertThat(out.toString()).isEmpty();
            return;
        }
        assertThat(code).isZero();
        List<String> answers = out.toString().lines().toList();
        assertThat(answers).hasSameSizeAs(recorded.get("cases"));
        for (int i = 0; i < answers.size(); i++) {
            assertThat(JSON.readTree(answers.get(i)))
                    .isEqualTo(expected(recorded.get("cases").get(i)));
        }
    }

    private static JsonNode expected(JsonNode one) {
        ObjectNode expected = JSON.createObjectNode();
        if (one.has("error")) {
            return expected.put("error", one.get("error").textValue());
        }
        one.get("replicas")
                .forEach(replica -> expected.withArray("replicas")
                        .add(replica.get("address").textValue()));
        return expected;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"tenant": "t"}                             | labels is missing
            {"labels": []}                              | tenant is missing
            {"tenant": 1, "labels": []}                 | tenant must be text
            {"tenant": "t", "labels": [["a"]]}          | a label must be [name, value], both text
            {"tenant": "t", "labels": [["a","b","c"]]}  | a label must be [name, value]
            {"tenant": "t", "labels": {}}               | labels must be a list of [name, value]
            []                                          | the line must be an object
            {"tenant": "t", "labels": []} 1             | something follows after the object
            """)
    void a_line_that_is_no_series_is_answered_with_what_is_wrong(String line, String error) throws IOException {
        Path rings = write("rings.json", "[{\"endpoints\": [\"a:1\"]}]");

        int code = place(line + "\nnonsense\n\n" + SERIES, "--hashrings-file", rings.toString());

        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .hasSize(3)
                .startsWith("{\"error\": \"" + error + "\"}")
                .endsWith("{\"replicas\": [\"a:1\"]}")
                .anyMatch(answer -> answer.startsWith("{\"error\": \"this is not JSON: "));
    }

    @Test
    void keys_of_a_line_may_be_written_in_any_case_and_come_with_others() throws IOException {
        Path rings = write("rings.json", "[{\"endpoints\": [\"a\\\"1\"]}]");

        place("{\"Tenant\": \"t\", \"x\": {\"y\": [1]}, \"LABELS\": []}", "--hashrings-file", rings.toString());

        assertThat(out.toString()).isEqualTo("{\"replicas\": [\"a\\\"1\"]}\n");
    }

    @Test
    void rings_on_which_thanos_hangs_are_refused_with_the_reason() throws IOException {
        Path rings = write("rings.json", """
                [{"hashring": "r", "endpoints": [{"address": "a", "az": "x"}, {"address": "b", "az": "y"},
                  {"address": "c", "az": "y"}, {"address": "d", "az": "y"}]}]""");

        int code =
                run("show", "--hashrings-file", rings.toString(), "--algorithm", "ketama", "--replication-factor", "4");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("[0] r: ketama: zones of 1 and 3 endpoints are too uneven", "at most 3");
    }

    @Test
    void show_gives_the_largest_share_first_and_the_zones() throws IOException {
        Path rings = write("rings.json", """
                [{"hashring": "r", "endpoints": [{"address": "a:1", "az": "x"}, {"address": "b:1", "az": "y"},
                  {"address": "c:1", "az": "y"}]}]""");

        int code =
                run("show", "--hashrings-file", rings.toString(), "--algorithm", "ketama", "--replication-factor", "2");

        assertThat(code).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0))
                .isEqualTo("hash " + FileHash.of(Files.readAllBytes(rings)).value());
        assertThat(lines.get(1)).isEqualTo("ring r: ketama, replication factor 2, 3 endpoints, every tenant");
        assertThat(lines.get(2)).startsWith("  a:1  x").contains(" 50.00 %  " + "\u2588".repeat(30));
        assertThat(lines.subList(5, 7)).allMatch(line -> line.contains("zone ") && line.contains(" 50.00 %"));
        assertThat(out.toString()).contains("zones are uneven (x 1, y 2)");
    }

    @Test
    void show_warns_of_what_receivers_pass_over() throws IOException {
        Path rings = write("rings.json", """
                [{"tenants": ["a-*", "b-*"], "tenant_matcher_type": "glob", "endpoints": ["a:1", "b:1"], "zone": 1},
                 {"tenants": ["c"], "tenant_matcher_type": "regex", "algorithm": "maglev", "endpoints": ["a:1", "a:1"]},
                 {"algorithm": "ketama", "endpoints": ["a:1", "b:1", "c:1"], "shuffle_sharding_config": {"shard_size": 2,
                   "overrides": [{"shard_size": 3, "tenants": ["x"]},
                     {"shard_size": 9, "tenants": ["[", "y"], "tenant_matcher_type": "glob"},
                     {"shard_size": 1, "tenants": ["z"], "tenant_matcher_type": "exact"}]}},
                 {"endpoints": ["d:1"]}]""");

        int code = run("show", "--hashrings-file", rings.toString(), "--replication-factor", "2");

        assertThat(code).as("ring [3] has too few endpoints").isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "warning: ring [0]: several patterns in one ring: before 0.38.0",
                        "warning: ring [1]: tenant_matcher_type regex is not known",
                        "warning: ring [1]: algorithm maglev is not known and works as hashmod",
                        "warning: ring [1]: a:1 is written twice",
                        "warning: ring [2]: shuffle sharding: before 0.39.0",
                        "warning: ring [2]: overrides[0] is passed over",
                        "warning: ring [2]: overrides[1]: pattern [ cannot be read",
                        "warning: ring [2]: overrides[1] shard_size 9 takes 9 endpoints of each zone, zone none has 3",
                        "warning: ring [2]: overrides[2] shard_size 1 makes shards smaller than the replication factor",
                        "warning: ring [3]: never reached",
                        "warning: ring [3]: every write fails: 1 endpoints are fewer",
                        "warning: line 1: [0].zone: unknown key");
    }

    @Test
    void diff_of_a_file_with_itself_moves_nothing() throws IOException {
        Path rings = write("rings.json", "[{\"endpoints\": [\"a:1\", \"b:1\", \"c:1\"]}]");

        int code = run("diff", rings.toString(), rings.toString(), "--tenant", "t");

        assertThat(code).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                ring [0]: 0.00 % of series move (0.00 % of copies)
                tenant t: 0.00 % of series move (0.00 % of copies)
                """);
    }

    @Test
    void diff_tells_what_a_new_endpoint_takes() throws IOException {
        Path old = write("old.json", "[{\"endpoints\": [\"a:1\", \"b:1\", \"c:1\"]}]");
        Path next = write("new.json", "[{\"endpoints\": [\"a:1\", \"b:1\", \"c:1\", \"d:1\"]}]");

        run("diff", old.toString(), next.toString(), "--algorithm", "ketama", "--tenant", "t");

        List<String> lines = out.toString().lines().toList();
        double share = Double.parseDouble(lines.getFirst().replaceAll(".*: ([0-9.]+) % of series.*", "$1"));
        assertThat(share).isBetween(22.0, 28.0);
        assertThat(lines.get(1)).isEqualTo("  + d:1");
        assertThat(lines.get(2)).isEqualTo(lines.getFirst().replace("ring [0]", "tenant t"));
    }

    @Test
    void diff_tells_of_rings_that_come_and_go() throws IOException {
        Path old = write("old.json", "[{\"hashring\": \"x\", \"tenants\": [\"t\"], \"endpoints\": [\"a:1\"]}]");
        Path next = write("new.json", "[{\"hashring\": \"y\", \"tenants\": [\"u\"], \"endpoints\": [\"b:1\"]}]");

        run("diff", old.toString(), next.toString(), "--tenant", "t");

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                ring x: gone
                  - a:1
                  more than half of its endpoints go: the gateway waits for POST /-/reload?force=rings
                ring y: new
                  + b:1
                tenant t: has no place any more: no matching hashring to handle tenant
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "show --hashrings-file missing.json, missing.json does not exist.",
        "show --hashrings-file pom.xml, pom.xml:1: this is not JSON",
        "show --hashrings-file pom.xml --algorithm maglev, write hashmod or ketama",
        "show, write --hashrings-file",
        "diff a, NEW",
    })
    void what_is_wrong_with_the_command_line_is_a_sentence_and_exit_code_2(String line, String sentence) {
        int code = run(line.split(" ", -1));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void a_ring_on_which_every_write_fails_is_exit_code_1() throws IOException {
        Path few = write("few.json", "[{\"hashring\": \"r\", \"endpoints\": [\"a:1\", \"b:1\"]}]");
        Path good = write("good.json", "[{\"hashring\": \"r\", \"endpoints\": [\"a:1\", \"b:1\", \"c:1\"]}]");
        Path none = write("none.json", "[]");

        assertThat(run("show", "--hashrings-file", few.toString(), "--replication-factor", "3"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("every write fails");
        assertThat(run("show", "--hashrings-file", none.toString())).isEqualTo(1);
        assertThat(run("show", "--hashrings-file", good.toString(), "--replication-factor", "3"))
                .isZero();
        assertThat(run("diff", good.toString(), few.toString(), "--replication-factor", "3"))
                .as("what is to come")
                .isEqualTo(1);
        assertThat(run("diff", few.toString(), good.toString(), "--replication-factor", "3"))
                .as("what is left behind")
                .isZero();
    }

    @Test
    void the_configuration_gives_file_algorithm_and_factor() throws IOException {
        write("rings.json", "[{\"hashring\": \"r\", \"endpoints\": [\"a:1\", \"b:1\", \"c:1\"]}]");
        Path other =
                write("other.json", "[{\"hashring\": \"o\", \"endpoints\": [\"a:1\", \"b:1\", \"c:1\", \"d:1\"]}]");
        String config = configuration("{hashrings_file: rings.json, algorithm: ketama, replication_factor: 3}");

        assertThat(run("show", "--config", config)).isZero();
        assertThat(out.toString()).contains("ring r: ketama, replication factor 3, 3 endpoints");
        assertThat(run("show", "--config", config, "--hashrings-file", other.toString(), "--replication-factor", "2"))
                .isZero();
        assertThat(out.toString()).contains("ring o: ketama, replication factor 2, 4 endpoints");
        assertThat(run("show", "--config", config, "--algorithm", "hashmod")).isZero();
        assertThat(out.toString()).contains("ring r: hashmod, replication factor 3, 3 endpoints");
        assertThat(place(SERIES, "--config", config)).isZero();
        assertThat(out.toString().lines().toList().getLast()).contains("replicas", "a:1", "b:1", "c:1");
    }

    @Test
    void a_configuration_that_says_nothing_of_rings_is_refused() throws IOException {
        assertThat(run("show", "--config", configuration("{addresses: [a]}"))).isEqualTo(2);
        assertThat(err.toString()).contains("ringgate.yaml names no receivers.hashrings_file");
        assertThat(run("show", "--config", folder.resolve("typo.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("typo.yaml: does not exist");
    }

    @Test
    void a_config_map_is_read_as_its_file() throws IOException {
        Path config = write("cm.yaml", """
                apiVersion: v1
                kind: Namespace
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: rings}
                data:
                  other.json: "{}"
                  hashrings.json: |
                    [
                      {"hashring": "r", "endpoints": ["a:1"]}
                    ]
                """);

        assertThat(run("show", "--hashrings-file", config.toString())).isZero();

        assertThat(out.toString())
                .contains(
                        "ring r: hashmod, replication factor 1, 1 endpoint",
                        "hash "
                                + FileHash.of("[\n  {\"hashring\": \"r\", \"endpoints\": [\"a:1\"]}\n]\n"
                                                .getBytes(StandardCharsets.UTF_8))
                                        .value());
    }

    @Test
    void a_config_map_as_json_with_one_key_of_any_name_is_read_too() throws IOException {
        Path config = write("cm.json", """
                {"kind": "ConfigMap", "data": {"rings": "[{\\"hashring\\": \\"r\\", \\"endpoints\\": [\\"a:1\\"]}]"}}""");

        assertThat(run("show", "--hashrings-file", config.toString())).isZero();

        assertThat(out.toString()).contains("ring r: hashmod");
    }

    @Test
    void a_config_map_without_rings_says_which_keys_it_has() throws IOException {
        Path config = write("cm.yaml", "kind: ConfigMap\ndata: {one: a, two: b}\n");

        assertThat(run("show", "--hashrings-file", config.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("cm.yaml: the ConfigMap has no key hashrings.json but one, two");
    }

    @Test
    void a_fault_in_a_config_map_is_named_by_its_line_in_the_value() throws IOException {
        Path config = write("cm.yaml", "kind: ConfigMap\ndata:\n  hashrings.json: |\n    [\n      {]\n    ]\n");

        assertThat(run("show", "--hashrings-file", config.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("cm.yaml, line 2 of hashrings.json: ");
    }

    private String configuration(String receivers) throws IOException {
        return write("ringgate.yaml", """
                listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
                receivers: %s
                """.formatted(receivers)).toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(String... args) {
        return Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Stream.concat(Stream.of("ring"), Stream.of(args)).toArray(String[]::new));
    }

    private int place(String input, String... args) {
        RingPlaceCommand command =
                new RingPlaceCommand(() -> new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    err.write(String.valueOf(failure.getMessage()));
                    return 2;
                })
                .execute(args);
    }
}
