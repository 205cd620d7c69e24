package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.reload.Force;
import io.ringgate.reload.ReloadReport;
import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of identities that is truncated locks nobody out, and what somebody wrote down against an edge holds at once. */
class IdentityReloadIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final List<String> EDGES = List.of("berlin", "tokyo", "lima");

    @TempDir
    private Path folder;

    private StandInReceiver receiver;
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        receiver = StandInReceiver.start();
        TestGateway.Setup setup = TestGateway.in(folder).receiverPorts(receiver.port());
        EDGES.forEach(edge -> setup.edge(edge, "team-a"));
        gateway = setup.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        receiver.close();
    }

    private int write(String user) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write(user, UP)).answer().status();
        }
    }

    private void assertAllWrite() throws IOException {
        for (String edge : EDGES) {
            assertThat(write(edge)).as(edge).isEqualTo(204);
        }
    }

    private RawAnswer ask(String method, String path) throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            return client.send(Request.of(method, path)).answer();
        }
    }

    private double of(String metric) {
        return gateway.metric(metric + "{unit=\"identities\"}");
    }

    /** Keeps the first edge of edges.yaml and no other: valid YAML. */
    private void cut() throws IOException {
        gateway.edit("edges.yaml", text -> text.substring(0, text.indexOf("  - name: tokyo")));
    }

    @Test
    void a_password_file_of_no_bytes_is_refused() throws IOException {
        Files.writeString(gateway.file("htpasswd"), "");

        assertThat(gateway.reload()).startsWith("identities: refused").contains("htpasswd has no user");
        assertThat(gateway.reload(Force.IDENTITIES)).startsWith("identities: refused");

        assertThat(of("ringgate_config_last_reload_successful")).isZero();
        assertAllWrite();
    }

    @Test
    void a_list_of_edges_that_is_empty_is_refused() throws IOException {
        gateway.edit("edges.yaml", text -> "edges: []\n");

        assertThat(gateway.reload(Force.IDENTITIES))
                .startsWith("identities: refused")
                .contains("edges.yaml: edges is empty and no issuer has an edge_template");

        assertThat(of("ringgate_config_last_reload_successful")).isZero();
        assertAllWrite();
    }

    @Test
    void a_dry_run_says_what_would_change_and_changes_nothing() throws IOException {
        cut();
        String page = ask("GET", "/metrics").body();

        RawAnswer waits = ask("POST", "/-/reload?dry_run=true");
        RawAnswer forced = ask("POST", "/-/reload?dry_run=true&force=identities");

        assertThat(waits.status()).isEqualTo(409);
        assertThat(waits.body())
                .startsWith("identities: would be pending: ")
                .contains("2 of 3 edges would have no usable credential left (tokyo, lima)");
        assertThat(forced.status()).isEqualTo(200);
        assertThat(forced.body()).isEqualTo("identities: would be applied: 2 removed (tokyo, lima)\n");
        assertThat(gateway.metric("ringgate_configured_edges")).isEqualTo(3);
        assertThat(page).doesNotContain("ringgate_config_reloads_total{outcome=\"applied\"");
        assertThat(ask("GET", "/metrics").body()).doesNotContain("ringgate_config_reloads_total{outcome=\"applied\"");
        assertAllWrite();
        assertThat(ask("POST", "/-/reload?force=identities").body())
                .as("the same words")
                .isEqualTo("identities: applied: 2 removed (tokyo, lima)\n");
    }

    @Test
    void a_list_that_is_cut_after_its_first_edge_waits_and_names_the_others() throws IOException {
        cut();

        RawAnswer answer = ask("POST", "/-/reload");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body())
                .startsWith("identities: pending: ")
                .contains("2 of 3 edges would have no usable credential left (tokyo, lima)", "?force=identities");
        assertThat(of("ringgate_config_reload_pending")).isEqualTo(1);
        assertThat(ask("GET", "/status").body()).contains("no usable credential left (tokyo, lima)");
        assertThat(gateway.metric("ringgate_configured_edges")).isEqualTo(3);
        assertAllWrite();

        assertThat(ask("POST", "/-/reload?force=rings&force=limits").status()).isEqualTo(409);
        assertAllWrite();

        RawAnswer forced = ask("POST", "/-/reload?force=identities");
        assertThat(forced.status()).isEqualTo(200);
        assertThat(forced.body()).isEqualTo("identities: applied: 2 removed (tokyo, lima)\n");
        assertThat(of("ringgate_config_reload_pending")).isZero();
        assertThat(gateway.metric("ringgate_configured_edges")).isEqualTo(1);
        assertThat(write("tokyo")).isEqualTo(401);
    }

    @Test
    void a_password_file_that_is_cut_waits_too_and_is_no_change_when_it_is_whole_again() throws IOException {
        String whole = Files.readString(gateway.file("htpasswd"));
        double hash = of("ringgate_config_hash");
        gateway.edit("htpasswd", text -> text.substring(0, text.indexOf("tokyo:")));

        assertThat(gateway.reload()).contains("2 of 3 edges would have no usable credential left (tokyo, lima)");
        assertThat(of("ringgate_config_hash")).isEqualTo(hash).isPositive();
        gateway.edit("htpasswd", text -> whole);

        assertThat(gateway.reload()).isEqualTo("identities: applied\n");
        assertThat(of("ringgate_config_reload_pending")).isZero();
        assertAllWrite();
    }

    @Test
    void a_change_that_waits_is_found_without_being_told_of() throws IOException {
        cut();

        Await.until("it waits", () -> of("ringgate_config_reload_pending") == 1);
        assertAllWrite();
    }

    @Test
    void another_file_of_edges_is_held_as_the_same_one_is_and_rings_force_it_not() throws IOException {
        String edges = Files.readString(gateway.file("edges.yaml"));
        Files.writeString(gateway.file("others.yaml"), edges.substring(0, edges.indexOf("  - name: tokyo")));
        gateway.edit("ringgate.yaml", text -> text + "files: {edges: others.yaml}\n");

        assertThat(gateway.reload())
                .startsWith("gateway: pending: ")
                .contains("others.yaml and ", "2 of 3 edges would have no usable credential left (tokyo, lima)");
        assertThat(gateway.reload(Force.RINGS, Force.LIMITS)).startsWith("gateway: pending: ");
        assertAllWrite();

        assertThat(gateway.reload(Force.IDENTITIES))
                .startsWith("gateway: applied: files.edges changed; 2 removed (tokyo, lima)");
        assertThat(write("tokyo")).isEqualTo(401);
    }

    @Test
    void edges_that_are_named_as_removed_go_without_force() throws IOException {
        cut();
        gateway.edit("edges.yaml", text -> "removed: [tokyo, lima]\n" + text);

        assertThat(gateway.reload()).isEqualTo("identities: applied: 2 removed (tokyo, lima)\n");
        assertThat(write("tokyo")).isEqualTo(401);
        assertThat(write("berlin")).isEqualTo(204);
    }

    @Test
    void withdrawals_hold_while_the_rest_of_the_change_waits() throws Exception {
        gateway.close();
        TestGateway.Setup setup = TestGateway.in(folder).receiverPorts(receiver.port());
        List.of("berlin", "tokyo", "lima", "oslo", "quito").forEach(edge -> setup.edge(edge, "team-a"));
        gateway = setup.start();
        gateway.edit("edges.yaml", text -> """
                removed: [tokyo]
                edges:
                  - name: berlin
                    tenant: team-b
                    enabled: false
                    credentials: [{basic: {user: berlin}}]
                  - name: lima
                    tenant: team-b
                    credentials: [{basic: {user: lima}, not_after: 2020-01-31T00:00:00Z}]
                """);

        assertThat(gateway.reload()).contains("identities: pending: ", "2 of 5 edges", "(oslo, quito)");

        assertThat(write("berlin")).isEqualTo(403);
        assertThat(write("tokyo")).isEqualTo(401);
        assertThat(write("lima")).isEqualTo(401);
        assertThat(write("oslo")).isEqualTo(204);
        assertThat(of("ringgate_config_reload_pending")).isEqualTo(1);
        assertThat(gateway.reload()).contains("2 of 2 edges", "(oslo, quito)");
        assertThat(write("oslo")).isEqualTo(204);
        assertThat(receiver.received().getFirst().series().getFirst().labels())
                .as("nothing else of the change is in force")
                .contains("tenant=team-a");
    }

    @Test
    void what_changed_is_named() throws IOException {
        gateway.edit(
                "htpasswd",
                text -> text.replaceAll("(?m)^tokyo:.*$", password("tokyo").replace("$", "\\$")) + password("rome"));
        gateway.edit(
                "edges.yaml",
                text -> text.substring(0, text.indexOf("  - name: lima"))
                        + "  - {name: rome, tenant: team-c, credentials: [{basic: {user: rome}}]}\n");

        assertThat(gateway.reload())
                .isEqualTo("identities: applied: 1 added (rome), 1 changed (tokyo), 1 removed (lima)\n");
    }

    private static String password(String user) {
        return user + ":" + Md5Crypt.apr1Crypt("another");
    }

    @Test
    void a_reload_between_two_halves_of_a_write_waits_for_the_second() throws Exception {
        Path file = gateway.file("htpasswd");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.indexOf("lima:")));

        CompletableFuture<ReloadReport> asked = gateway.gateway().reload();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < Duration.ofMillis(150).toNanos()) {
            assertThat(write("lima")).isEqualTo(204);
        }
        Files.writeString(file, whole);

        assertThat(asked.join().text()).isEqualTo("nothing changed\n");
        assertThat(write("lima")).isEqualTo(204);
    }

    @Test
    void a_reload_waits_a_second_at_most_for_a_file_that_is_written_on_and_on() throws Exception {
        Path file = gateway.file("htpasswd");
        gateway.edit("htpasswd", text -> text.replaceAll("(?m)^lima:.*\n", ""));
        String text = Files.readString(file);
        long begin = System.nanoTime();

        CompletableFuture<ReloadReport> asked = gateway.gateway().reload();
        Await.until("it is read", () -> {
            try {
                Files.writeString(file, text + "# " + System.nanoTime() + "\n");
                return asked.isDone();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }
}
