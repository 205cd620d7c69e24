package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.cli.Main;
import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials come, are seen, and end, while an edge has several and loses nothing. */
class CredentialLifeIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    private static StandInReceiver receiver;
    private static TestGateway gateway;
    private static Instant soon;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        soon = Instant.now().plus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        receiver = StandInReceiver.start();
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge(
                        "berlin",
                        "team-a",
                        "      - {basic: {user: berlin-new}, not_after: \"" + soon + "\", note: from the new vault}",
                        "      - {basic: {user: berlin-old}, not_after: 2026-01-31T00:00:00Z}")
                .hash("berlin-new", Md5Crypt.apr1Crypt(TestGateway.PASSWORD))
                .hash("berlin-old", Md5Crypt.apr1Crypt(TestGateway.PASSWORD))
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        receiver.close();
    }

    private static RawAnswer write(String user, String password) {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write(user, UP).credential(user, password))
                    .answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int status(String user) {
        return write(user, TestGateway.PASSWORD).status();
    }

    private static String statusPage() throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            return client.send(Request.of("GET", "/status")).answer().body();
        }
    }

    private static String seen(String credential) throws IOException {
        Matcher entry = Pattern.compile("(?s)\"name\" : \"basic:" + credential
                        + "\",\\s*\"note\" : \"([^\"]*)\",\\s*\"not_after\" : (\\S+),\\s*\"last_seen\" : (\\S+)\\s")
                .matcher(statusPage());
        assertThat(entry.find()).as(credential).isTrue();
        return entry.group(1) + " " + entry.group(2) + " " + entry.group(3);
    }

    @Test
    void all_credentials_of_an_edge_work_until_each_is_over() throws IOException {
        receiver.reset();

        assertThat(status("berlin")).isEqualTo(204);
        assertThat(status("berlin-new")).isEqualTo(204);
        assertThat(status("berlin-old")).as("right, and over").isEqualTo(401);

        assertThat(seen("berlin")).startsWith(" null \"20");
        assertThat(seen("berlin-new")).startsWith("from the new vault \"" + soon + "\" \"20");
        assertThat(seen("berlin-old")).isEqualTo(" \"2026-01-31T00:00:00Z\" null");
        assertThat(receiver.received())
                .allSatisfy(write -> assertThat(write.header("THANOS-TENANT")).isEqualTo("team-a"));
    }

    @Test
    void days_are_shown_of_those_that_end() {
        assertThat(gateway.metric("ringgate_credential_expiry_days{credential=\"basic:berlin-new\",edge=\"berlin\"}"))
                .isBetween(9.9, 10.0);
        assertThat(gateway.metric("ringgate_credential_expiry_days{credential=\"basic:berlin-old\",edge=\"berlin\"}"))
                .isNegative();
        assertThat(gateway.gateway().metricsPage()).doesNotContain("credential=\"basic:berlin\"");
    }

    @Test
    void what_was_seen_outlives_a_reload_and_the_end_bites_without_one() throws IOException {
        assertThat(status("berlin-new")).isEqualTo(204);
        String before = seen("berlin-new");

        gateway.edit("edges.yaml", yaml -> yaml.replace("from the new vault", "from the newest vault"));
        assertThat(gateway.reload()).isEqualTo("identities: applied: 1 changed (berlin)\n");

        assertThat(seen("berlin-new")).isEqualTo(before.replace("new vault", "newest vault"));
        gateway.edit("edges.yaml", yaml -> yaml.replace("from the newest vault", "from the new vault"));
        gateway.reload();
    }

    @Test
    void an_edge_that_is_added_is_taken_by_the_running_gateway() {
        StringWriter out = new StringWriter();
        int code = Main.run(
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                "edge",
                "add",
                "tokyo",
                "--tenant",
                "team-t",
                "--config",
                gateway.file("ringgate.yaml").toString());
        assertThat(code).isZero();
        Matcher secret = Pattern.compile("password: (\\S+)").matcher(out.toString());
        assertThat(secret.find()).isTrue();

        Await.until("the new edge writes", () -> write("tokyo", secret.group(1)).status() == 204);

        assertThat(write("tokyo", "wrong").status()).isEqualTo(401);
        assertThat(gateway.metric("ringgate_accepted_writes_total{tenant=\"team-t\"}"))
                .isGreaterThanOrEqualTo(1);
    }
}
