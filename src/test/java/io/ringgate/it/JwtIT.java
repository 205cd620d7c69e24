package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.FakeIssuer;
import io.ringgate.testing.FakeIssuer.Page;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.SigningKey;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens through a whole gateway, whose issuer is a server of ours that can be anything. */
class JwtIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final SigningKey FIRST = SigningKey.rsa("first", 2048);
    private static final SigningKey SECOND = SigningKey.ec("second", "P-256");

    @TempDir
    private Path folder;

    private FakeIssuer issuer;
    private StandInReceiver receiver;
    private TestGateway gateway;

    @BeforeEach
    void open() {
        issuer = FakeIssuer.start().publish(FIRST);
        receiver = StandInReceiver.start();
    }

    @AfterEach
    void close() {
        if (gateway != null) {
            gateway.close();
        }
        receiver.close();
        issuer.close();
    }

    /** @param keys where they come from; {@code more} are further lines of edges.yaml */
    private void start(String keys, String more) throws Exception {
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .entry("{name: berlin, tenant: team-a, credentials: [{jwt: {issuer: idp, claims: {azp: berlin}}}]}")
                .entry(
                        "{name: paris, tenant: team-b, credentials: [{jwt: {issuer: idp, claims: {/realm/edge: paris}}}]}")
                .edge("oslo", "team-c")
                .tokens("""
                        issuers:
                          - name: idp
                            issuer: %s
                            audiences: [ringgate]
                            %s
                        %s
                        """.formatted(issuer.issuer(), keys, more))
                .start();
    }

    private void startWithUrl() throws Exception {
        start("jwks_url: " + issuer.url(FakeIssuer.KEYS) + "\n    unsafe_plaintext: true\n    refresh: 1s", "");
    }

    private Token token(SigningKey key) {
        return Token.by(key, key == FIRST ? "RS256" : "ES256", issuer.issuer(), "ringgate", System.currentTimeMillis())
                .claim("azp", "\"berlin\"");
    }

    private static Request write(String token) {
        return Request.write("nobody", UP).header("Authorization", "Bearer " + token);
    }

    private RawAnswer show(String token) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(write(token)).answer();
        }
    }

    private int status(String token) {
        try {
            return show(token).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStatus(int status, String token) {
        Await.until("the answer is " + status, () -> status(token) == status);
    }

    @Test
    void a_token_writes_as_its_edge_and_the_password_still_does() throws Exception {
        startWithUrl();
        awaitStatus(204, token(FIRST).signed());

        assertThat(status(token(FIRST)
                        .claim("azp", null)
                        .claim("realm", "{\"edge\":\"paris\"}")
                        .signed()))
                .isEqualTo(204);
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            assertThat(client.send(Request.write("oslo", UP)).answer().status()).isEqualTo(204);
        }

        assertThat(receiver.received())
                .extracting(write -> write.header("THANOS-TENANT"))
                .containsExactly("team-a", "team-b", "team-c");
    }

    @Test
    void keys_are_found_by_the_issuers_own_description() throws Exception {
        start("discovery: true\n    unsafe_plaintext: true", "");

        awaitStatus(204, token(FIRST).signed());
    }

    @Test
    void keys_in_a_file_are_read_again_when_they_change() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys.json"), SigningKey.set(FIRST));
        start("jwks_file: keys.json", "");
        assertThat(status(token(FIRST).signed())).isEqualTo(204);
        String old = token(FIRST).signed();
        assertThat(status(old)).isEqualTo(204);

        Files.writeString(keys, SigningKey.set(SECOND));
        assertThat(gateway.reload()).contains("identities: applied");

        assertThat(status(old)).isEqualTo(401);
        assertThat(status(token(SECOND).signed())).isEqualTo(204);
        Files.writeString(keys, "{}");
        assertThat(gateway.reload()).contains("keys.json has no list of keys");
        assertThat(status(token(SECOND).signed())).as("the last good keys stay").isEqualTo(204);
    }

    @Test
    void a_cached_token_ends_with_its_edge() throws Exception {
        startWithUrl();
        String token = token(FIRST).signed();
        awaitStatus(204, token);
        assertThat(status(token)).isEqualTo(204);
        assertThat(gateway.metric("ringgate_auth_tokens_total{outcome=\"cached\"}"))
                .isPositive();

        gateway.edit("edges.yaml", text -> text.replace("{azp: berlin}", "{azp: other}"));
        gateway.reload();

        assertThat(status(token)).isEqualTo(401);
    }

    static Stream<Page> badPages() {
        return Stream.of(
                Page.of(500, "text/plain", "secret detail"),
                Page.of(200, "text/html", "<html>sign in, secret detail</html>"),
                Page.json("{\"keys\": secret detail"),
                Page.json("{\"keys\":[]}"),
                Page.json("{\"issuer\":\"https://other.example\",\"jwks_uri\":\"https://other.example\"}"),
                Page.json("x".repeat(600_000)),
                Page.redirect("http://127.0.0.1:9/secret-detail"));
    }

    @ParameterizedTest
    @MethodSource("badPages")
    void an_issuer_that_gives_no_keys_is_503_and_tells_nothing(Page page) throws Exception {
        issuer.page(FakeIssuer.KEYS, page).page(FakeIssuer.DESCRIPTION, page);
        start("discovery: true\n    unsafe_plaintext: true\n    refresh: 1s", "");
        Await.until("it was asked", () -> issuer.asked(FakeIssuer.DESCRIPTION) > 0);

        RawAnswer answer = show(token(FIRST).signed());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.body()).doesNotContain("Exception", "\tat ", "secret", "detail");
        issuer.publish(FIRST).page(FakeIssuer.DESCRIPTION, Page.json(issuer.description(issuer.url(FakeIssuer.KEYS))));
        awaitStatus(204, token(FIRST).signed());
    }

    @Test
    void an_issuer_that_never_answers_is_503_at_once() throws Exception {
        issuer.page(FakeIssuer.KEYS, issuer.never());
        startWithUrl();

        assertThat(status(token(FIRST).signed())).isEqualTo(503);
    }

    @Test
    void an_issuer_that_is_down_at_the_start_is_no_error_and_cached_keys_answer_until_they_are_stale()
            throws Exception {
        issuer.goDown();
        start(
                "jwks_url: " + issuer.url(FakeIssuer.KEYS)
                        + "\n    unsafe_plaintext: true\n    refresh: 1s\n    stale: 3s",
                "");
        assertThat(status(token(FIRST).signed())).isEqualTo(503);
        issuer.comeUp();
        String token = token(FIRST).signed();
        awaitStatus(204, token);

        issuer.goDown();

        assertThat(status(token)).isEqualTo(204);
        assertThat(status(token(FIRST).claim("jti", "1").signed()))
                .as("a new token")
                .isEqualTo(204);
        assertThat(status(token(SECOND).signed())).as("an unknown key").isEqualTo(503);
        awaitStatus(503, token);
        issuer.comeUp();
        awaitStatus(204, token);
    }

    @Test
    void an_unknown_key_is_503_until_a_fetch_has_not_found_it() throws Exception {
        startWithUrl();
        awaitStatus(204, token(FIRST).signed());

        assertThat(status(token(SECOND).signed())).isEqualTo(503);
        awaitStatus(401, token(SECOND).signed());
        issuer.publish(FIRST, SECOND);
        awaitStatus(204, token(SECOND).signed());
    }

    @Test
    void keys_rotate_under_load_without_a_failed_write_and_the_old_one_ends() throws Exception {
        startWithUrl();
        awaitStatus(204, token(FIRST).signed());
        AtomicBoolean second = new AtomicBoolean();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger stored = new AtomicInteger();
        Queue<Object> failures = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            clients.add(Thread.ofPlatform().start(() -> {
                try (RawClient client = RawClient.plain(gateway.plainPort())) {
                    while (!enough.get()) {
                        String fresh = token(second.get() ? SECOND : FIRST)
                                .claim("jti", number * 1_000_000L + stored.get())
                                .signed();
                        for (int write = 0; write < 5; write++) {
                            RawAnswer answer = client.send(write(fresh)).answer();
                            if (answer.status() == 204) {
                                stored.incrementAndGet();
                            } else {
                                failures.add(answer);
                            }
                        }
                    }
                } catch (IOException | RuntimeException e) {
                    failures.add(e);
                }
            }));
        }
        Await.until("everybody writes", () -> stored.get() > 100);
        String old = token(FIRST).signed();
        assertThat(status(old)).isEqualTo(204);

        issuer.publish(FIRST, SECOND);
        int before = issuer.asked(FakeIssuer.KEYS);
        Await.until("both keys are known", () -> issuer.asked(FakeIssuer.KEYS) > before + 1);
        second.set(true);
        int then = stored.get();
        Await.until("writes go on", () -> stored.get() > then + 200 || !failures.isEmpty());
        issuer.publish(SECOND);
        awaitStatus(401, old);
        int last = stored.get();
        Await.until("writes go on", () -> stored.get() > last + 100 || !failures.isEmpty());
        enough.set(true);
        for (Thread client : clients) {
            client.join();
        }

        assertThat(failures).isEmpty();
        assertThat(status(old)).isEqualTo(401);
    }

    @Test
    void a_template_makes_edges_and_no_more_than_allowed() throws Exception {
        start(
                "jwks_url: " + issuer.url(FakeIssuer.KEYS)
                        + "\n    unsafe_plaintext: true"
                        + "\n    edge_template: {edge: \"{claim:azp}\", tenant: \"{claim:org}\", allow: \"[a-z]+\"}",
                "max_dynamic_tenants: 1");
        awaitStatus(204, token(FIRST).signed());

        assertThat(status(token(FIRST)
                        .claim("azp", "\"rome\"")
                        .claim("org", "\"italy\"")
                        .signed()))
                .isEqualTo(204);
        RawAnswer over = show(
                token(FIRST).claim("azp", "\"bern\"").claim("org", "\"swiss\"").signed());

        assertThat(over.status()).isEqualTo(503);
        assertThat(over.body()).contains("max_dynamic_tenants");
        assertThat(receiver.received().getLast().header("THANOS-TENANT")).isEqualTo("italy");
        assertThat(receiver.received().getLast().series().getFirst().labels()).contains("cluster=rome");
        assertThat(gateway.metric("ringgate_auth_dynamic_edges")).isEqualTo(1);
    }

    @Test
    void the_operator_sees_how_the_keys_are() throws Exception {
        startWithUrl();
        awaitStatus(204, token(FIRST).signed());
        assertThat(gateway.metric("ringgate_jwks_refreshes_total{issuer=\"idp\",outcome=\"fetched\"}"))
                .isPositive();
        assertThat(gateway.metric("ringgate_jwks_age_seconds{issuer=\"idp\"}")).isBetween(0.0, 15.0);
        issuer.page(FakeIssuer.KEYS, Page.of(503, "text/plain", "no"));

        Await.until(
                "the failure is counted",
                () -> gateway.metric("ringgate_jwks_refreshes_total{issuer=\"idp\",outcome=\"failed\"}") > 0);

        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            assertThat(client.send(Request.of("GET", "/status")).answer().body())
                    .contains("\"issuers\"", "\"name\" : \"idp\"", "\"last_failure\" : \"answers 503\"");
        }
    }

    @Test
    void wrong_tokens_hear_one_sentence() throws Exception {
        startWithUrl();
        awaitStatus(204, token(FIRST).signed());
        long now = System.currentTimeMillis() / 1000;
        for (String wrong : List.of(
                "x",
                "a.b.c",
                token(FIRST).claim("exp", now - 60).signed(),
                token(FIRST).claim("nbf", now + 600).signed(),
                token(FIRST).claim("aud", "\"other\"").signed(),
                token(FIRST).claim("iss", "\"https://other.example\"").signed(),
                token(FIRST).header("alg", "\"none\"").unsigned() + ".",
                token(FIRST).header("typ", "\"JWE\"").signed(),
                token(FIRST).signedBy(SECOND, "ES256"),
                token(FIRST).claim("cnf", "{\"jkt\":\"x\"}").signed(),
                token(FIRST).claim("typ", "\"ID\"").signed(),
                token(FIRST).claim("typ", "\"Refresh\"").signed(),
                token(FIRST).claim("typ", "\"Logout\"").signed(),
                token(FIRST).claim("azp", "\"nobody\"").signed(),
                token(FIRST).claim("x", "\"" + "x".repeat(9000) + "\"").signed(),
                Token.sign(
                        FIRST,
                        "RS256",
                        Token.base64("{\"alg\":\"RS256\",\"alg\":\"RS256\"}") + "." + Token.base64("{}")))) {
            RawAnswer answer = show(wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isNotEmpty();
            assertThat(answer.body()).startsWith("authentication required: the credential is missing or invalid");
        }
    }
}
