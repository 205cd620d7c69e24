package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Eventually;
import io.ringgate.testing.FakeIssuer;
import io.ringgate.testing.GatewayProcess;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.RinggateProcess;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Marked secrets go every way a secret can go, right and wrong ones, and then everything that the gateway put out is
 * searched: answers, log, access log, metrics, status, and what receivers got.
 */
@Tag("launcher")
class SecretsIT {

    /** In every secret of this test, so that one search finds them all. */
    private static final String MARK = "xyzzy";

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final SigningKey KEY = SigningKey.ec("one", "P-256");
    private static final String OPAQUE = "opaque-" + MARK + "-token";

    private static StandInReceiver receiver;
    private static FakeIssuer issuer;
    private static GatewayProcess gateway;
    private static Path files;
    private static String hash;

    private final List<RawAnswer> answers = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        files = folder;
        receiver = StandInReceiver.start();
        issuer = FakeIssuer.start().publish(KEY);
        issuer.page(
                "/introspect",
                FakeIssuer.Page.json("{\"active\": true, \"client_id\": \"oslo\", \"token_type\": \"Bearer\"}"));
        Files.writeString(folder.resolve("client-secret"), "client-" + MARK + "-secret\n");
        hash = Md5Crypt.apr1Crypt("right-" + MARK);
        gateway = GatewayProcess.start(
                folder,
                TestGateway.in(folder)
                        .receiverPorts(receiver.port())
                        .accessLog("file: stdout, sample: 1")
                        .tokens(
                                "issuers: [{name: idp, issuer: \"" + issuer.issuer()
                                        + "\", audiences: [ringgate], jwks_url: \"" + issuer.url(FakeIssuer.KEYS)
                                        + "\", unsafe_plaintext: true}]\n" + "introspection: {url: \""
                                        + issuer.url("/introspect")
                                        + "\", unsafe_plaintext: true, client_id: ringgate, client_secret_file: client-secret}\n")
                        .edge("berlin", "team-a")
                        .hash("berlin", hash)
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

    private static String token(String edge) {
        return Token.by(KEY, "ES256", issuer.issuer(), "ringgate", System.currentTimeMillis())
                .claim("azp", Token.text(edge))
                .claim("secret", Token.text(MARK))
                .signed();
    }

    private void show(int status, String authorization) throws IOException {
        RawAnswer answer = ask(Request.write("nobody", UP).header("Authorization", authorization));
        assertThat(answer.status()).as(authorization).isEqualTo(status);
    }

    private RawAnswer ask(Request request) throws IOException {
        try (RawClient client = RawClient.tls(gateway.tlsPort(), TestGateway.authority())) {
            RawAnswer answer = client.send(request).answer();
            answers.add(answer);
            return answer;
        }
    }

    private static String admin(Request request) throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            return client.send(request).answer().toString();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void no_secret_is_in_anything_that_the_gateway_puts_out() throws Exception {
        String good = token("paris");
        show(204, Request.basic("berlin", "right-" + MARK));
        show(401, Request.basic("berlin", "wrong-" + MARK));
        show(401, Request.basic("who-" + MARK, "wrong-" + MARK));
        show(401, "Basic " + MARK);
        show(401, "Digest username=\"" + MARK + "\"");
        show(401, MARK);
        show(204, "Bearer " + good);
        show(401, "Bearer " + good.substring(0, good.length() - 8) + MARK + "aaa");
        show(401, "Bearer " + token("nobody"));
        show(204, "Bearer " + OPAQUE);
        issuer.page("/introspect", FakeIssuer.Page.json("{\"active\": false, \"why\": \"" + MARK + "\"}"));
        show(401, "Bearer " + OPAQUE + "2");
        issuer.page("/introspect", FakeIssuer.Page.of(500, "text/plain", MARK));
        show(503, "Bearer " + OPAQUE + "3");
        issuer.page("/introspect", FakeIssuer.Page.json("{\"active\": " + MARK + "}"));
        show(503, "Bearer " + OPAQUE + "4");
        ask(Request.of("POST", "/api/v1/receive?access_token=" + MARK).header("Authorization", "Bearer " + good));
        ask(Request.of("GET", "/somewhere?password=" + MARK).json(true));
        ask(Request.write("nobody", UP).header("Authorization", "Bearer " + good + "\r\nAuthorization: Basic " + MARK));
        issuer.page(FakeIssuer.KEYS, FakeIssuer.Page.of(500, "text/plain", MARK));
        receiver.reply(StandInReceiver.Reply.status(500, "broken"));
        show(503, Request.basic("berlin", "right-" + MARK));

        String metrics = admin(Request.of("GET", "/metrics"));
        String status = admin(Request.of("GET", "/status").credential("operator", MARK));
        String reload = admin(Request.of("POST", "/-/reload"));
        String printed = Eventually.see(
                "the access log is written",
                gateway::printed,
                text -> text.contains("\"status\":503") && text.contains("\"status\":400"));

        assertThat(answers).hasSizeGreaterThan(15);
        List<String> marks = List.of(
                MARK, base64("berlin:right-" + MARK), base64("berlin:wrong-" + MARK), hash, good.substring(0, 60));
        assertThat(String.join("\n", answers.stream().map(Object::toString).toList()))
                .doesNotContain(marks);
        assertThat(metrics).doesNotContain(marks);
        assertThat(status).contains("berlin").doesNotContain(marks);
        assertThat(reload).doesNotContain(marks);
        assertThat(printed).contains("team-b").doesNotContain(marks);
        assertThat(receiver.received())
                .isNotEmpty()
                .allSatisfy(write -> assertThat(write.toString()).doesNotContain(marks));
    }

    /** Where a secret belongs, where it does not, and in what is no YAML at all. */
    private static final List<String> WRONG = List.of(
            "edges: [{name: a, tenant: b, credentials: [{basic: {user: a, hash: MARK}}]}]",
            "edges: [{name: a, tenant: b, credentials: [{basic: {user: a, hash: \"$2y$MARK\"}}]}]",
            "edges: [{name: a, tenant: b, credentials: [{basic: {user: \"a:MARK\"}}]}]",
            "edges: [{name: a, tenant: b, credentials: [{basic: {a:MARK}}]}]",
            "edges: [{name: a, tenant: b, credentials: [{basic: {user: a, hash: !MARK!x y}}]}]",
            "edges: [{name: a, tenant: b, credentials: [{basic: {user: a, hash: \"MARK\\MARK\"}}]}]",
            "edges: [{name: a, tenant: b, credentials: [{basic: {user: a, hash: MARK",
            "edges: []\nintrospection: {url: \"https://u:MARK@idp/\", client_id: a, client_secret_file: MARK}",
            "edges: []\nissuers: [{name: i, issuer: \"https://u:MARK@idp\", audiences: [a], discovery: true}]",
            "edges: []\nissuers: [{name: i, issuer: i, audiences: [a], jwks_url: \"https://u:MARK@idp/\"}]");

    @Test
    void no_secret_is_in_what_is_said_about_wrong_files() throws Exception {
        Path edges = files.resolve("edges.yaml");
        String good = Files.readString(edges);
        List<String> said = new ArrayList<>();
        for (String wrong : WRONG) {
            Files.writeString(edges, wrong.replace("MARK", MARK) + "\n");
            String answer = admin(Request.of("POST", "/-/reload"));
            assertThat(answer).as(wrong).contains("identities: refused");
            said.add(answer);
            said.add(admin(Request.of("GET", "/status")));
            try (RinggateProcess check = RinggateProcess.start(
                    files, "check", "--config", files.resolve("ringgate.yaml").toString())) {
                assertThat(check.exitCode()).as(wrong).isNotZero();
                said.add(check.out() + check.err());
            }
        }
        Files.writeString(edges, good);
        admin(Request.of("POST", "/-/reload"));
        said.add(gateway.printed());

        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(MARK));
    }
}
