package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.metrics.Descriptions;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's pages over TLS with a password, and what they say. */
class AdminIT {

    private static final String OPERATOR = "anna";
    private static final String PASSWORD = "for operators";
    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    private static StandInReceiver receiver;
    private static TestGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        Files.writeString(folder.resolve("operators"), OPERATOR + ":" + Md5Crypt.apr1Crypt(PASSWORD) + "\n");
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .edge("closed", "team-b", "    enabled: false")
                .edge("silent", "team-c")
                .admin("address: 127.0.0.1:0, htpasswd_file: operators, tls: {certificates: ["
                        + TestGateway.certificate() + "]}")
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        receiver.close();
    }

    private static RawAnswer ask(Request request) throws IOException {
        try (RawClient client = RawClient.tls(gateway.adminPort(), gateway.ca())) {
            return client.send(request).answer();
        }
    }

    private static Request by(String user, String password, String path) {
        return Request.of("GET", path).credential(user, password);
    }

    private static String page(String path) throws IOException {
        RawAnswer answer = ask(by(OPERATOR, PASSWORD, path));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void write(String user, byte[] body) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            client.send(Request.write(user, body)).answer();
        }
    }

    private static double refused() {
        return gateway.metric("ringgate_admin_refused_total");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/status", "/-/reload", "/nothing"})
    void without_a_credential_there_is_nothing_to_see(String path) throws IOException {
        double before = refused();

        RawAnswer answer = ask(Request.of("GET", path));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(answer.body()).isEqualTo("this page is for operators: send a valid credential\n");
        assertThat(refused()).isEqualTo(before + 1);
    }

    @Test
    void a_connection_over_tls_lasts_however_much_it_sends() throws Exception {
        String probe = "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + "p".repeat(1_000) + "\r\n\r\n";
        try (RawClient client = RawClient.tls(gateway.adminPort(), gateway.ca())) {
            for (int i = 1; i <= 100; i++) {
                assertThat(client.send(probe).answer().status())
                        .as("probe %d", i)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void neither_a_wrong_password_nor_that_of_an_edge_opens_it() throws IOException {
        assertThat(ask(by(OPERATOR, "guessed", "/status")).status()).isEqualTo(401);
        assertThat(ask(by("berlin", TestGateway.PASSWORD, "/status")).status()).isEqualTo(401);
    }

    @Test
    void two_credentials_are_none() throws IOException {
        String line = "Authorization: " + Request.basic(OPERATOR, PASSWORD) + "\r\n";
        try (RawClient client = RawClient.tls(gateway.adminPort(), gateway.ca())) {
            client.send("GET /status HTTP/1.1\r\nHost: x\r\n" + line + line + "\r\n");

            assertThat(client.answer().status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/-/healthy", "/-/ready"})
    void health_answers_anybody(String path) throws IOException {
        assertThat(ask(Request.of("GET", path)).body()).isEqualTo("OK\n");
    }

    @Test
    void a_known_operator_is_told_what_there_is() throws IOException {
        RawAnswer nothing = ask(by(OPERATOR, PASSWORD, "/nothing"));
        RawAnswer post =
                ask(Request.of("POST", "/status").credential(OPERATOR, PASSWORD).body(new byte[0]));

        assertThat(nothing.status()).isEqualTo(404);
        assertThat(nothing.body()).contains("/metrics", "/status");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void plain_http_gets_no_page() throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            client.send("GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThatThrownBy(() -> {
                        RawAnswer answer = client.answer();
                        throw new AssertionError(answer.toString());
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void an_edge_cannot_write_with_an_operators_password() throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            Request write = Request.write("berlin", UP).credential(OPERATOR, PASSWORD);

            assertThat(client.send(write).answer().status()).isEqualTo(401);
        }
    }

    @Test
    void every_metric_of_ours_says_what_it_means() throws IOException {
        write("berlin", UP);
        write("closed", UP);

        List<String> help = page("/metrics")
                .lines()
                .filter(line -> line.startsWith("# HELP ringgate_"))
                .map(line -> line.substring("# HELP ".length()))
                .toList();

        assertThat(help).hasSizeGreaterThan(20).allSatisfy(line -> {
            // Micrometer adds the largest value of late to each timer, under the timer's description.
            String name = line.substring(0, line.indexOf(' ')).replaceFirst("_seconds_max$", "_seconds");
            assertThat(line.substring(line.indexOf(' ') + 1))
                    .as(name)
                    .isEqualTo(Descriptions.all().get(name));
        });
    }

    @Test
    void the_build_and_every_configured_edge_are_on_the_metrics_page() throws IOException {
        write("berlin", UP);

        String page = page("/metrics");

        assertThat(page)
                .containsPattern("(?m)^ringgate_build_info\\{java=\"25[^\"]*\",version=\"[^\"]+\"} 1$")
                .containsPattern(accepted("berlin") + "1\\.[0-9]+E9$")
                .containsPattern(accepted("closed") + "0\\.0$")
                .containsPattern(accepted("silent") + "0\\.0$");
    }

    private static String accepted(String edge) {
        return "(?m)^" + Pattern.quote("ringgate_edge_last_accepted_timestamp_seconds{edge=\"" + edge + "\"} ");
    }

    @Test
    void the_status_page_tells_each_edges_last_word_and_no_secret() throws IOException {
        write("berlin", UP);
        write("closed", UP);

        String status = page("/status");

        assertThat(status)
                .containsPattern("\"started\" : \"20\\d\\d-[^\"]+Z\"")
                .containsPattern("\"uptime_seconds\" : \\d+")
                .containsPattern("\"version\" : \"[^\"]+\"")
                .containsPattern("\"edges\" : \"/[^\"]*edges.yaml\"")
                .containsPattern("\"admin_htpasswd\" : \"/[^\"]*operators\"")
                .containsPattern("(?s)\"name\" : \"berlin\".{0,400}\"last_accepted\" : \"20\\d\\d-")
                .containsPattern("(?s)\"name\" : \"closed\".{0,400}\"last_accepted\" : null,\\s*\"last_refusal\" : \\{"
                        + "\\s*\"time\" : \"20[^\"]+\",\\s*\"reason\" : \"edge_disabled\","
                        + "\\s*\"message\" : \"edge closed is disabled here[^\"]*\",\\s*\"request_id\" : \"")
                .containsPattern("(?s)\"name\" : \"silent\".{0,400}\"last_refusal\" : null")
                .doesNotContain("$apr1$", PASSWORD, TestGateway.PASSWORD);
    }
}
