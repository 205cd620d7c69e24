package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.DumpedGateway;
import io.ringgate.testing.FakeIssuer;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.SigningKey;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a sender shows to prove himself is in no object of the gateway once he has his answer, whatever came of it, while his
 * connection idles and nobody else comes.
 */
class LingeringSecretsIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final SigningKey KEY = SigningKey.ec("one", "P-256");
    private static final String RIGHT = "right-plugh-password-4711";
    private static final String OPERATORS = "operators-plugh-password-4711";

    private static StandInReceiver receiver;
    private static FakeIssuer issuer;
    private static DumpedGateway gateway;

    private final List<RawClient> idle = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        issuer = FakeIssuer.start().publish(KEY);
        Files.writeString(folder.resolve("client-secret"), "client-secret\n");
        Files.writeString(folder.resolve("operators"), "anna:" + Md5Crypt.apr1Crypt(OPERATORS) + "\n");
        gateway = DumpedGateway.start(
                folder,
                TestGateway.in(folder)
                        .settings("memory_budget: 128MiB")
                        .receiverPorts(receiver.port())
                        .admin("address: 127.0.0.1:0, htpasswd_file: operators")
                        .tokens(
                                "issuers: [{name: idp, issuer: \"" + issuer.issuer()
                                        + "\", audiences: [ringgate], jwks_url: \"" + issuer.url(FakeIssuer.KEYS)
                                        + "\", unsafe_plaintext: true}]\n" + "introspection: {url: \""
                                        + issuer.url("/introspect")
                                        + "\", unsafe_plaintext: true, client_id: ringgate, client_secret_file: client-secret}\n")
                        .edge("berlin", "team-a")
                        .hash("berlin", Md5Crypt.apr1Crypt(RIGHT))
                        .entry(
                                "{name: paris, tenant: team-b, credentials: [{jwt: {issuer: idp, claims: {azp: paris}}}]}")
                        .entry("{name: oslo, tenant: team-c, credentials: [{oauth2: {claims: {client_id: oslo}}}]}"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        issuer.close();
        receiver.close();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (RawClient client : idle) {
            client.close();
        }
    }

    /** On both listeners; the connections stay open. */
    private void show(int status, String authorization, String... secrets) throws IOException {
        shown.add(authorization.substring(authorization.indexOf(' ') + 1));
        shown.addAll(List.of(secrets));
        Request write = Request.write("nobody", UP).header("Authorization", authorization);
        answered(status, RawClient.plain(gateway.plainPort()), write);
        answered(status, RawClient.tls(gateway.tlsPort(), TestGateway.authority()), write);
    }

    private void answered(int status, RawClient client, Request request) throws IOException {
        idle.add(client);
        assertThat(client.send(request).answer().status()).isEqualTo(status);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void nothingIsLeft() throws IOException, InterruptedException {
        assertThat(gateway.reachable(shown)).isEmpty();
    }

    @Test
    void the_search_finds_what_is_there() throws Exception {
        assertThat(gateway.reachable(List.of("team-c", "never-seen"))).containsExactly("team-c");
    }

    @Test
    void a_password() throws Exception {
        show(
                204,
                Request.basic("berlin", RIGHT),
                RIGHT,
                base64("berlin:" + RIGHT).substring(12, 40));

        nothingIsLeft();
    }

    @Test
    void a_wrong_password() throws Exception {
        show(401, Request.basic("berlin", "wrong-plugh-password-4711"), "wrong-plugh-password-4711");

        nothingIsLeft();
    }

    @Test
    void an_opaque_token() throws Exception {
        issuer.page(
                "/introspect",
                FakeIssuer.Page.json("{\"active\": true, \"client_id\": \"oslo\", \"token_type\": \"Bearer\"}"));
        show(204, "Bearer opaque-plugh-token-4711");

        nothingIsLeft();
    }

    @Test
    void an_opaque_token_that_proves_nobody_or_cannot_be_checked() throws Exception {
        issuer.page("/introspect", FakeIssuer.Page.json("{\"active\": false}"));
        show(401, "Bearer inactive-plugh-token-4711");
        issuer.page("/introspect", FakeIssuer.Page.of(500, "text/plain", "broken"));
        show(503, "Bearer unknown-plugh-token-4711");

        nothingIsLeft();
    }

    @Test
    void a_signed_token() throws Exception {
        String token = Token.by(KEY, "ES256", issuer.issuer(), "ringgate", System.currentTimeMillis())
                .claim("azp", Token.text("paris"))
                .signed();
        String[] parts = token.split("\\.", -1);
        show(204, "Bearer " + token, parts[1], parts[2]);
        show(401, "Bearer " + token.substring(0, token.length() - 6) + "AAAAAA");

        nothingIsLeft();
    }

    @Test
    void what_no_request_was_made_of() throws Exception {
        shown.add("broken-plugh-head-4711");
        RawClient client = RawClient.plain(gateway.plainPort());
        idle.add(client);
        client.send("POST / HTTP/1.1\r\nHost: a\r\nAuthorization: broken-plugh-head-4711\r\nHost: a\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(400);

        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_head_that_came_in_pieces(boolean tls) throws Exception {
        String token = "pieces-plugh-token-4711-" + tls;
        shown.add(token);
        RawClient client =
                tls ? RawClient.tls(gateway.tlsPort(), TestGateway.authority()) : RawClient.plain(gateway.plainPort());
        idle.add(client);
        client.send("POST /api/v1/receive HTTP/1.1\r\nHost: localhost\r\nAuthorization: Digest " + token + "\r\n");
        for (int i = 0; i < 10; i++) {
            // By then the loops have read the first piece.
            answered(200, RawClient.plain(gateway.plainPort()), Request.of("GET", "/-/healthy"));
        }
        client.send("Content-Length: 0\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(401);

        nothingIsLeft();
    }

    @Test
    void an_operators_password() throws Exception {
        Request status = Request.of("GET", "/status").credential("anna", OPERATORS);
        shown.addAll(List.of(OPERATORS, base64("anna:" + OPERATORS)));
        answered(200, RawClient.plain(gateway.adminPort()), status);

        nothingIsLeft();
    }
}
