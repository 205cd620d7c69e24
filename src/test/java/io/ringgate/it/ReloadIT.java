package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are changed while the gateway runs: what is good is in force, what is bad is told, and no connection notices. */
class ReloadIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    private static final String FRESH = Matcher.quoteReplacement("berlin:" + Md5Crypt.apr1Crypt("fresh") + "\n");

    @TempDir
    private Path folder;

    private StandInReceiver receiver;
    private TestCertificates certificates;
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        receiver = StandInReceiver.start();
        certificates = new TestCertificates(Files.createDirectory(folder.resolve("tls")))
                .issue("server", "DNS:localhost", "IP:127.0.0.1");
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .certificates(certificates)
                .edge("berlin", "team-a", "    labels: {region: north}")
                .edge("tokyo", "team-b")
                .start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        receiver.close();
    }

    /** Changes a file; the gateway may notice by itself or be asked: afterwards it is in force. */
    private void change(String file, UnaryOperator<String> edit, String unit) throws IOException {
        double before = applied(unit);
        gateway.edit(file, edit);
        String said = gateway.reload();
        assertThat(applied(unit)).as(said).isEqualTo(before + 1);
    }

    private double applied(String unit) {
        return gateway.metric("ringgate_config_reloads_total{outcome=\"applied\",unit=\"" + unit + "\"}");
    }

    private static int write(RawClient client, String user) throws IOException {
        return client.send(Request.write(user, UP)).answer().status();
    }

    @Test
    void nothing_changed_is_said_and_nothing_more() {
        assertThat(gateway.reload()).isEqualTo("nothing changed\n");
    }

    @Test
    void a_user_whose_line_is_deleted_is_out_from_his_next_write_on_and_others_notice_nothing() throws Exception {
        try (RawClient berlin = RawClient.plain(gateway.plainPort());
                RawClient tokyo = RawClient.plain(gateway.plainPort())) {
            assertThat(write(berlin, "berlin")).isEqualTo(204);
            assertThat(write(tokyo, "tokyo")).isEqualTo(204);

            change("htpasswd", text -> text.replaceAll("berlin:.*\n", ""), "identities");

            assertThat(write(berlin, "berlin")).isEqualTo(401);
            assertThat(write(tokyo, "tokyo")).isEqualTo(204);
        }
    }

    @Test
    void a_user_whose_line_is_deleted_is_out_although_the_file_never_holds_still() throws Exception {
        Path htpasswd = folder.resolve("htpasswd");
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "berlin")).isEqualTo(204);
            AtomicLong touched = new AtomicLong();

            gateway.edit("htpasswd", text -> text.replaceAll("berlin:.*\n", ""));

            assertThat(Await.within(Duration.ofSeconds(8), () -> {
                        try {
                            Files.setLastModifiedTime(htpasswd, FileTime.fromMillis(touched.incrementAndGet()));
                            return write(client, "berlin") == 401;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }))
                    .isTrue();
        }
    }

    @Test
    void a_line_that_is_spoiled_in_place_with_the_same_size_and_time_is_noticed() throws Exception {
        Path htpasswd = folder.resolve("htpasswd");
        FileTime time = Files.getLastModifiedTime(htpasswd);
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "berlin")).isEqualTo(204);

            gateway.edit("htpasswd", text -> text.replace("berlin:", "b3rlin:"));
            Files.setLastModifiedTime(htpasswd, time);

            Await.until("he is out", () -> {
                try {
                    return write(client, "berlin") == 401;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void a_new_password_holds_and_the_old_one_does_not() throws Exception {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "berlin")).isEqualTo(204);

            change("htpasswd", text -> text.replaceAll("berlin:.*\n", FRESH), "identities");

            assertThat(write(client, "berlin")).isEqualTo(401);
            assertThat(client.send(Request.write("berlin", UP).credential("berlin", "fresh"))
                            .answer()
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void an_edge_that_is_added_writes_and_one_that_is_disabled_does_not() throws Exception {
        gateway.edit("htpasswd", text -> text + "lima:" + Md5Crypt.apr1Crypt(TestGateway.PASSWORD) + "\n");
        gateway.edit(
                "edges.yaml",
                text -> text.replace("tenant: team-b", "tenant: team-b\n    enabled: false")
                        + "  - {name: lima, tenant: team-c, credentials: [{basic: {user: lima}}]}\n");
        gateway.reload();

        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "lima")).isEqualTo(204);
            assertThat(write(client, "tokyo")).isEqualTo(403);
        }
        assertThat(receiver.onlyOne().series().getFirst().labels()).contains("cluster=lima", "tenant=team-c");
    }

    @Test
    void a_changed_label_is_stamped_from_the_next_write_on() throws Exception {
        change("edges.yaml", text -> text.replace("region: north", "region: south"), "identities");

        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "berlin")).isEqualTo(204);
        }
        assertThat(receiver.onlyOne().series().getFirst().labels()).contains("region=south");
    }

    @Test
    void a_bad_file_is_refused_with_its_line_and_the_last_good_one_stays() throws Exception {
        gateway.edit("edges.yaml", text -> text.replace("team-a", "team/a"));

        assertThat(gateway.reload())
                .startsWith("identities: refused, the last good one stays: ")
                .contains("edges.yaml:3: edges[0].tenant: team/a is not a tenant");

        assertThat(gateway.metric("ringgate_config_last_reload_successful{unit=\"identities\"}"))
                .isZero();
        assertThat(gateway.metric("ringgate_config_reloads_total{outcome=\"refused\",unit=\"identities\"}"))
                .isPositive();
        assertThat(page("GET", "/status").body()).contains("\"unit\" : \"identities\"", "team/a");
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "berlin")).isEqualTo(204);
        }
        gateway.edit("edges.yaml", text -> text.replace("team/a", "team-a"));
        gateway.reload();
        assertThat(gateway.metric("ringgate_config_last_reload_successful{unit=\"identities\"}"))
                .isEqualTo(1);
    }

    @Test
    void a_caps_change_holds_on_connections_that_are_there() throws Exception {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "berlin")).isEqualTo(204);

            change("ringgate.yaml", text -> text + "body: {max_packed: 1KiB}\n", "gateway");
            assertThat(client.send(Request.write("berlin", new byte[1025]))
                            .answer()
                            .status())
                    .isEqualTo(413);

            change("ringgate.yaml", text -> text.replace("body: {max_packed: 1KiB}\n", ""), "gateway");
            assertThat(client.send(Request.write("berlin", new byte[1025]))
                            .answer()
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void another_name_for_the_tenant_label_is_stamped_and_another_path_is_asked() throws Exception {
        change(
                "ringgate.yaml",
                text -> text.replace("receivers:\n", "receivers:\n  write: {path: /elsewhere}\n")
                        .replace("tenant_label: tenant", "tenant_label: team"),
                "gateway");

        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "berlin")).isEqualTo(204);
        }
        assertThat(receiver.onlyOne().series().getFirst().labels())
                .contains("team=team-a")
                .doesNotContain("tenant=team-a");
        assertThat(receiver.onlyOne().requestLine()).startsWith("POST /elsewhere ");
    }

    @Test
    void what_is_bound_at_the_start_cannot_be_changed_and_is_named() throws Exception {
        gateway.edit(
                "ringgate.yaml",
                text -> text.replace("127.0.0.1:0, unsafe", "127.0.0.2:0, unsafe") + "memory_budget: 32MiB\n");

        assertThat(gateway.reload())
                .contains("the listeners' addresses, memory_budget cannot change while the gateway runs");
    }

    @Test
    void a_file_that_is_newly_named_must_be_good_for_the_naming_to_hold() throws Exception {
        gateway.edit("ringgate.yaml", text -> text + "files: {edges: others.yaml}\n");

        assertThat(gateway.reload()).contains("gateway: refused", "others.yaml");

        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "berlin")).isEqualTo(204);
        }
    }

    @Test
    void another_hashring_file_must_take_every_edge_too() throws Exception {
        Files.writeString(
                gateway.file("hashrings.json"),
                "[{\"hashring\": \"a\", \"tenants\": [\"team-a\"], \"endpoints\": [\"127.0.0.1:10901\"]}]");
        gateway.edit(
                "ringgate.yaml",
                text -> text.replaceAll("  addresses:(\n    - .*)+", "  hashrings_file: hashrings.json"));

        assertThat(gateway.reload()).contains("gateway: refused", "no ring takes tenant team-b of edge tokyo any more");

        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(write(client, "tokyo")).isEqualTo(204);
        }
    }

    @Test
    void a_change_is_noticed_without_being_told_of() throws Exception {
        gateway.edit("htpasswd", text -> text.replaceAll("berlin:.*\n", ""));

        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            Await.until("berlin is out", () -> writes(client, "berlin") == 401);
        }
    }

    @Test
    void a_config_map_whose_link_is_swapped_is_noticed_without_being_told_of() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        version(mount, "v1", text -> text);
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("v1"));
        Files.delete(gateway.file("htpasswd"));
        Files.createSymbolicLink(gateway.file("htpasswd"), mount.resolve("..data/htpasswd"));
        gateway.reload();
        version(mount, "v2", text -> text.replaceAll("berlin:.*\n", ""));
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("v2"));
        Files.move(
                mount.resolve("..data_tmp"),
                mount.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);

        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            Await.until("berlin is out", () -> writes(client, "berlin") == 401);
            assertThat(write(client, "tokyo")).isEqualTo(204);
        }
    }

    private void version(Path mount, String name, UnaryOperator<String> edit) throws IOException {
        String users = Files.readString(gateway.file("htpasswd"));
        Files.writeString(Files.createDirectory(mount.resolve(name)).resolve("htpasswd"), edit.apply(users));
    }

    @Test
    void the_admin_listener_reloads_on_post_only_and_says_how_it_went() throws Exception {
        assertThat(page("GET", "/-/reload").statusCode()).isEqualTo(405);
        HttpResponse<String> fine = page("POST", "/-/reload");
        assertThat(fine.statusCode()).isEqualTo(200);
        assertThat(fine.body()).isEqualTo("nothing changed\n");
        gateway.edit("edges.yaml", text -> text + "nonsense: [\n");

        HttpResponse<String> bad = page("POST", "/-/reload");

        assertThat(bad.statusCode()).isEqualTo(500);
        assertThat(bad.body()).contains("identities: refused", "edges.yaml");
    }

    private HttpResponse<String> page(String method, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int writes(RawClient client, String user) {
        try {
            return write(client, user);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
