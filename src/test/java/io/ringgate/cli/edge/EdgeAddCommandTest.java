package io.ringgate.cli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.cli.Main;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeAddCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void copySamples() throws IOException {
        for (String name : List.of("ringgate.yaml", "edges.yaml", "hashrings.json", "htpasswd")) {
            Files.copy(Path.of("config", name), folder.resolve(name));
        }
    }

    private int add(String... arguments) {
        String[] all = new String[arguments.length + 4];
        System.arraycopy(
                new String[] {
                    "edge", "add", "--config", folder.resolve("ringgate.yaml").toString()
                },
                0,
                all,
                0,
                4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private List<EdgeEntry> edges() {
        return Objects.requireNonNull(
                        new ConfigLoader(folder.resolve("ringgate.yaml"), Strictness.LENIENT, name -> null)
                                .load()
                                .config())
                .identities()
                .edges();
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("edges.yaml"));
    }

    private void file(String text) throws IOException {
        Files.writeString(folder.resolve("edges.yaml"), text);
    }

    @Test
    void the_edge_stands_behind_the_others_and_nothing_else_changes() throws IOException {
        String before = file();
        List<EdgeEntry> known = edges();

        int code = add(
                "cluster-77-edge",
                "--tenant",
                "team-a",
                "--label",
                "region=jeju",
                "--source",
                "10.5.0.0/16",
                "--source",
                "fd00:5::/64",
                "--not-after",
                "2127-01-31T00:00:00Z",
                "--note",
                "costs $5 \"a day\"");

        assertThat(err.toString()).contains("Edge cluster-77-edge is in ");
        assertThat(code).isZero();
        assertThat(file()).startsWith(before.stripTrailing());
        assertThat(edges()).hasSize(known.size() + 1).startsWith(known.toArray(EdgeEntry[]::new));
        EdgeEntry added = edges().getLast();
        assertThat(added.edge().name().value()).isEqualTo("cluster-77-edge");
        assertThat(added.edge().tenant().value()).isEqualTo("team-a");
        assertThat(added.edge().sources()).extracting(Object::toString).containsExactly("10.5.0.0/16", "fd00:5::/64");
        assertThat(added.credentials()).singleElement().satisfies(credential -> {
            assertThat(credential.proof().name()).isEqualTo("basic:cluster-77-edge");
            assertThat(credential.notAfter()).hasToString("2127-01-31T00:00:00Z");
            assertThat(credential.note()).isEqualTo("costs $5 \"a day\"");
        });
    }

    @Test
    void the_secret_is_random_is_shown_once_and_is_not_in_the_file() throws IOException {
        add("one", "--tenant", "t");
        add("two", "--tenant", "t");

        Matcher shown = Pattern.compile("password: ([A-Za-z0-9_-]{43})\n").matcher(out.toString());
        assertThat(shown.find()).isTrue();
        String first = shown.group(1);
        assertThat(shown.find()).isTrue();
        assertThat(shown.group(1)).isNotEqualTo(first);
        assertThat(file()).doesNotContain(first).doesNotContain(shown.group(1));
        assertThat(err.toString()).doesNotContain(first);
    }

    @Test
    void the_block_is_for_an_agent() {
        add("cluster-77-edge", "--tenant", "t", "--url", "https://gateway.example:19291/api/v1/receive");

        assertThat(out.toString()).matches("""
                remote_write:
                  - url: "https://gateway.example:19291/api/v1/receive"
                    basic_auth:
                      username: cluster-77-edge
                      password: [A-Za-z0-9_-]{43}
                    # tls_config: .*
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notaurl",
                "gateway.example:19291/api/v1/receive",
                "ftp://gateway.example/api/v1/receive",
                "https://",
                "https:///api/v1/receive",
                "https://user:word@gateway.example/api/v1/receive",
                "https://gateway.example/a b",
                "https://gateway.example:99999/api/v1/receive",
                "https://gateway.example/api/v1/receive#x",
                "https://gateway.example",
                "https://gateway.example/receive",
            })
    void what_is_no_url_of_writes_is_refused(String url) throws IOException {
        String before = file();

        assertThat(add("cluster-77-edge", "--tenant", "t", "--url", url)).isEqualTo(2);
        assertThat(err.toString())
                .contains("--url", "https://gateway.example:19291/api/v1/receive")
                .doesNotContain("user:word");
        assertThat(file()).isEqualTo(before);
    }

    @Test
    void without_a_url_the_first_listener_is_meant() throws IOException {
        add("one", "--tenant", "t");
        assertThat(out.toString()).contains("url: \"https://GATEWAY:19291/api/v1/receive\"");

        String yaml = Files.readString(folder.resolve("ringgate.yaml"));
        Files.writeString(
                folder.resolve("ringgate.yaml"),
                yaml.replaceFirst("(?m)^    # host_names: .*", "    host_names: [receive.example]"));
        add("two", "--tenant", "t");
        assertThat(out.toString()).contains("url: \"https://receive.example:19291/api/v1/receive\"");
    }

    @Test
    void a_password_file_is_for_its_owner_only_and_holds_nothing_but_the_secret() throws IOException {
        Path password = folder.resolve("password");

        assertThat(add("one", "--tenant", "t", "--password-file", password.toString()))
                .isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(password)).matches("[A-Za-z0-9_-]{43}");
        assertThat(out.toString()).contains("password_file: " + password).doesNotContain(Files.readString(password));
        assertThat(add("two", "--tenant", "t", "--password-file", password.toString()))
                .as("never overwritten")
                .isEqualTo(2);
        assertThat(edges()).extracting(entry -> entry.edge().name().value()).doesNotContain("two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edges: []\n",
                "edges:\n- {name: a, tenant: t}\n",
                "edges:\n  - name: a\n    tenant: t\n# the end\n",
                "edges:   # who\n      # nobody yet\n      - name: a\n        tenant: t\n",
                "# first\nedges:\n  - {name: a, tenant: t}\n\n",
                "edges:\n  - name: a\n    tenant: t"
            })
    void lists_are_written_in_many_ways(String text) throws IOException {
        file(text);

        assertThat(add("b", "--tenant", "t")).as(err.toString()).isZero();

        assertThat(edges().getLast().edge().name().value()).isEqualTo("b");
    }

    @Test
    void a_label_that_is_the_tenants_is_refused() throws IOException {
        Path settings = folder.resolve("ringgate.yaml");
        String text = Files.readString(settings);
        assertThat(text).contains("tenant_label: \"\"");
        Files.writeString(settings, text.replace("tenant_label: \"\"", "tenant_label: tenant"));

        assertThat(add("b", "--tenant", "t", "--label", "tenant=x")).isEqualTo(2);

        assertThat(err.toString()).contains("is the tenant label");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cluster-02-edge --tenant t                      | There is already an edge named cluster-02-edge
            b --tenant t -x                                 | Unknown option
            b:c --tenant t                                  | .name: b:c is not an edge name
            b --tenant a/b                                  | .tenant: a/b is not a tenant
            b --tenant t --source 10.0.0.1/8                | .allowed_sources[0]: 10.0.0.1/8 is an address inside of a network, write 10.0.0.0/8
            b --tenant t --not-after tomorrow               | --not-after is not a time
            b                                               | --tenant
            """)
    void what_would_not_be_taken_is_refused_and_the_file_stays(String line, String words) throws IOException {
        String before = file();

        assertThat(add(line.split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains(words);
        assertThat(file()).isEqualTo(before);
        assertThat(out.toString()).isEmpty();
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(4);
        }
    }

    @Test
    void a_list_in_brackets_is_left_to_its_writer() throws IOException {
        file("edges: [{name: a, tenant: t}]\n");

        assertThat(add("b", "--tenant", "t")).isEqualTo(1);

        assertThat(err.toString()).contains("does not list its edges in lines that begin with a dash");
    }

    @Test
    void a_tenant_without_a_ring_is_told() throws IOException {
        Files.writeString(
                folder.resolve("hashrings.json"),
                "[{\"tenants\": [\"default-tenant\"], \"endpoints\": [\"a:1\", \"b:1\", \"c:1\"]}]");

        assertThat(add("b", "--tenant", "t")).isZero();

        assertThat(err.toString()).contains("No hashring matches tenant t, so its writes are refused with 403");
    }

    @Test
    void a_configuration_that_is_not_there_is_named() {
        Path wrong = folder.resolve("typo/ringgate.yaml");

        int code = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "edge",
                "add",
                "x",
                "--tenant",
                "t",
                "--config",
                wrong.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(wrong + ": does not exist");
    }

    @Test
    void a_password_file_in_no_folder_is_named_and_nothing_is_written() throws IOException {
        String before = file();
        Path wrong = folder.resolve("typo/secret");

        assertThat(add("x", "--tenant", "t", "--password-file", wrong.toString()))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(wrong.getParent() + " is not a folder")
                .doesNotContain("fault of Ringgate");
        assertThat(file()).isEqualTo(before);
    }

    @Test
    void a_password_that_has_ended_is_refused() throws IOException {
        String before = file();

        assertThat(add("x", "--tenant", "t", "--not-after", "2020-01-31T00:00:00Z"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--not-after 2020-01-31T00:00:00Z is in the past");
        assertThat(file()).isEqualTo(before);
    }
}
