package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInProvider;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/** Opaque tokens: whoever the provider vouches for writes, and nobody else, whatever it answers. */
class IntrospectionIT {

    private static final String GOOD =
            "{\"active\":true,\"client_id\":\"berlin\",\"iss\":\"idp\",\"aud\":\"ringgate\"}";

    private static StandInProvider provider;
    private static StandInReceiver receiver;
    private static TestGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        provider = StandInProvider.start();
        receiver = StandInReceiver.start();
        Files.writeString(folder.resolve("introspection-secret"), "marked-first\n");
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .tokens("introspection: {url: \"" + provider.url() + "\", unsafe_plaintext: true,"
                        + " client_id: ringgate, client_secret_file: introspection-secret, timeout: 3s,"
                        + " issuer: idp, audiences: [ringgate]}\n"
                        + "issuers: [{name: known, issuer: \"https://idp.example/realms/edges\", audiences: [ringgate],"
                        + " jwks_file: " + Path.of("config/jwks.json").toAbsolutePath() + "}]\n")
                .entry("{name: berlin, tenant: team-a, credentials: [{oauth2: {claims: {client_id: berlin}}}]}")
                .entry("{name: bonn, tenant: team-b, credentials: [{oauth2: {claims: {/realm/site: bonn}}}]}")
                .edge("hamburg", "team-c")
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        receiver.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        provider.reset();
        receiver.reset();
    }

    private static RawAnswer write(String authorization) throws IOException {
        byte[] packed = Proto.write(Proto.gauge("__name__", "up")).packed();
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write("nobody", packed).header("Authorization", authorization))
                    .answer();
        }
    }

    private static double asked(String outcome) {
        return gateway.metric("ringgate_introspections_total{outcome=\"" + outcome + "\"}");
    }

    @Test
    void a_write_with_a_good_token_is_its_edges_and_the_next_asks_nobody() throws Exception {
        provider.says("write", GOOD);
        double hits = gateway.metric("ringgate_introspection_cache_hits_total");

        assertThat(write("Bearer write").status()).isEqualTo(204);
        assertThat(write("Bearer write").status()).isEqualTo(204);

        assertThat(receiver.received()).hasSize(2);
        assertThat(receiver.received().getFirst().header("THANOS-TENANT")).isEqualTo("team-a");
        assertThat(provider.asked("write")).isEqualTo(1);
        assertThat(gateway.metric("ringgate_introspection_cache_hits_total")).isEqualTo(hits + 1);
    }

    @Test
    void a_nested_claim_leads_to_its_edge() throws Exception {
        provider.says("nested", "{\"active\":true,\"iss\":\"idp\",\"aud\":\"ringgate\",\"realm\":{\"site\":\"bonn\"}}");

        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            RawAnswer answer = client.send(Request.of("GET", Request.PATH).header("Authorization", "Bearer nested"))
                    .answer();

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.body()).startsWith("recognised as edge bonn, send POST");
        }
    }

    /** Every way to fail that there is, each with a token of its own. */
    private static Map<String, Reply> failures() {
        Map<String, Reply> all = new TreeMap<>();
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        all.put("401-inactive", StandInProvider.json("{\"active\":false}"));
        all.put("401-inactive-with-claims", StandInProvider.json(GOOD.replace("true", "false")));
        all.put("401-over", StandInProvider.json(GOOD.replace("}", ",\"exp\":1}")));
        all.put("401-not-yet", StandInProvider.json(GOOD.replace("}", ",\"nbf\":99999999999}")));
        all.put("401-other-issuer", StandInProvider.json(GOOD.replace("idp", "other")));
        all.put("401-other-audience", StandInProvider.json(GOOD.replace("ringgate", "other")));
        all.put("401-refresh-token", StandInProvider.json(GOOD.replace("}", ",\"typ\":\"Refresh\"}")));
        all.put("401-bound-token", StandInProvider.json(GOOD.replace("}", ",\"cnf\":{\"jkt\":\"x\"}}")));
        all.put("401-no-edge", StandInProvider.json(GOOD.replace("berlin", "stranger")));
        all.put("401-two-edges", StandInProvider.json(GOOD.replace("}", ",\"realm\":{\"site\":\"bonn\"}}")));
        all.put("503-active-as-text", StandInProvider.json(GOOD.replace("true", "\"true\"")));
        all.put("503-twice", StandInProvider.json(GOOD.replace("{", "{\"active\":false,")));
        all.put("503-half", new Reply.Say(head + "Content-Length: 1000\r\n\r\n" + GOOD));
        all.put("503-empty", StandInProvider.json(""));
        all.put("503-garbage", StandInProvider.json("\u0000\u0001<<>>"));
        all.put("503-html", StandInProvider.answer("200 OK", "text/html", "<h1>Log in</h1>"));
        all.put("503-json-as-html", StandInProvider.answer("200 OK", "text/html", GOOD));
        all.put(
                "503-redirect",
                new Reply.Say("HTTP/1.1 302 Found\r\nLocation: " + provider.url() + "\r\nContent-Length: 0\r\n\r\n"));
        all.put(
                "503-redirect-of-a-post",
                new Reply.Say("HTTP/1.1 307 Temporary\r\nLocation: " + provider.url()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + GOOD.length() + "\r\n\r\n"
                        + GOOD));
        all.put("503-not-allowed", StandInProvider.answer("401 No", "application/json", GOOD));
        all.put("503-broken", StandInProvider.answer("500 Broken", "application/json", GOOD));
        all.put("503-huge", StandInProvider.json("{\"active\":true,\"x\":\"" + "x".repeat(600 * 1024) + "\"}"));
        all.put("503-deep", StandInProvider.json("{\"active\":true,\"x\":" + "[".repeat(5000)));
        all.put("503-no-http", new Reply.Say("SSH-2.0-OpenSSH\r\n\r\n"));
        all.put("503-silent", new Reply.Never());
        all.put("503-hangs-up", new Reply.HangUp());
        return all;
    }

    @Test
    void no_failure_lets_anybody_in() throws Exception {
        Map<String, Reply> failures = failures();
        failures.forEach(provider::does);
        Map<String, RawAnswer> answers = new TreeMap<>();

        for (String token : failures.keySet()) {
            answers.put(token, write("Bearer " + token));
        }

        assertThat(answers).allSatisfy((token, answer) -> {
            assertThat(answer.status() + "").as(token).isEqualTo(token.substring(0, 3));
            assertThat(answer.has("Retry-After")).as(token).isEqualTo(answer.status() == 503);
            assertThat(answer.body()).as(token).doesNotContain("Exception", "\tat ", "Log in");
        });
        assertThat(receiver.received()).isEmpty();
        assertThat(asked("unfit")).isPositive();
        assertThat(asked("unusable")).isPositive();
        assertThat(asked("failed")).isPositive();
    }

    @Test
    void what_is_no_token_is_shown_to_nobody() throws Exception {
        for (String header : List.of("Bearer", "Bearer a b", "Bearer t\u00e9", "Bearer " + "t".repeat(4096))) {
            assertThat(write(header).status()).as(header).isEqualTo(401);
        }
        assertThat(write(Request.basic("hamburg", TestGateway.PASSWORD)).status())
                .isEqualTo(204);
        assertThat(provider.asked()).isEmpty();
    }

    /** Its signature is nonsense, which only who has the issuer's keys finds out. */
    private static String jwtOf(String issuer) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String head = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
        String claims = "{\"iss\":\"" + issuer + "\",\"aud\":\"ringgate\",\"exp\":9999999999}";
        return base64.encodeToString(head.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(new byte[256]);
    }

    @Test
    void a_jwt_of_a_known_issuer_is_shown_to_nobody_and_any_other_is() throws Exception {
        String known = jwtOf("https://idp.example/realms/edges");
        String other = jwtOf("https://other.example");
        provider.says(known, GOOD).says(other, GOOD);

        assertThat(write("Bearer " + known).status()).isEqualTo(401);
        assertThat(write("Bearer " + other).status()).isEqualTo(204);
        assertThat(provider.asked(known)).isZero();
        assertThat(provider.asked(other)).isEqualTo(1);
    }

    @Test
    void a_provider_that_is_down_and_comes_back() throws Exception {
        provider.says("back", GOOD);
        provider.says("known", GOOD);
        assertThat(write("Bearer known").status()).isEqualTo(204);
        provider.kill();

        RawAnswer down = write("Bearer back");
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.has("Retry-After")).isTrue();
        assertThat(write("Bearer known").status()).isEqualTo(204);

        provider.reset();
        provider.says("back", GOOD);
        assertThat(write("Bearer back").status()).isEqualTo(204);
    }

    @Test
    void a_burst_of_one_token_is_one_question() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        provider.does("burst", new Reply.After(gate, StandInProvider.json(GOOD)));
        byte[] empty = Snappy.compress(new byte[0]);
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                clients.add(RawClient.plain(gateway.plainPort())
                        .send(Request.write("nobody", empty).header("Authorization", "Bearer burst")));
            }
            gate.countDown();
            for (RawClient client : clients) {
                assertThat(client.answer().status()).isEqualTo(204);
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        assertThat(provider.asked("burst")).isEqualTo(1);
    }

    @Test
    void a_slow_provider_holds_up_nobody_else() throws Exception {
        provider.does("slow", new Reply.Never());
        try (RawClient slow = RawClient.plain(gateway.plainPort())) {
            slow.send(Request.write("nobody", Snappy.compress(new byte[0])).header("Authorization", "Bearer slow"));

            assertThat(write(Request.basic("hamburg", TestGateway.PASSWORD)).status())
                    .isEqualTo(204);
            assertThat(slow.answer().status()).isEqualTo(503);
        }
    }

    @Test
    void a_reload_brings_the_new_secret_and_withdraws_an_edge_at_once() throws Exception {
        provider.says("reload-1", GOOD).says("reload-2", GOOD);
        assertThat(write("Bearer reload-1").status()).isEqualTo(204);

        gateway.edit("introspection-secret", text -> "marked-second\n");
        assertThat(gateway.reload()).contains("identities: applied");
        assertThat(write("Bearer reload-2").status()).isEqualTo(204);
        assertThat(provider.asked().stream().map(q -> q.header("Authorization")))
                .containsExactly(basic("marked-first"), basic("marked-second"));

        gateway.edit("edges.yaml", text -> text.replace("{client_id: berlin}", "{client_id: other}"));
        assertThat(gateway.reload()).contains("identities: applied");
        assertThat(write("Bearer reload-1").status()).isEqualTo(401);

        gateway.edit("introspection-secret", text -> "\n");
        assertThat(gateway.reload()).contains("introspection-secret is empty: write the secret into it");
        gateway.edit("introspection-secret", text -> "marked-first\n");
        gateway.edit("edges.yaml", text -> text.replace("{client_id: other}", "{client_id: berlin}"));
        assertThat(gateway.reload()).contains("identities: applied");
        assertThat(write("Bearer reload-1").status()).isEqualTo(204);
    }

    private static String basic(String secret) {
        return Request.basic("ringgate", secret);
    }

    @Test
    void no_token_and_no_secret_is_told() throws Exception {
        provider.does("marked-token", StandInProvider.answer("500 Broken", "text/plain", "marked-token"));

        int before = gateway.accessLog().size();

        RawAnswer answer = write("Bearer marked-token");
        Await.until("the write is logged", () -> gateway.accessLog().size() > before);

        assertThat(answer.status()).isEqualTo(503);
        String all = answer
                + gateway.gateway().metricsPage()
                + Files.readString(gateway.file("access.jsonl"), StandardCharsets.UTF_8);
        assertThat(all).doesNotContain("marked-");
    }
}
