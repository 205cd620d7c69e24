package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.reload.Force;
import io.ringgate.testing.Await;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy files are changed, added and removed while the gateway runs: each is a unit of its own. */
class LimitsReloadIT {

    private static final String TEAM_A = "limits/team-a.yaml";

    @TempDir
    private Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.in(folder)
                .edge("berlin", "team-a")
                .edge("tokyo", "team-b")
                .limits("_default", "requests_per_second: 1000\n")
                .limits("team-a", "requests_per_second: 100\n")
                .start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Path file(String name) {
        return gateway.file("limits").resolve(name);
    }

    private double counted(String outcome, String unit) {
        return gateway.metric("ringgate_config_reloads_total{outcome=\"" + outcome + "\",unit=\"" + unit + "\"}");
    }

    /** The gateway may notice by itself or be asked: afterwards the change is in force. */
    private void change(String unit, String text) throws IOException {
        double before = counted("applied", unit);
        gateway.edit(unit, _ -> text);
        String said = gateway.reload();
        assertThat(counted("applied", unit)).as(said).isEqualTo(before + 1);
    }

    private String status() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/status"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void nothing_changed_is_said_and_each_file_is_on_the_status_page() throws Exception {
        assertThat(gateway.reload()).isEqualTo("nothing changed\n");
        assertThat(status())
                .contains("\"unit\" : \"limits\"", "\"unit\" : \"limits/_default.yaml\"", "\"unit\" : \"" + TEAM_A);
    }

    @Test
    void a_changed_file_is_in_force_and_no_other_is_touched() throws Exception {
        change(TEAM_A, "requests_per_second: 200\n");

        assertThat(counted("applied", "limits")).isZero();
        assertThat(counted("applied", "limits/_default.yaml")).isZero();
    }

    @Test
    void a_changed_file_is_noticed_without_being_told_of() throws Exception {
        gateway.edit(TEAM_A, text -> "requests_per_second: 200\n");

        Await.until("it is in force", () -> counted("applied", TEAM_A) == 1);
    }

    @Test
    void a_bad_file_is_refused_with_its_line_and_holds_up_no_other() throws Exception {
        gateway.edit(TEAM_A, text -> "requests_per_second: 0\n");
        change("limits/_default.yaml", "requests_per_second: 2000\n");

        assertThat(gateway.reload())
                .contains(
                        TEAM_A + ": refused, the last good one stays: ",
                        "team-a.yaml:1: requests_per_second: 0 would let nothing in, write none for no limit");

        assertThat(gateway.metric("ringgate_config_last_reload_successful{unit=\"" + TEAM_A + "\"}"))
                .isZero();
        assertThat(gateway.gateway().metricsPage()).contains("ringgate_config_last_reload_successful{unit=\"" + TEAM_A);
        assertThat(status()).contains("0 would let nothing in");
        change(TEAM_A, "requests_per_second: 100\n");
        assertThat(gateway.metric("ringgate_config_last_reload_successful{unit=\"" + TEAM_A + "\"}"))
                .isEqualTo(1);
    }

    @Test
    void files_that_appear_are_noticed_and_a_bad_one_is_named() throws Exception {
        Files.writeString(file("team-b.yaml"), "weight: 200\n");
        Files.writeString(file("team-c.yaml"), "weight: heavy\n");

        Await.until("the good one is in force", () -> counted("applied", "limits/team-b.yaml") == 1);
        Await.until("the bad one is refused", () -> counted("refused", "limits/team-c.yaml") == 1);
        assertThat(status()).contains("heavy is not a weight");
    }

    @Test
    void a_file_that_disappears_is_noticed_and_leaves_the_status_page() throws Exception {
        Files.delete(file("team-a.yaml"));

        Await.until("the list is in force", () -> counted("applied", "limits") == 1);
        assertThat(status()).doesNotContain(TEAM_A);
        assertThat(gateway.reload()).isEqualTo("nothing changed\n");
    }

    @Test
    void a_folder_that_disappears_lifts_nothing_before_it_is_forced_and_comes_back() throws Exception {
        Path away = gateway.file("away");
        Files.move(gateway.file("limits"), away);
        assertThat(gateway.reload())
                .contains(
                        "limits: pending: ",
                        "has no policy file, this would lift every policy: if that is meant, POST /-/reload?force=limits",
                        "limits/_default.yaml: pending: ");
        assertThat(pending("limits")).isEqualTo(1);
        assertThat(pending("limits/_default.yaml")).isEqualTo(1);
        assertThat(status()).contains(TEAM_A);
        assertThat(counted("applied", TEAM_A)).isZero();
        assertThat(gateway.reload(Force.IDENTITIES, Force.RINGS)).contains("limits: pending: ");

        assertThat(gateway.reload(Force.LIMITS)).contains("limits: applied", "limits/_default.yaml: applied");
        assertThat(pending("limits")).isZero();
        assertThat(counted("applied", "limits")).isEqualTo(1);
        assertThat(counted("applied", "limits/_default.yaml")).isEqualTo(1);
        assertThat(status()).doesNotContain(TEAM_A);

        Files.move(away, gateway.file("limits"));

        gateway.reload();
        assertThat(counted("applied", "limits")).isEqualTo(2);
        assertThat(counted("applied", "limits/_default.yaml")).isEqualTo(2);
        assertThat(counted("applied", TEAM_A)).isEqualTo(1);
    }

    private double pending(String unit) {
        return gateway.metric("ringgate_config_reload_pending{unit=\"" + unit + "\"}");
    }

    @Test
    void a_file_of_the_defaults_that_is_empty_lifts_nothing_before_it_is_forced() throws Exception {
        Files.writeString(file("_default.yaml"), "");

        assertThat(gateway.reload())
                .startsWith("limits/_default.yaml: pending: ")
                .contains("says nothing, this would lift what every tenant inherits", "?force=limits");
        assertThat(pending("limits/_default.yaml")).isEqualTo(1);
        change(TEAM_A, "requests_per_second: 200\n");

        assertThat(gateway.reload(Force.LIMITS))
                .isEqualTo("limits/_default.yaml: applied: requests_per_second 1000 -> not set\n");
        assertThat(gateway.reload()).isEqualTo("nothing changed\n");
    }

    @Test
    void another_folder_that_is_empty_lifts_nothing_before_it_is_forced() throws Exception {
        Files.createDirectory(gateway.file("elsewhere"));
        gateway.edit("ringgate.yaml", text -> text + "files: {limits: elsewhere}\n");

        assertThat(gateway.reload()).startsWith("gateway: pending: ").contains("elsewhere: would lift every policy");
        assertThat(status()).contains(TEAM_A);
        assertThat(gateway.reload(Force.LIMITS)).contains("gateway: applied");
    }

    @Test
    void the_hash_of_the_limits_is_that_of_all_their_files() throws Exception {
        double before = hash();
        change(TEAM_A, "requests_per_second: 200\n");
        assertThat(hash()).isNotEqualTo(before);
        change(TEAM_A, "requests_per_second: 100\n");
        assertThat(hash()).isEqualTo(before).isPositive();
    }

    private double hash() {
        return gateway.metric("ringgate_config_hash{unit=\"limits\"}");
    }

    @Test
    void a_config_map_whose_link_is_swapped_is_noticed_without_being_told_of() throws Exception {
        Path mount = Files.createDirectory(gateway.file("mount"));
        version(mount, "..v1", "_default", "requests_per_second: 1000", "team-a", "requests_per_second: 100");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..v1"));
        link(mount, "_default.yaml");
        link(mount, "team-a.yaml");
        gateway.edit("ringgate.yaml", text -> text + "files: {limits: mount}\n");
        gateway.reload();
        assertThat(counted("applied", "gateway")).isEqualTo(1);

        version(mount, "..v2", "_default", "requests_per_second: 1000", "team-a", "requests_per_second: 300");
        Files.writeString(mount.resolve("..v2/team-b.yaml"), "weight: 300");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..v2"));
        Files.move(
                mount.resolve("..data_tmp"),
                mount.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        link(mount, "team-b.yaml");

        Await.until("the change is in force", () -> counted("applied", TEAM_A) == 1);
        Await.until("the new one is in force", () -> counted("applied", "limits/team-b.yaml") == 1);
        assertThat(counted("applied", "limits/_default.yaml")).isZero();
    }

    private static void version(Path mount, String name, String... files) throws IOException {
        Path version = Files.createDirectory(mount.resolve(name));
        for (int i = 0; i < files.length; i += 2) {
            Files.writeString(version.resolve(files[i] + ".yaml"), files[i + 1]);
        }
    }

    private static void link(Path mount, String name) throws IOException {
        Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
    }

    @Test
    void another_folder_that_is_named_must_be_good_for_the_naming_to_hold() throws Exception {
        Files.createDirectory(gateway.file("others"));
        Files.writeString(gateway.file("others").resolve("team-b.yaml"), "observe: maybe\n");
        gateway.edit("ringgate.yaml", text -> text + "files: {limits: others}\n");

        assertThat(gateway.reload()).contains("gateway: refused", "maybe is neither true nor false");
        assertThat(status()).contains(TEAM_A).doesNotContain("limits/team-b.yaml");

        Files.writeString(gateway.file("others").resolve("team-b.yaml"), "observe: true\n");

        gateway.reload();
        assertThat(status()).contains("limits/team-b.yaml").doesNotContain(TEAM_A);
    }

    @Test
    void the_limits_file_of_thanos_is_a_unit_too() throws Exception {
        Files.writeString(gateway.file("thanos.yaml"), "write: {default: {request: {series_limit: 5}}}\n");
        gateway.edit("ringgate.yaml", text -> text + "files: {thanos_limits: thanos.yaml}\n");
        gateway.reload();
        assertThat(status()).doesNotContain(TEAM_A);
        Files.move(gateway.file("thanos.yaml"), gateway.file("away.yaml"));
        assertThat(gateway.reload()).contains("limits: ").doesNotContain("applied");
        Files.move(gateway.file("away.yaml"), gateway.file("thanos.yaml"));

        gateway.edit("thanos.yaml", text -> text.replace("5", "6"));
        gateway.reload();
        assertThat(counted("applied", "limits")).isEqualTo(1);
        gateway.edit("thanos.yaml", text -> text.replace("series_limit", "serieslimit"));

        assertThat(gateway.reload()).contains("limits: refused", "did you mean `series_limit`?");
    }
}
