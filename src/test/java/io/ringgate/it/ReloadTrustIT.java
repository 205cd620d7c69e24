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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, authorities and operators are exchanged while the gateway runs: the next connection meets the new ones. */
class ReloadTrustIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

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

    private double applied(String unit) {
        return gateway.metric("ringgate_config_reloads_total{outcome=\"applied\",unit=\"" + unit + "\"}");
    }

    private static int write(RawClient client, String user) throws IOException {
        return client.send(Request.write(user, UP)).answer().status();
    }

    @Test
    void a_new_certificate_is_shown_to_the_next_connection_and_the_old_connection_goes_on() throws Exception {
        try (RawClient before = RawClient.tls(gateway.tlsPort(), certificates.ca())) {
            certificates.issue("next", "DNS:localhost", "IP:127.0.0.1", "DNS:next.example.com");
            Files.copy(
                    certificates.certificate("next"),
                    certificates.certificate("server"),
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(gateway.reload()).contains("refused", "does not match the first certificate");
            assertThat(write(before, "berlin")).isEqualTo(204);

            Files.copy(certificates.key("next"), certificates.key("server"), StandardCopyOption.REPLACE_EXISTING);
            gateway.reload();
            assertThat(applied("certificate " + certificates.certificate("server")))
                    .isEqualTo(1);

            try (RawClient after = RawClient.tls(gateway.tlsPort(), certificates.ca())) {
                assertThat(after.peerNames()).contains("next.example.com");
                assertThat(write(after, "berlin")).isEqualTo(204);
            }
            assertThat(before.peerNames()).doesNotContain("next.example.com");
            assertThat(write(before, "berlin")).isEqualTo(204);
        }
    }

    @Test
    void a_broken_certificate_holds_up_nothing_else() throws Exception {
        Files.writeString(certificates.certificate("server"), "rubbish");
        gateway.edit("htpasswd", text -> text.replaceAll("berlin:.*\n", ""));

        assertThat(gateway.reload()).contains("certificate ", "refused");
        assertThat(applied("identities")).isEqualTo(1);

        try (RawClient client = RawClient.tls(gateway.tlsPort(), certificates.ca())) {
            assertThat(write(client, "berlin")).isEqualTo(401);
            assertThat(write(client, "tokyo")).isEqualTo(204);
        }
    }

    /** Another gateway stands where a receiver with TLS would: it is reached and wants a password, or it is not reached. */
    @Test
    void an_authority_for_receivers_is_trusted_from_the_next_connection_on() throws Exception {
        Path ours = Files.createDirectory(folder.resolve("ours"));
        Path ca = Files.copy(gateway.ca(), ours.resolve("ca.pem"));
        TestCertificates others = new TestCertificates(Files.createDirectory(folder.resolve("others")));
        Files.copy(others.ca(), ca, StandardCopyOption.REPLACE_EXISTING);
        try (TestGateway front = TestGateway.in(ours)
                        .receivers("  addresses: ['localhost:" + gateway.tlsPort()
                                + "']\n  write: {scheme: https, tls: {ca_file: ca.pem}}")
                        .edge("berlin", "team-a")
                        .start();
                RawClient client = RawClient.plain(front.plainPort())) {
            assertThat(client.send(Request.write("berlin", UP)).answer().body())
                    .startsWith("no receiver could take this write now");

            Files.copy(gateway.ca(), ca, StandardCopyOption.REPLACE_EXISTING);
            front.reload();

            assertThat(front.metric("ringgate_config_reloads_total{outcome=\"applied\",unit=\"receivers' ca\"}"))
                    .isEqualTo(1);
            Await.until(
                    "the receiver is reached", () -> body(client).startsWith("the server at the receiver's address"));
        }
    }

    private static String body(RawClient client) {
        try {
            return client.send(Request.write("berlin", UP)).answer().body();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void who_may_look_at_the_admin_pages_is_read_anew() throws Exception {
        Path ours = Files.createDirectory(folder.resolve("ours"));
        Files.writeString(ours.resolve("operators"), "eve:" + Md5Crypt.apr1Crypt("old") + "\n");
        try (TestGateway guarded = TestGateway.in(ours)
                .receiverPorts(receiver.port())
                .admin("address: 127.0.0.1:0, htpasswd_file: operators")
                .edge("berlin", "team-a")
                .start()) {
            assertThat(status(guarded, "eve", "old")).isEqualTo(200);

            Files.writeString(ours.resolve("operators"), "eve:" + Md5Crypt.apr1Crypt("new") + "\n");
            guarded.reload();

            assertThat(status(guarded, "eve", "old")).isEqualTo(401);
            assertThat(status(guarded, "eve", "new")).isEqualTo(200);
        }
    }

    private static int status(TestGateway guarded, String user, String password) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + guarded.adminPort() + "/status"))
                                    .header("Authorization", Request.basic(user, password))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
