package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers, and web pages in an operator's browser, can do at the admin listener. */
class AdminDoorIT {

    private static final InetAddress STRANGER = address("127.0.0.2");
    private static final InetAddress KUBELET = address("127.0.0.3");
    private static final Request HEALTHY = Request.of("GET", "/-/healthy");

    private static StandInReceiver receiver;
    private static TestGateway gateway;
    private static TestGateway open;

    @BeforeAll
    static void start(@TempDir Path guarded, @TempDir Path local) throws Exception {
        receiver = StandInReceiver.start();
        Files.writeString(
                guarded.resolve("operators"),
                "anna:" + Md5Crypt.apr1Crypt("anna's") + "\nbert:" + Md5Crypt.apr1Crypt("bert's") + "\n");
        gateway = TestGateway.in(guarded)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .admin("address: 127.0.0.1:0, htpasswd_file: operators, unsafe_plaintext: true,"
                        + " host_names: [ops.example, \"*.ops.example\", 10.0.0.7, \"[fd00::7]\"]")
                .start();
        open = TestGateway.in(local)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .start();
    }

    @AfterAll
    static void stop() {
        open.close();
        gateway.close();
        receiver.close();
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }

    private static RawAnswer ask(InetAddress from, Request request) throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort(), from)) {
            return client.send(request).answer();
        }
    }

    private static Request status(String user, String password) {
        return Request.of("GET", "/status").credential(user, password);
    }

    @Test
    void wrong_guesses_from_elsewhere_lock_no_operator_out() throws IOException {
        for (int i = 0; i < 30; i++) {
            assertThat(ask(STRANGER, status("anna", "guess " + i)).status()).isIn(401, 503);
        }
        assertThat(ask(STRANGER, status("anna", "one more")).status()).isEqualTo(503);

        assertThat(ask(KUBELET, status("anna", "anna's")).status()).isEqualTo(200);
    }

    @Test
    void wrong_guesses_of_one_name_leave_the_others_of_the_same_source_alone() throws IOException {
        InetAddress shared = address("127.0.0.4");
        for (int i = 0; i < 30; i++) {
            ask(shared, status("carl", "guess " + i));
        }

        assertThat(ask(shared, status("bert", "bert's")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "127.0.0.3"})
    void probes_are_answered_whatever_a_stranger_holds(String probe) throws IOException {
        List<RawClient> held = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                RawClient client = RawClient.plain(gateway.adminPort(), STRANGER);
                held.add(client);
                if (i % 2 == 0) {
                    client.send("GET /-/healthy HTTP/1.1\r\nHost: x\r\nX-Slow: ");
                }
            }
            assertThat(ask(address(probe), HEALTHY).status()).isEqualTo(200);
            assertThat(ask(address(probe), Request.of("GET", "/-/ready")).status())
                    .isEqualTo(200);
            assertThat(gateway.metric("ringgate_admin_connections_evicted_total"))
                    .isPositive();
        } finally {
            for (RawClient client : held) {
                client.close();
            }
        }
    }

    @Test
    void probes_are_answered_when_many_sources_hold_all_places() throws IOException {
        List<RawClient> held = new ArrayList<>();
        try {
            for (int i = 0; i < 320; i++) {
                held.add(RawClient.plain(gateway.adminPort(), address("127.0.1." + (1 + i % 8))));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(ask(KUBELET, HEALTHY).status()).isEqualTo(200);
            }
        } finally {
            for (RawClient client : held) {
                client.close();
            }
        }
    }

    @Test
    void a_head_that_never_ends_holds_its_place_for_seconds() throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort(), STRANGER)) {
            assertThat(client.send(HEALTHY).answer().status()).isEqualTo(200);
            client.send("GET /-/healthy HTTP/1.1\r\nX-Slow: ");

            Await.until("it is closed", () -> {
                try {
                    client.send("x");
                    return client.answerIfThere() != null;
                } catch (IOException closed) {
                    return true;
                }
            });
        }
    }

    private static Request reload(String header, String value) {
        return Request.of("POST", "/-/reload")
                .credential("bert", "bert's")
                .body(new byte[0])
                .header(header, value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Origin         | http://evil.example
            Origin         | null
            Origin         | http://localhost:1
            Origin         | https://localhost
            Origin         | http://localhost.evil.example
            Origin         | http://localhost@evil.example
            Sec-Fetch-Site | cross-site
            Sec-Fetch-Site | same-site
            Host           | evil.example
            Host           | evil.example:19292
            Host           | 10.0.0.8
            Host           | [fd00::8]:19292
            Host           | localhost.evil.example
            Host           | ops.example.evil
            Host           | 127.0.0.1.evil.example
            """)
    void a_post_that_a_web_page_may_have_made_is_refused(String header, String value) throws IOException {
        RawAnswer answer = ask(KUBELET, reload(header, value));

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).startsWith("this request is refused: it").containsAnyOf("curl", "admin.host_names");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Origin         | http://localhost
            Origin         | http://LOCALHOST:80
            Sec-Fetch-Site | same-origin
            Sec-Fetch-Site | none
            Host           | localhost:8080
            Host           | LocalHost.
            Host           | 127.0.0.1
            Host           | 127.9.9.9:19292
            Host           | [::1]:19292
            Host           | ops.example
            Host           | OPS.example:443
            Host           | one.ops.example
            Host           | 10.0.0.7:19292
            Host           | [fd00:0::7]
            """)
    void a_post_of_an_operator_is_taken(String header, String value) throws IOException {
        RawAnswer answer = ask(KUBELET, reload(header, value));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "FANCY"})
    void so_are_other_methods_that_may_change_something(String method) throws IOException {
        Request foreign =
                Request.of(method, "/-/reload").credential("bert", "bert's").header("Host", "evil.example");

        assertThat(ask(KUBELET, foreign).status()).isEqualTo(403);
    }

    @Test
    void two_hosts_are_none() throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            client.send(
                    "POST /-/reload HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n");

            assertThat(client.answer().status()).isEqualTo(403);
        }
    }

    @Test
    void a_page_that_is_read_with_a_credential_answers_under_any_name() throws IOException {
        assertThat(ask(KUBELET, status("bert", "bert's").header("Host", "10.42.0.9:19292"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void where_no_credential_is_asked_a_foreign_name_reads_nothing() throws IOException {
        try (RawClient client = RawClient.plain(open.adminPort())) {
            assertThat(client.send(Request.of("GET", "/status").header("Host", "evil.example"))
                            .answer()
                            .status())
                    .isEqualTo(403);
            assertThat(client.send(HEALTHY).answer().status()).isEqualTo(200);
            assertThat(client.send(Request.of("GET", "/status")).answer().status())
                    .isEqualTo(200);
        }
    }
}
