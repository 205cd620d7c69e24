package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.testing.Await;
import io.ringgate.testing.Curl;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that fail are counted by their reason, whatever program the client is. */
class HandshakeFailureIT {

    /** The beginning of a handshake record that says it is longer. */
    private static final byte[] BEGUN = {22, 3, 1, 2, 0, 1};

    private static TestGateway gateway;
    private static TestCertificates others;

    private ScrapedPage before;

    @BeforeAll
    static void start(@TempDir Path folder, @TempDir Path otherFolder) throws Exception {
        others = new TestCertificates(otherFolder);
        gateway = TestGateway.in(folder)
                .edge("berlin", "team-a")
                .settings("timeouts: {tls_handshake: 2s}")
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void count() {
        before = page();
    }

    private static ScrapedPage page() {
        return new ScrapedPage(gateway.gateway().metricsPage());
    }

    private double added(String... labels) {
        String metric = "ringgate_tls_handshake_failures_total";
        return page().sum(metric, labels) - before.sum(metric, labels);
    }

    private void one(String reason) {
        Await.until("one failure is counted", () -> added() >= 1);
        assertThat(added("reason=\"" + reason + "\"")).isEqualTo(1);
        assertThat(added()).isEqualTo(1);
    }

    private static void openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "openssl", "s_client", "-connect", "127.0.0.1:" + gateway.tlsPort(), "-servername", "localhost"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();
        process.waitFor();
    }

    @Test
    void curl_that_trusts_others_refused_our_certificate() throws Exception {
        Curl.Said said = Curl.trusting(others.ca()).run(gateway.url("/-/ready"));

        assertThat(said.exit()).isEqualTo(60);
        one("client_refused_certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void openssl_that_trusts_others_refused_our_certificate(String version) throws Exception {
        openssl(version, "-verify_return_error", "-CAfile", others.ca().toString());

        one("client_refused_certificate");
    }

    @Test
    void java_that_trusts_others_refused_our_certificate() {
        assertThatThrownBy(() -> RawClient.tls(gateway.tlsPort(), others.ca())).isInstanceOf(SSLException.class);

        one("client_refused_certificate");
    }

    @Test
    void a_client_with_other_ciphers_has_no_version_in_common() throws Exception {
        openssl("-tls1_2", "-cipher", "AES128-SHA");

        one("no_common_version");
    }

    @Test
    void plain_http_is_one_too_and_is_told_where_to_go() throws Exception {
        try (RawClient client = RawClient.plain(gateway.tlsPort())) {
            RawAnswer answer = client.send(Request.of("GET", "/api/v1/write")).answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("this port is HTTPS only: use https://localhost/api/v1/write");
        }
        one("plain_http");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_does_not_go_on_is_late(boolean begun) throws Exception {
        try (RawClient client = RawClient.plain(gateway.tlsPort())) {
            client.send(begun ? BEGUN : new byte[0]);

            one("timeout");
        }
    }

    @Test
    void who_goes_in_the_middle_went() throws Exception {
        try (RawClient client = RawClient.plain(gateway.tlsPort())) {
            client.send(BEGUN);
            Await.until("it is there", () -> gateway.gateway().connections() == 1);
        }
        one("closed");
    }

    @Test
    void a_probe_of_the_port_and_a_good_client_are_none() throws Exception {
        RawClient.plain(gateway.tlsPort()).close();
        try (RawClient client = RawClient.tls(gateway.tlsPort(), gateway.ca())) {
            client.send(Request.of("GET", "/-/ready")).answer();
        }
        Await.until("both are gone", () -> gateway.gateway().connections() == 0);

        assertThat(added()).isZero();
    }
}
