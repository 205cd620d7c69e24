package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.testing.Await;
import io.ringgate.testing.ClientAuthority;
import io.ringgate.testing.Curl;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edges that prove themselves by a client certificate, and what becomes of them when it is withdrawn. */
class ClientCertificateIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    @TempDir
    private Path folder;

    private StandInReceiver receiver;
    private ClientAuthority authority;
    private ClientAuthority others;
    private Path list;
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        receiver = StandInReceiver.start();
        others = new ClientAuthority(Files.createDirectory(folder.resolve("others")));
        others.client("berlin").names("DNS:berlin.example").issue();
        authority = new ClientAuthority(Files.createDirectory(folder.resolve("clients")));
        authority.client("berlin").names("DNS:berlin.example").issue();
        authority.client("tokyo").subject("/CN=tokyo").issue();
        authority.client("nobody").issue();
        authority
                .client("double")
                .subject("/CN=tokyo")
                .names("DNS:berlin.example")
                .issue();
        authority
                .client("past")
                .valid(Instant.now().minus(Duration.ofDays(2)), Instant.now().minusSeconds(60))
                .issue();
        list = authority.list("list.crl");
    }

    @AfterEach
    void stop() {
        gateway.close();
        receiver.close();
    }

    private void open(String mode) throws Exception {
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .listener("{address: '127.0.0.1:0', tls: {certificates: [" + TestGateway.certificate()
                        + "], client_auth: " + mode + ", client_ca_file: " + authority.ca() + ", crl_file: " + list
                        + "}}")
                .edge("berlin", "team-a", "      - certificate: {dns: berlin.example}")
                .edge("tokyo", "team-b", "      - certificate: {subject_cn: tokyo}")
                .start();
    }

    private int port() {
        return gateway.gateway().ports().get(2);
    }

    private String url(String path) {
        return "https://127.0.0.1:" + port() + path;
    }

    private RawClient by(ClientAuthority from, String name) throws IOException {
        return RawClient.tlsAs(port(), gateway.ca(), from.certificate(name), from.key(name));
    }

    private RawClient by(String name) throws IOException {
        return by(authority, name);
    }

    private static int write(RawClient client) throws IOException {
        return client.send(Request.write("", UP).without("Authorization"))
                .answer()
                .status();
    }

    private static int write(RawClient client, String user) throws IOException {
        return client.send(Request.write(user, UP)).answer().status();
    }

    private double refused(String reason) {
        return new ScrapedPage(gateway.gateway().metricsPage())
                .sum("ringgate_refused_writes_total", "reason=\"" + reason + "\"");
    }

    @Test
    void an_edge_is_itself_by_its_certificate_by_its_password_and_by_both() throws Exception {
        open("request");
        try (RawClient certificate = by("berlin");
                RawClient password = RawClient.tls(port(), gateway.ca());
                RawClient tokyo = by("tokyo")) {
            assertThat(write(certificate)).isEqualTo(204);
            assertThat(write(certificate, "berlin")).isEqualTo(204);
            assertThat(write(certificate, "tokyo")).as("two edges at once").isEqualTo(401);
            assertThat(write(password, "berlin")).isEqualTo(204);
            assertThat(write(password)).isEqualTo(401);
            assertThat(write(tokyo)).isEqualTo(204);
        }
        assertThat(refused("no_credential")).isEqualTo(1);
        assertThat(refused("wrong_credential")).isEqualTo(1);
        assertThat(receiver.received())
                .extracting(write -> write.header("THANOS-TENANT"))
                .containsExactly("team-a", "team-a", "team-a", "team-b");
    }

    @Test
    void a_certificate_that_names_nobody_or_two_is_refused_and_only_the_first_is_a_wall_before_a_password()
            throws Exception {
        open("require");
        try (RawClient nobody = by("nobody");
                RawClient two = by("double")) {
            assertThat(write(nobody)).isEqualTo(401);
            assertThat(write(nobody, "berlin")).isEqualTo(204);
            assertThat(write(two)).isEqualTo(401);
            assertThat(write(two, "berlin")).isEqualTo(401);
        }
    }

    @Test
    void where_it_is_required_writes_without_one_are_refused_and_health_pages_answer() throws Exception {
        open("require");
        try (RawClient client = RawClient.tls(port(), gateway.ca())) {
            RawAnswer refused = client.send(Request.write("berlin", UP)).answer();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body()).startsWith("authentication required: the credential is missing or invalid");
            assertThat(client.send(Request.of("GET", "/-/ready")).answer().status())
                    .isEqualTo(200);
            assertThat(client.send(Request.of("GET", "/-/healthy")).answer().status())
                    .isEqualTo(200);
        }
        assertThat(refused("no_credential")).isEqualTo(1);
    }

    @Test
    void curl_writes_by_certificate_and_reads_health_without() throws Exception {
        open("require");
        Path body = Files.write(folder.resolve("body"), UP);
        Curl curl = Curl.trusting(gateway.ca());

        assertThat(curl.run(url("/-/ready")).status()).isEqualTo(200);
        Curl.Said stored = curl.run(
                "--cert",
                authority.certificate("berlin").toString(),
                "--key",
                authority.key("berlin").toString(),
                "--header",
                "Content-Type: application/x-protobuf",
                "--header",
                "Content-Encoding: snappy",
                "--data-binary",
                "@" + body,
                url("/api/v1/write"));
        assertThat(stored.status()).as(stored.errors()).isEqualTo(204);
        assertThat(curl.run("-X", "POST", url("/api/v1/write")).status()).isEqualTo(401);
    }

    @Test
    void certificates_that_nobody_vouches_for_fail_the_handshake_and_are_counted() throws Exception {
        open("request");
        authority.revoke("nobody");
        authority.list("list.crl");
        assertThat(gateway.reload()).contains("client ca " + authority.ca() + ": applied");

        failsWith("unknown_client_ca", others, "berlin");
        failsWith("client_certificate_expired", authority, "past");
        failsWith("client_certificate_revoked", authority, "nobody");
    }

    private void failsWith(String reason, ClientAuthority by, String name) {
        assertThatThrownBy(() -> {
                    try (RawClient client = by(by, name)) {
                        write(client);
                    }
                })
                .isInstanceOf(IOException.class);
        String series = "ringgate_tls_handshake_failures_total{reason=\"" + reason + "\"}";
        Await.until(reason + " is counted", () -> gateway.metric(series) == 1);
    }

    @Test
    void an_edge_whose_certificate_is_listed_cannot_make_one_for_another_edge() throws Exception {
        authority.issueBy("berlin", "usurper", "URI:spiffe://example/edge/tokyo");
        Files.writeString(
                authority.certificate("usurper"),
                Files.readString(authority.certificate("berlin")),
                StandardOpenOption.APPEND);
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .listener("{address: '127.0.0.1:0', tls: {certificates: [" + TestGateway.certificate()
                        + "], client_auth: request, client_ca_file: " + authority.certificate("berlin") + "}}")
                .edge("berlin", "team-a", "      - certificate: {dns: berlin.example}")
                .edge("tokyo", "team-b", "      - certificate: {uri: 'spiffe://example/edge/tokyo'}")
                .start();

        try (RawClient berlin = by("berlin")) {
            assertThat(write(berlin)).isEqualTo(204);
        }
        failsWith("unknown_client_ca", authority, "usurper");
        assertThat(receiver.received())
                .extracting(write -> write.header("THANOS-TENANT"))
                .containsExactly("team-a");
    }

    @Test
    void constraints_that_an_authority_gets_hold_for_open_connections_too() throws Exception {
        open("request");
        try (RawClient berlin = by("berlin")) {
            assertThat(write(berlin)).isEqualTo(204);

            authority.openssl("req -x509 -days 2 -key ca.key -subj /CN=ca -out bounded.pem -addext"
                    + " basicConstraints=critical,CA:TRUE -addext"
                    + " nameConstraints=critical,permitted;DNS:inside.example");
            replace(authority.ca(), Files.readString(authority.certificate("bounded")));
            assertThat(gateway.reload()).contains("client ca " + authority.ca() + ": applied");

            assertThat(write(berlin)).isEqualTo(401);
        }
        failsWith("other", authority, "berlin");
    }

    @Test
    void what_is_revoked_is_refused_on_open_connections_which_end() throws Exception {
        open("require");
        try (RawClient berlin = by("berlin");
                RawClient tokyo = by("tokyo")) {
            assertThat(write(berlin)).isEqualTo(204);
            assertThat(write(tokyo)).isEqualTo(204);

            authority.revoke("berlin").list("list.crl");
            gateway.reload();

            RawAnswer refused = berlin.send(Request.write("berlin", UP)).answer();
            assertThat(refused.status()).as("even with the right password").isEqualTo(401);
            assertThat(refused.header("Connection")).isEqualTo("close");
            assertThat(write(tokyo)).isEqualTo(204);
        }
    }

    @Test
    void an_authority_that_is_withdrawn_vouches_for_nobody_any_more() throws Exception {
        open("require");
        Path cas = authority.ca();
        String both = Files.readString(cas) + Files.readString(others.ca());
        Files.writeString(list, "");
        replace(cas, both);
        assertThat(gateway.reload()).as("the lists are empty").contains("client ca " + cas + ": refused");
        authority.list("list.crl");
        gateway.reload();
        try (RawClient old = by("berlin");
                RawClient fresh = by(others, "berlin")) {
            assertThat(write(old)).isEqualTo(204);
            assertThat(write(fresh)).isEqualTo(204);

            Files.copy(others.list("list.crl"), list, StandardCopyOption.REPLACE_EXISTING);
            replace(cas, Files.readString(others.ca()));
            assertThat(gateway.reload()).contains("client ca " + cas + ": applied");

            assertThat(write(old)).isEqualTo(401);
            assertThat(write(fresh)).isEqualTo(204);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void another_ca_file_holds_for_open_connections_too() throws Exception {
        open("request");
        try (RawClient berlin = by("berlin")) {
            assertThat(write(berlin)).isEqualTo(204);

            gateway.edit(
                    "ringgate.yaml",
                    text -> text.replace(
                            "client_ca_file: " + authority.ca() + ", crl_file: " + list,
                            "client_ca_file: " + others.ca()));
            assertThat(gateway.reload()).contains("gateway: applied");

            assertThat(write(berlin)).isEqualTo(401);
        }
        try (RawClient other = by(others, "berlin")) {
            assertThat(write(other)).isEqualTo(204);
        }
    }

    @Test
    void an_edge_that_no_longer_has_the_certificate_is_refused_on_its_open_connection() throws Exception {
        open("request");
        try (RawClient berlin = by("berlin")) {
            assertThat(write(berlin)).isEqualTo(204);
            gateway.edit("edges.yaml", text -> text.replace("      - certificate: {dns: berlin.example}", ""));
            gateway.reload();

            assertThat(write(berlin)).isEqualTo(401);
            assertThat(write(berlin, "berlin")).isEqualTo(204);
        }
    }

    @Test
    void where_nobody_asks_any_more_open_connections_go_on_with_their_passwords() throws Exception {
        open("require");
        try (RawClient berlin = by("berlin")) {
            assertThat(write(berlin)).isEqualTo(204);
            gateway.edit("ringgate.yaml", text -> text.replaceAll(", client_auth: .*list.crl", ""));
            assertThat(gateway.reload()).contains("gateway: applied");

            assertThat(write(berlin)).isEqualTo(401);
            assertThat(write(berlin, "berlin")).isEqualTo(204);
        }
        try (RawClient plain = RawClient.tls(port(), gateway.ca())) {
            assertThat(write(plain, "berlin")).isEqualTo(204);
        }
    }

    @Test
    void days_are_shown_for_the_authorities_and_their_list() throws Exception {
        open("request");

        assertThat(gateway.metric("ringgate_certificate_expiry_days{file=\"" + authority.ca() + "\"}"))
                .isBetween(1.9, 2.0);
        assertThat(gateway.metric("ringgate_crl_next_update_days{file=\"" + list + "\"}"))
                .isBetween(0.9, 1.0);
    }
}
