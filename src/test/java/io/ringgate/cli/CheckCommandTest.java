package io.ringgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {

    private static final String BCRYPT = "$2y$04$TBnkP3u90eKr7Bl6Ma0qJe95mntdREDlDuKBxLeEhq8kZOklsyC2u";
    private static final String MEMORY = "ringgate.memory.bytes";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    /** A clean configuration, in a process that is sized as the launcher does. */
    @BeforeEach
    void write() throws IOException {
        System.setProperty(MEMORY, Long.toString(Runtime.getRuntime().maxMemory() / 5 * 8));
        write("ringgate.yaml", """
                listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
                admin: {address: "127.0.0.1:0"}
                receivers: {hashrings_file: hashrings.json, version: v0.42.4}
                stamp: {tenant_label: ""}
                """);
        write("edges.yaml", "edges: [{name: a, tenant: t, credentials: [{basic: {user: a}}]}]\n");
        write("hashrings.json", "[{\"endpoints\": [\"receiver-0:10901\"]}]\n");
        write("htpasswd", "a:" + BCRYPT + "\n");
        Files.setPosixFilePermissions(folder.resolve("htpasswd"), PosixFilePermissions.fromString("rw-r-----"));
        Files.createDirectory(folder.resolve("limits"));
        write("limits/_default.yaml", "requests_per_second: 100\n");
    }

    @AfterEach
    void forget() {
        System.clearProperty(MEMORY);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void add(String more) throws IOException {
        write("ringgate.yaml", Files.readString(folder.resolve("ringgate.yaml")) + more);
    }

    private int check(String... more) {
        String[] all = new String[more.length + 3];
        System.arraycopy(
                new String[] {
                    "check", "--config", folder.resolve("ringgate.yaml").toString()
                },
                0,
                all,
                0,
                3);
        System.arraycopy(more, 0, all, 3, more.length);
        return Main.run(new PrintWriter(out), new PrintWriter(out), all);
    }

    private String said() {
        return out.toString().replace(folder + "/", "");
    }

    @Test
    void a_clean_configuration_is_clean() {
        assertThat(check("--strict")).isZero();
        assertThat(said()).isEqualToNormalizingNewlines("ringgate.yaml: good, 0 warnings.\n");
    }

    @Test
    void a_budget_that_run_refuses_is_refused_where_it_is_strict() throws IOException {
        add("memory_budget: 900GiB\n");

        assertThat(check()).isZero();
        assertThat(check("--strict")).isEqualTo(2);
        assertThat(said()).contains("ringgate.yaml: memory_budget of 921600 MiB does not fit twice into the heap");
    }

    @Test
    void an_address_of_another_machine_is_refused_where_it_is_strict() throws IOException {
        write("ringgate.yaml", """
                listeners: [{address: "192.0.2.1:19291", unsafe_plaintext: true}]
                admin: {address: "127.0.0.1:0"}
                receivers: {hashrings_file: hashrings.json, version: v0.42.4}
                """);

        assertThat(check()).isZero();
        assertThat(check("--strict")).isEqualTo(2);
        assertThat(said()).contains("ringgate.yaml: the address 192.0.2.1:19291 cannot be listened on: ");
    }

    @Test
    void a_port_that_is_in_use_is_not_for_a_check_since_the_gateway_may_be_running() throws IOException {
        try (ServerSocket running = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write("ringgate.yaml", """
                    listeners: [{address: "127.0.0.1:%d", unsafe_plaintext: true}]
                    admin: {address: "127.0.0.1:0"}
                    receivers: {hashrings_file: hashrings.json, version: v0.42.4}
                    """.formatted(running.getLocalPort()));

            assertThat(check("--strict")).as(out.toString()).isZero();
        }
    }

    @Test
    void two_listeners_of_one_port_are_refused_where_it_is_strict() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        write("ringgate.yaml", """
                listeners: [{address: "0.0.0.0:%d", unsafe_plaintext: true}]
                admin: {address: "127.0.0.1:%d"}
                receivers: {hashrings_file: hashrings.json, version: v0.42.4}
                """.formatted(port, port));

        assertThat(check("--strict")).isEqualTo(2);
        assertThat(said()).contains("the address 127.0.0.1:" + port + " is taken by another listener of this file");
    }

    @Test
    void edges_of_whom_nobody_can_write_are_refused_where_it_is_strict() throws IOException {
        write("edges.yaml", "edges: []\n");

        assertThat(check()).isZero();
        assertThat(check("--strict")).isEqualTo(2);
        assertThat(said()).contains("edges is empty and no issuer has an edge_template");
    }

    /** One fault in each file beside it. */
    private void spoilTheOthers() throws IOException {
        write("edges.yaml", "edges: [{name: a b, tenant: t, credentials: [{basic: {user: a}}]}]\n");
        write("hashrings.json", "[{\"endpoints\": []}]\n");
        write("htpasswd", "nonsense\n");
        write("limits/_default.yaml", "requests_per_second: many\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            listeners: [                                                   | this is not YAML
            listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]  | receivers: is missing
            receivers: {hashrings_file: hashrings.json}                    | listeners: is missing
            """)
    void an_error_in_one_file_hides_none_of_another(String settings, String own) throws IOException {
        write("ringgate.yaml", settings + "\n");
        spoilTheOthers();

        assertThat(check()).isEqualTo(2);

        assertThat(said())
                .contains(
                        own,
                        "edges.yaml:1: edges[0].name: \"a b\" is not an edge name",
                        "limits/_default.yaml:1: requests_per_second: many is not",
                        "htpasswd:1: warning: this is not USER:HASH");
        if (!own.startsWith("receivers")) {
            assertThat(said()).contains("hashrings.json:1: [0].endpoints");
        }
    }

    @Test
    void edges_that_cannot_be_read_hide_nothing_either() throws IOException {
        spoilTheOthers();
        write("edges.yaml", "edges: [\n");

        assertThat(check()).isEqualTo(2);

        assertThat(said())
                .contains(
                        "edges.yaml:2: this is not YAML",
                        "htpasswd:1: warning",
                        "hashrings.json:1",
                        "limits/_default.yaml:1");
    }

    @Test
    void a_configuration_that_is_not_there_is_all_that_is_told() throws IOException {
        assertThat(Main.run(
                        new PrintWriter(out),
                        new PrintWriter(out),
                        "check",
                        "--config",
                        folder.resolve("typo/ringgate.yaml").toString()))
                .isEqualTo(2);

        assertThat(said().lines().toList())
                .containsExactly(
                        "typo/ringgate.yaml: does not exist, write it or name another file",
                        "typo/ringgate.yaml: 1 error, 0 warnings.");
    }
}
