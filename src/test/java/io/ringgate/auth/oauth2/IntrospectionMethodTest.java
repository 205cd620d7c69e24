package io.ringgate.auth.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.Clocks;
import io.ringgate.auth.LastSeen;
import io.ringgate.auth.Login;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.config.ClaimPath;
import io.ringgate.config.IntrospectionConfig;
import io.ringgate.edge.Address;
import io.ringgate.edge.Edge;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Reason;
import io.ringgate.secret.Secret;
import io.ringgate.testing.Await;
import io.ringgate.testing.StandInProvider;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestEdges;
import io.ringgate.verification.HeaderDigest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionMethodTest {

    private static final ClaimPath CLIENT = new ClaimPath(List.of("client_id"));
    private static final ClaimPath SITE = new ClaimPath(List.of("site"));
    private static final Edge BERLIN = TestEdges.edge("berlin", "team-a");
    private static final Edge BONN = TestEdges.edge("bonn", "team-b");
    private static final int BAD_AT_ONCE = 50;
    private static final Duration CACHE = Duration.ofSeconds(60);
    private static final String GOOD = "{\"active\":true,\"client_id\":\"b\",\"site\":\"b\"}";

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong millis = new AtomicLong(1_000_000_000);
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final StandInProvider provider = StandInProvider.start();
    private final IntrospectionMethod introspector = new IntrospectionMethod(
            vertx, new HeaderDigest(Secret.of(new byte[32])), new Clocks(millis::get, nanos::get), Metrics.none());

    @BeforeEach
    void use() {
        introspector.update(known(CLIENT, BERLIN), access("s", CACHE));
    }

    @AfterEach
    void close() {
        introspector.close();
        provider.close();
        vertx.close().await();
    }

    private static ClaimIndex known(ClaimPath claim, Edge edge) {
        return ClaimIndex.of(Map.of(Map.of(claim, "b"), new Login(edge, "test", null, new LastSeen())));
    }

    private ProviderAccess access(String secret, Duration cache) {
        IntrospectionConfig config = new IntrospectionConfig(
                URI.create(provider.url()),
                "ring:gate",
                Path.of("/secret"),
                null,
                Duration.ofSeconds(10),
                4,
                cache,
                "",
                List.of());
        return new ProviderAccess(config, Secret.of(secret), List.of());
    }

    private Future<Verdict> begin(String token) {
        return Objects.requireNonNull(introspector.identify(TestEdges.header("Bearer " + token)));
    }

    private Verdict verdict(String token) {
        return verdict(begin(token));
    }

    private static Verdict verdict(Future<Verdict> begun) {
        Await.until("there is a verdict", begun::isComplete);
        return begun.result();
    }

    private String ask(String token) {
        return said(verdict(token));
    }

    /** The edge or the reason. */
    private static String said(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Known known -> known.edge().name().toString();
            case Verdict.Refused refused -> refused.rejection().reason().label();
        };
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        millis.addAndGet(time.toMillis());
    }

    @Test
    void a_good_token_is_asked_about_once_while_the_answer_counts() {
        provider.says("t", GOOD);

        assertThat(ask("t")).isEqualTo("berlin");
        pass(CACHE.minusMillis(1));
        assertThat(begin("t").isComplete()).isTrue();
        assertThat(provider.asked("t")).isEqualTo(1);
        pass(Duration.ofMillis(2));
        provider.says("t", "{\"active\":false}");
        assertThat(ask("t")).isEqualTo("wrong_credential");
    }

    @Test
    void the_end_of_the_token_is_the_end_of_the_answer() {
        provider.says("t", "{\"active\":true,\"client_id\":\"b\",\"exp\":1000010}");

        assertThat(ask("t")).isEqualTo("berlin");
        pass(Duration.ofMillis(9_999));
        assertThat(begin("t").isComplete()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(ask("t")).isEqualTo("wrong_credential");
        assertThat(provider.asked("t")).isEqualTo(2);
    }

    @Test
    void a_bad_token_is_asked_about_every_five_seconds_at_most() {
        assertThat(ask("t")).isEqualTo("wrong_credential");
        pass(Duration.ofMillis(4_999));
        assertThat(begin("t").isComplete()).isTrue();
        assertThat(ask("t")).isEqualTo("wrong_credential");
        assertThat(provider.asked("t")).isEqualTo(1);
        pass(Duration.ofMillis(2));
        provider.says("t", GOOD);
        assertThat(ask("t")).isEqualTo("berlin");
    }

    @Test
    void no_answer_is_remembered_by_nobody() {
        provider.does("t", StandInProvider.answer("500 Broken", "text/plain", "?"));

        assertThat(ask("t")).isEqualTo("proof_unavailable");
        provider.says("t", GOOD);
        assertThat(ask("t")).isEqualTo("berlin");
    }

    @Test
    void the_question_is_as_the_standard_has_it() {
        ask("a+/~-_.b==");

        assertThat(provider.asked()).singleElement().satisfies(question -> {
            assertThat(question.requestLine()).isEqualTo("POST /introspect HTTP/1.1");
            assertThat(question.header("Authorization")).isEqualTo("Basic cmluZyUzQWdhdGU6cw==");
            assertThat(question.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
            assertThat(new String(question.packed(), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("token=a%2B%2F%7E-_.b%3D%3D&token_type_hint=access_token");
        });
    }

    @Test
    void one_token_shown_many_times_is_one_question() {
        CountDownLatch gate = new CountDownLatch(1);
        provider.does("t", new Reply.After(gate, StandInProvider.json(GOOD)));

        List<Future<Verdict>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(begin("t"));
        }
        gate.countDown();

        assertThat(all).allSatisfy(one -> assertThat(said(verdict(one))).isEqualTo("berlin"));
        assertThat(provider.asked("t")).isEqualTo(1);
    }

    @Test
    void more_questions_than_at_a_time_wait_for_each_other_and_a_source_has_half_of_the_places() {
        CountDownLatch gate = new CountDownLatch(1);
        for (int i = 0; i < 13; i++) {
            provider.does("t" + i, new Reply.After(gate, StandInProvider.json(GOOD)));
        }

        List<Future<Verdict>> waiting = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            waiting.add(from(1, "t" + i));
        }
        for (int i = 9; i < 13; i++) {
            waiting.add(from(i, "t" + i));
        }
        assertThat(said(verdict(from(1, "u")))).isEqualTo("proof_unavailable");
        assertThat(waiting).noneMatch(Future::isComplete);
        gate.countDown();

        assertThat(waiting).allSatisfy(one -> assertThat(said(verdict(one))).isEqualTo("berlin"));
        assertThat(provider.asked("u")).isZero();
    }

    private Future<Verdict> from(int source, String token) {
        return Objects.requireNonNull(introspector.identify(
                new PresentedCredentials("Bearer " + token, null, new Address(false, 0, 1 + source))));
    }

    @Test
    void a_source_of_many_bad_tokens_waits_but_known_ones_pass() {
        provider.says("good", GOOD);
        assertThat(ask("good")).isEqualTo("berlin");
        for (int i = 0; i < BAD_AT_ONCE; i++) {
            assertThat(ask("bad" + i)).isEqualTo("wrong_credential");
        }

        assertThat(ask("next")).isEqualTo("proof_unavailable");
        assertThat(ask("good")).isEqualTo("berlin");
        assertThat(said(verdict(from(7, "other")))).isEqualTo("wrong_credential");
        pass(Duration.ofMillis(200));
        assertThat(ask("next")).isEqualTo("wrong_credential");
    }

    @Test
    void changed_edges_count_at_once_and_nobody_is_asked() {
        provider.says("t", GOOD);
        ask("t");

        introspector.update(known(CLIENT, BONN), access("s", CACHE));
        assertThat(ask("t")).isEqualTo("bonn");
        introspector.update(ClaimIndex.of(Map.of(Map.of(CLIENT, "x"), TestEdges.login(BERLIN))), access("s", CACHE));
        assertThat(ask("t")).isEqualTo("wrong_credential");
        assertThat(provider.asked("t")).isEqualTo(1);
    }

    @Test
    void a_claim_that_was_not_looked_for_is_asked_for() {
        provider.says("t", GOOD);
        ask("t");

        introspector.update(known(SITE, BONN), access("s", CACHE));

        assertThat(ask("t")).isEqualTo("bonn");
        assertThat(provider.asked("t")).isEqualTo(2);
    }

    @Test
    void another_secret_forgets_nothing_and_another_provider_everything() {
        provider.says("t", GOOD);
        ask("t");

        introspector.update(known(CLIENT, BERLIN), access("other", CACHE));
        assertThat(ask("t")).isEqualTo("berlin");
        assertThat(provider.asked("t")).isEqualTo(1);
        introspector.update(known(CLIENT, BERLIN), access("other", CACHE.minusSeconds(1)));
        assertThat(ask("t")).isEqualTo("berlin");
        assertThat(provider.asked("t")).isEqualTo(2);
    }

    @Test
    void a_question_that_a_change_interrupts_is_asked_again() {
        CountDownLatch gate = new CountDownLatch(1);
        provider.does("t", new Reply.After(gate, StandInProvider.json(GOOD)));
        Future<Verdict> begun = begin("t");

        provider.says("t", GOOD);
        introspector.update(known(SITE, BONN), access("other", CACHE));
        gate.countDown();

        assertThat(said(verdict(begun))).isEqualTo("bonn");
    }

    @Test
    void nobody_waits_for_a_provider_that_is_withdrawn() {
        List<Future<Verdict>> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            provider.does("t" + i, new Reply.Never());
            waiting.add(from(i, "t" + i));
        }

        introspector.update(known(CLIENT, BERLIN), null);

        assertThat(waiting).allSatisfy(one -> assertThat(said(verdict(one))).isEqualTo("wrong_credential"));
    }

    @Test
    void without_edges_or_provider_no_token_is_taken() {
        introspector.update(ClaimIndex.EMPTY, access("s", CACHE));
        assertThat(introspector.identify(TestEdges.header("Bearer t"))).isNull();
        introspector.update(known(CLIENT, BERLIN), null);
        assertThat(introspector.identify(TestEdges.header("Bearer t"))).isNull();
        assertThat(provider.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer  t",
                "Bearer\tt",
                "Bearer t ",
                "Bearer t,u",
                "Bearer t u",
                "Bearer =",
                "Bearer a=b",
                "Bearer \"t\"",
                "Bearer t\u00e9",
                "bearer:t",
                "Bearer, t"
            })
    void malformed(String header) {
        Future<Verdict> found = Objects.requireNonNull(introspector.identify(TestEdges.header(header)));

        assertThat(found.result())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.rejection().reason()).isEqualTo(Reason.WRONG_CREDENTIAL));
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void four_kibibytes_are_the_longest() {
        String longest = "t".repeat(BearerToken.LONGEST_HEADER - "Bearer ".length());
        provider.says(longest, GOOD);

        assertThat(ask(longest)).isEqualTo("berlin");
        assertThat(ask(longest + "t")).isEqualTo("wrong_credential");
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void other_schemes_are_for_others() {
        assertThat(introspector.identify(TestEdges.header("Basic t"))).isNull();
        assertThat(introspector.identify(TestEdges.header("Bearers t"))).isNull();
        assertThat(introspector.identify(TestEdges.header(null))).isNull();
        assertThat(ask("t")).isEqualTo("wrong_credential");
        provider.says("u", GOOD);
        assertThat(said(verdict(Objects.requireNonNull(introspector.identify(TestEdges.header("bEARER u"))))))
                .isEqualTo("berlin");
    }

    @Test
    void the_deadline_ends_a_question() throws InterruptedException {
        IntrospectionConfig config = access("s", CACHE).config();
        introspector.update(
                known(CLIENT, BERLIN),
                new ProviderAccess(
                        new IntrospectionConfig(
                                config.url(),
                                "r",
                                config.clientSecretFile(),
                                null,
                                Duration.ofMillis(100),
                                4,
                                CACHE,
                                "",
                                List.of()),
                        Secret.of("s"),
                        List.of()));
        provider.does("t", new Reply.Never());
        CountDownLatch done = new CountDownLatch(1);

        Future<Verdict> begun = begin("t").onComplete(any -> done.countDown());

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(said(begun.result())).isEqualTo("proof_unavailable");
    }
}
