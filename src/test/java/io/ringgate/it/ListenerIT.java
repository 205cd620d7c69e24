package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Curl;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners say of themselves: their names, the way to https, and how long their certificates last. */
class ListenerIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    private static StandInReceiver receiver;
    private static TestGateway gateway;
    private static int tlsPort;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        tlsPort = FreePort.next();
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .tlsPort(tlsPort)
                .hostNames("[localhost, 127.0.0.1, '*.edge.example']")
                .listener("{address: '127.0.0.1:0', redirect_to_https: true, host_names: [localhost, 127.0.0.1]}")
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        receiver.close();
    }

    private static int redirectPort() {
        return gateway.gateway().ports().get(2);
    }

    private static RawAnswer ask(int port, Request request) throws IOException {
        try (RawClient client = RawClient.plain(port)) {
            return client.send(request).answer();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:443", "localhost.", "127.0.0.1:19291", "a.edge.example"})
    void its_own_names_are_served(String host) throws Exception {
        try (RawClient client = RawClient.tls(gateway.tlsPort(), gateway.ca())) {
            Request write = Request.write("berlin", UP).header("Host", host);
            assertThat(client.send(write).answer().status()).isEqualTo(204);
        }
    }

    @Test
    void another_name_is_421_for_whoever_asks_and_the_connection_goes_on() throws Exception {
        try (RawClient client = RawClient.tls(gateway.tlsPort(), gateway.ca())) {
            Request write = Request.write("berlin", UP).header("Host", "other.example");
            RawAnswer answer = client.send(write.without("Authorization")).answer();

            assertThat(answer.status()).isEqualTo(421);
            assertThat(answer.body()).startsWith("unknown host other.example: ").doesNotContain("localhost");
            assertThat(client.send(Request.write("berlin", UP)).answer().status())
                    .isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/-/healthy", "/-/ready"})
    void health_pages_answer_under_any_name_on_every_listener(String path) throws Exception {
        for (int port : new int[] {gateway.plainPort(), redirectPort()}) {
            RawAnswer answer = ask(port, Request.of("GET", path).header("Host", "10.1.2.3:8080"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("OK\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "OPTIONS"})
    void every_path_and_method_is_sent_on_to_https(String method) throws Exception {
        RawAnswer answer = ask(redirectPort(), Request.of(method, "/any/path?x=1"));

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo("https://localhost:" + tlsPort + "/any/path?x=1");
    }

    @Test
    void a_write_to_the_redirect_is_no_write_and_asks_for_no_credential() throws Exception {
        receiver.reset();
        assertThat(ask(redirectPort(), Request.write("berlin", UP)).status()).isEqualTo(308);
        RawAnswer unknown = ask(redirectPort(), Request.write("berlin", UP).without("Authorization"));

        assertThat(unknown.status()).isEqualTo(308);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void the_redirect_leads_to_no_other_host() throws Exception {
        RawAnswer answer = ask(redirectPort(), Request.of("GET", "/").header("Host", "other.example"));

        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.has("Location")).isFalse();
    }

    @Test
    void curl_follows_it_and_its_write_arrives(@TempDir Path folder) throws Exception {
        receiver.reset();
        Path body = java.nio.file.Files.write(folder.resolve("body"), UP);

        Curl.Said said = Curl.trusting(gateway.ca())
                .run(
                        "--location",
                        "--user",
                        "berlin:" + TestGateway.PASSWORD,
                        "--header",
                        "Content-Type: application/x-protobuf",
                        "--header",
                        "Content-Encoding: snappy",
                        "--data-binary",
                        "@" + body,
                        "http://localhost:" + redirectPort() + "/api/v1/receive");

        assertThat(said.status()).as(said.errors()).isIn(204, 401);
        assertThat(receiver.received()).hasSize(said.status() == 204 ? 1 : 0);
    }

    @Test
    void the_days_a_certificate_has_left_are_shown_under_its_file() {
        double days = new ScrapedPage(gateway.gateway().metricsPage()).sum("ringgate_certificate_expiry_days");

        assertThat(days).isBetween(0.9, 2.1);
        assertThat(gateway.gateway().metricsPage()).containsPattern("expiry_days\\{file=\"[^\"]+server.pem\"}");
    }
}
