package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Curl;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How people find out whether address, certificate and password are right: with curl. */
class CurlIT {

    private static StandInReceiver receiver;
    private static TestGateway gateway;
    private static String receive;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .start();
        receive = "https://localhost:" + gateway.tlsPort() + "/api/v1/receive";
    }

    @AfterAll
    static void stop() {
        gateway.close();
        receiver.close();
    }

    private static Curl.Said curl(String... arguments) throws Exception {
        return Curl.trusting(gateway.ca()).run(arguments);
    }

    @Test
    void a_right_password_is_recognised() throws Exception {
        Curl.Said said = curl("-u", "berlin:" + TestGateway.PASSWORD, receive);

        assertThat(said.status()).isEqualTo(405);
        assertThat(said.body()).startsWith("recognised as edge berlin, send POST (request ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"berlin:wrong", "nobody:open sesame", "berlin:"})
    void a_wrong_one_is_not(String credential) throws Exception {
        assertThat(curl("-u", credential, receive).status()).isEqualTo(401);
    }

    @Test
    void and_none_is_not() throws Exception {
        assertThat(curl(receive).status()).isEqualTo(401);
    }

    @Test
    void an_empty_post_is_told_about_snappy() throws Exception {
        Curl.Said said = curl("-u", "berlin:" + TestGateway.PASSWORD, "-X", "POST", receive);

        assertThat(said.status()).isEqualTo(400);
        assertThat(said.body()).contains("snappy");
    }

    @Test
    void plain_http_on_the_tls_port_is_told_the_https_url() throws Exception {
        Curl.Said said = curl("http://localhost:" + gateway.tlsPort() + "/api/v1/receive");

        assertThat(said.status()).isEqualTo(400);
        assertThat(said.body()).contains("https://localhost:" + gateway.tlsPort() + "/api/v1/receive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/-/ready", "/-/healthy"})
    void health_needs_no_credential(String path) throws Exception {
        Curl.Said said = curl("https://localhost:" + gateway.tlsPort() + path);

        assertThat(said.status()).isEqualTo(200);
        assertThat(said.body()).isEqualTo("OK\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tlsv1.2", "--tlsv1.3"})
    void tls_1_2_and_1_3_are_spoken(String version) throws Exception {
        Curl.Said said = curl(
                version,
                "--tls-max",
                version.substring("--tlsv".length()),
                "https://localhost:" + gateway.tlsPort() + "/-/ready");

        assertThat(said.status()).isEqualTo(200);
    }

    @Test
    void tls_1_1_is_not() throws Exception {
        Curl.Said said = curl(
                "--tlsv1.1",
                "--tls-max",
                "1.1",
                "--ciphers",
                "DEFAULT:@SECLEVEL=0",
                "https://localhost:" + gateway.tlsPort() + "/-/ready");

        assertThat(said.status()).isZero();
    }

    @Test
    void http_2_is_not_spoken_even_when_asked_for() throws Exception {
        Curl.Said said = curl("--http2", "-w", "%{http_version} %{http_code}", receive);

        assertThat(said.all()).endsWith("1.1 401");
    }
}
