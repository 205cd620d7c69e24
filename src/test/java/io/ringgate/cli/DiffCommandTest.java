package io.ringgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {

    private static final String SETTINGS = """
            listeners: [{address: "127.0.0.1:0", tls: {certificates: [{cert_file: ../server.pem, key_file: ../server.key}]}}]
            receivers: {hashrings_file: hashrings.json, algorithm: ketama}
            """;

    private static final String ISSUERS =
            "issuers: [{name: i, issuer: https://i.example, audiences: [a], discovery: true}]\n";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        for (String side : List.of("old", "new")) {
            Files.createDirectories(folder.resolve(side).resolve("limits"));
            write(side + "/ringgate.yaml", SETTINGS);
            write(side + "/hashrings.json", "[{\"hashring\": \"r\", \"endpoints\": [\"a:1\", \"b:1\", \"c:1\"]}]");
            write(side + "/edges.yaml", edges("berlin", "tokyo", "lima"));
            write(side + "/limits/_default.yaml", "requests_per_second: 100\n");
        }
    }

    private static String edges(String... names) {
        return List.of(names).stream()
                .map(name -> "  - {name: " + name + ", tenant: t, credentials: [{basic: {user: " + name + "}}]}\n")
                .collect(Collectors.joining("", "edges:\n", ""));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private int diff() {
        return Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "diff",
                folder.resolve("old").toString(),
                folder.resolve("new/ringgate.yaml").toString());
    }

    @Test
    void two_folders_that_say_the_same_are_the_same() {
        assertThat(diff()).as("%s", err).isZero();

        assertThat(out.toString()).isEqualTo("nothing would change\n");
    }

    @Test
    void what_changes_is_told_by_unit() throws IOException {
        write("new/ringgate.yaml", SETTINGS + "timeouts: {idle: 1m}\n");
        write("new/edges.yaml", edges("berlin", "tokyo", "lima", "oslo"));
        write("new/limits/_default.yaml", "requests_per_second: 200\n");
        write("new/limits/t.yaml", "weight: 5\n");
        write("new/hashrings.json", "[{\"hashring\": \"r\", \"endpoints\": [\"a:1\", \"b:1\", \"c:1\", \"d:1\"]}]");

        assertThat(diff()).isEqualTo(1);

        assertThat(out.toString()).matches("""
                gateway: would be applied: timeouts.idle changed
                rings: would be applied: ring r: 1 endpoint more \\(d:1\\), 2[0-9].[0-9]+ % of series move
                limits: would be applied: 1 added \\(t\\); default: requests_per_second 100 -> 200
                identities: would be applied: 1 added \\(oslo\\)
                """);
    }

    @Test
    void what_would_wait_or_be_refused_is_told() throws IOException {
        write("new/ringgate.yaml", SETTINGS + "memory_budget: 256MiB\n");
        write("new/edges.yaml", edges("berlin"));
        write("new/hashrings.json", "[{\"hashring\": \"r\", \"endpoints\": [\"a:1\"]}]");
        Files.delete(folder.resolve("new/limits/_default.yaml"));

        assertThat(diff()).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "gateway: would be refused, the last good one stays: memory_budget cannot change while",
                        "rings: would be pending: ",
                        "force=rings",
                        "limits: would be pending: ",
                        "2 of 3 edges would have no usable credential left (tokyo, lima)",
                        "force=identities");
    }

    @Test
    void what_would_wait_or_be_refused_is_not_said_to_be_in_force() throws IOException {
        write("new/ringgate.yaml", SETTINGS + "memory_budget: 256MiB\ntimeouts: {idle: 1m}\n");
        write("new/edges.yaml", edges("berlin", "oslo"));
        write("new/hashrings.json", "[{\"hashring\": \"r\", \"endpoints\": [\"a:1\"]}]");
        Files.delete(folder.resolve("new/limits/_default.yaml"));

        assertThat(diff()).isEqualTo(1);

        assertThat(out.toString())
                .doesNotContain("would be applied")
                .contains("identities: would be pending: 1 added (oslo), 2 removed (tokyo, lima)\n");
    }

    @Test
    void withdrawals_apply_although_the_rest_waits() throws IOException {
        write("new/edges.yaml", ISSUERS + "removed: [tokyo]\n" + edges("oslo"));

        assertThat(diff()).isEqualTo(1);

        assertThat(out.toString()).startsWith("""
                        identities: would be applied: withdrawals: 1 removed (tokyo)
                        identities: would be pending: issuers or introspection changed; 1 added (oslo), 2 removed (berlin, lima)
                        identities: would be pending: /""");
    }

    @Test
    void settings_that_lead_to_a_cut_file_wait_as_a_whole() throws IOException {
        write("new/ringgate.yaml", SETTINGS + "files: {edges: others.yaml, limits: none}\n");
        write("new/others.yaml", edges("berlin"));
        Files.createDirectories(folder.resolve("new/none"));

        assertThat(diff()).isEqualTo(1);

        assertThat(out.toString())
                .doesNotContain("would be applied")
                .contains("gateway: would be pending: files.edges, files.limits.folder changed\n");
    }

    @Test
    void identity_files_that_name_nobody_are_refused() throws IOException {
        write("old/htpasswd", "berlin:$apr1$saltsalt$kkkkkkkkkkkkkkkkkkkkkk\n");
        write("new/htpasswd", "");

        assertThat(diff()).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("identities: would be refused, the last good one stays: the password file ")
                .contains("has no user")
                .doesNotContain("applied");

        Files.delete(folder.resolve("new/htpasswd"));
        write("new/edges.yaml", "edges: []\n");
        out.getBuffer().setLength(0);
        assertThat(diff()).isEqualTo(1);
        assertThat(out.toString()).startsWith("identities: would be refused").contains("edges is empty");
    }

    @Test
    void files_of_one_name_are_compared_by_their_content() throws IOException {
        for (String side : List.of("old", "new")) {
            Files.createDirectories(folder.resolve(side + "/tls"));
            new TestCertificates(folder.resolve(side + "/tls")).issue("server", "DNS:localhost");
            write(side + "/ringgate.yaml", SETTINGS.replace("../server", "tls/server"));
        }

        assertThat(diff()).isEqualTo(1);

        assertThat(out.toString()).isEqualTo("""
                tls/server.key: would be applied: its content differs
                tls/server.pem: would be applied: its content differs
                """);
    }

    @Test
    void a_password_is_compared_where_there_are_files_with_them() throws IOException {
        write("old/htpasswd", "berlin:$apr1$saltsalt$kkkkkkkkkkkkkkkkkkkkkk\n");
        assertThat(diff()).as("one of them is not there").isZero();

        write("new/htpasswd", "berlin:$apr1$saltsalt$llllllllllllllllllllll\n");
        assertThat(diff()).isEqualTo(1);
        assertThat(out.toString()).endsWith("identities: would be applied: 1 changed (berlin)\n");
    }

    @Test
    void one_that_cannot_be_read_is_exit_code_2() throws IOException {
        write("new/edges.yaml", "edges: [\n");

        assertThat(diff()).isEqualTo(2);

        assertThat(err.toString()).contains("new/edges.yaml:2: this is not YAML", "new/ringgate.yaml is refused");
        assertThat(out.toString()).isEmpty();
    }
}
