package io.ringgate.auth.jwt;

import static io.ringgate.auth.jwt.JwtRig.BERLIN;
import static io.ringgate.auth.jwt.JwtRig.P256;
import static io.ringgate.auth.jwt.JwtRig.PARIS;
import static io.ringgate.auth.jwt.JwtRig.RSA;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.Verdict;
import io.ringgate.config.TokenRules;
import io.ringgate.testing.SigningKey;
import io.ringgate.testing.TestEdges;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtMethodTest {

    private static final String WRONG = "401 wrong_credential";
    private static final String LATER = "503 proof_unavailable";

    private final JwtRig rig = new JwtRig();

    @BeforeEach
    void use() throws InvalidDocument {
        rig.edge(BERLIN, "azp", "berlin")
                .edge(PARIS, "azp", "paris", "/org/name", "france")
                .use();
    }

    @AfterEach
    void close() {
        rig.method.close();
    }

    @Test
    void a_good_token_leads_to_its_edge() {
        assertThat(rig.answer(rig.token().signed())).isEqualTo("berlin/team-a");
    }

    @Test
    void a_known_token_is_answered_at_once() {
        String token = rig.token().signed();
        rig.answer(token);

        Future<Verdict> answer = Objects.requireNonNull(rig.show(token));

        assertThat(JwtRig.said(answer.result())).isEqualTo("berlin/team-a");
        assertThat(rig.claimed).containsExactly("idp berlin");
    }

    @Test
    void failures_count_against_whom_the_token_says_it_is_of() {
        rig.answer(rig.token().claim("sub", "\"agent-1\"").signed());
        rig.answer(rig.token().claim("sub", "\"" + "x".repeat(200) + "\"").signed());
        rig.answer(rig.token().claim("azp", null).claim("jti", "\"1\"").signed());

        assertThat(rig.claimed).hasSize(3).startsWith("idp agent-1").endsWith("idp");
        assertThat(rig.claimed.get(1)).startsWith("idp xxx").hasSize(80);
    }

    @Test
    void what_is_no_token_of_an_issuer_of_ours_is_not_its_business() throws InvalidDocument {
        String foreign = rig.token().claim("iss", "\"https://other.example\"").signed();

        assertThat(rig.method.identify(TestEdges.header(null))).isNull();
        assertThat(rig.method.identify(TestEdges.header("Basic YTpi"))).isNull();
        assertThat(rig.answer("opaque")).isEqualTo("not for us");
        assertThat(rig.answer("a.b.c")).isEqualTo("not for us");
        assertThat(rig.answer("a.b.c.d.e")).isEqualTo("not for us");
        assertThat(rig.answer(foreign)).isEqualTo("not for us");
        assertThat(rig.answer(rig.token().claim("iss", null).signed())).isEqualTo("not for us");
        assertThat(rig.waiting).isEmpty();
    }

    @Test
    void the_scheme_is_read_in_any_case() {
        String token = rig.token().signed();
        Future<Verdict> answer = Objects.requireNonNull(rig.method.identify(TestEdges.header("bEARER  " + token)));
        rig.checkAll();

        assertThat(JwtRig.said(answer.result())).isEqualTo("berlin/team-a");
    }

    @Test
    void one_token_shown_at_once_is_verified_once() {
        String token = rig.token().signed();
        List<Future<Verdict>> answers = List.of(
                Objects.requireNonNull(rig.show(token)),
                Objects.requireNonNull(rig.show(token)),
                Objects.requireNonNull(rig.show(token)));
        assertThat(rig.waiting).hasSize(1);

        rig.checkAll();

        assertThat(answers).allMatch(answer -> JwtRig.said(answer.result()).equals("berlin/team-a"));
    }

    @Test
    void when_too_much_waits_it_is_later_and_not_wrong() {
        for (int i = 0; i < 3; i++) {
            rig.show(rig.token().claim("jti", i).signed());
        }

        Future<Verdict> answer =
                Objects.requireNonNull(rig.show(rig.token().claim("jti", 9).signed()));

        assertThat(JwtRig.said(answer.result())).isEqualTo(LATER);
    }

    @Test
    void a_token_is_good_until_its_end_and_the_skew() {
        String token = rig.token().claim("exp", rig.wall / 1000 + 60).signed();
        assertThat(rig.answer(token)).isEqualTo("berlin/team-a");
        rig.wall += Duration.ofSeconds(90).toMillis() - 1;
        assertThat(rig.answer(token)).isEqualTo("berlin/team-a");
        assertThat(rig.claimed).hasSize(1);

        rig.wall += 1;

        assertThat(rig.answer(token)).isEqualTo(WRONG);
    }

    @Test
    void a_proof_is_good_for_five_minutes() {
        String token = rig.token().claim("exp", rig.wall / 1000 + 6000).signed();
        rig.answer(token);
        rig.nano += Duration.ofMinutes(5).toNanos();

        rig.answer(token);

        assertThat(rig.claimed).hasSize(2);
    }

    @Test
    void a_bad_signature_is_refused_and_for_five_seconds_costs_nothing_more() {
        String token = rig.token().signedBy(SigningKey.ec("ec-1", "P-256"), "ES256");
        assertThat(rig.answer(token)).isEqualTo(WRONG);
        assertThat(rig.answer(token)).isEqualTo(WRONG);
        assertThat(rig.verified).containsExactly(false);
        rig.nano += Duration.ofSeconds(5).toNanos();

        assertThat(rig.answer(token)).isEqualTo(WRONG);
        assertThat(rig.verified).hasSize(2);
    }

    @Test
    void a_withdrawn_key_bites_at_once() throws InvalidDocument {
        String token = rig.token().signed();
        rig.answer(token);
        rig.keys = SigningKey.set(RSA);
        rig.use();

        assertThat(rig.answer(token)).isEqualTo(WRONG);
    }

    @Test
    void another_key_of_the_same_name_bites_at_once() throws InvalidDocument {
        String token = rig.token().signed();
        rig.answer(token);
        rig.keys = SigningKey.set(RSA, SigningKey.ec("ec-1", "P-256"));
        rig.use();

        assertThat(rig.answer(token)).isEqualTo(WRONG);
    }

    @Test
    void a_token_that_was_refused_for_its_key_is_good_as_soon_as_the_key_is_there() throws InvalidDocument {
        SigningKey next = SigningKey.ec("ec-1", "P-256");
        String token = rig.token(next, "ES256").signed();
        assertThat(rig.answer(token)).isEqualTo(WRONG);
        rig.keys = SigningKey.set(next);
        rig.use();

        assertThat(rig.answer(token)).isEqualTo("berlin/team-a");
    }

    @Test
    void a_changed_issuer_bites_at_once() throws InvalidDocument {
        String token = rig.token().signed();
        rig.answer(token);
        rig.rules = new TokenRules(
                List.of("other"), rig.rules.algorithms(), rig.rules.types(), Duration.ZERO, rig.rules.maxToken());
        rig.use();

        assertThat(rig.answer(token)).isEqualTo(WRONG);
    }

    @Test
    void a_changed_edge_bites_at_once_and_keeps_the_proof() throws InvalidDocument {
        String token = rig.token().signed();
        rig.answer(token);
        rig.without(BERLIN)
                .edge(TestEdges.edge("berlin", "team-c"), "azp", "berlin")
                .use();

        assertThat(rig.answer(token)).isEqualTo("berlin/team-c");
        assertThat(rig.claimed).hasSize(1);
    }

    @Test
    void a_removed_edge_bites_at_once_and_comes_back_without_a_signature() throws InvalidDocument {
        String token = rig.token().signed();
        rig.answer(token);
        rig.without(BERLIN).use();
        assertThat(rig.answer(token)).isEqualTo(WRONG);

        rig.edge(BERLIN, "azp", "berlin").use();

        assertThat(rig.answer(token)).isEqualTo("berlin/team-a");
        assertThat(rig.claimed).hasSize(1);
    }

    @Test
    void identities_that_change_while_a_signature_is_checked_decide() throws InvalidDocument {
        Future<Verdict> answer = Objects.requireNonNull(rig.show(rig.token().signed()));
        rig.without(BERLIN).use();
        rig.checkAll();

        assertThat(JwtRig.said(answer.result())).isEqualTo(WRONG);
    }

    @Test
    void a_key_that_changes_while_a_signature_is_checked_is_asked_again() throws InvalidDocument {
        SigningKey next = SigningKey.ec("ec-1", "P-256");
        Future<Verdict> old = Objects.requireNonNull(rig.show(rig.token().signed()));
        Future<Verdict> fresh =
                Objects.requireNonNull(rig.show(rig.token(next, "ES256").signed()));
        rig.keys = SigningKey.set(next);
        rig.use();
        rig.checkAll();

        assertThat(JwtRig.said(old.result())).isEqualTo(WRONG);
        assertThat(JwtRig.said(fresh.result())).isEqualTo("berlin/team-a");
    }

    @Test
    void several_claims_must_all_be_there() {
        assertThat(rig.answer(rig.token().claim("azp", "\"paris\"").signed())).isEqualTo(WRONG);
        assertThat(rig.answer(rig.token()
                        .claim("azp", "\"paris\"")
                        .claim("org", "{\"name\":\"france\"}")
                        .signed()))
                .isEqualTo("paris/team-b");
    }

    @Test
    void a_list_is_not_a_text() {
        assertThat(rig.answer(rig.token().claim("azp", "[\"berlin\"]").signed()))
                .isEqualTo(WRONG);
        assertThat(rig.answer(rig.token().claim("azp", "null").signed())).isEqualTo(WRONG);
    }

    @Test
    void claims_of_two_edges_are_refused() throws InvalidDocument {
        rig.edge(PARIS, "sub", "x").use();

        assertThat(rig.answer(rig.token().claim("sub", "\"x\"").signed())).isEqualTo(WRONG);
        assertThat(rig.answer(
                        rig.token().claim("azp", "\"p\"").claim("sub", "\"x\"").signed()))
                .isEqualTo("paris/team-b");
    }

    @Test
    void two_credentials_of_one_edge_are_good() throws InvalidDocument {
        rig.edge(BERLIN, "sub", "x").use();

        assertThat(rig.answer(rig.token().claim("sub", "\"x\"").signed())).isEqualTo("berlin/team-a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"azp", "sub"})
    void of_two_credentials_of_one_edge_the_one_counts_that_lasts_longer(String first) throws InvalidDocument {
        JwtRig two = new JwtRig()
                .edgeUntil(Instant.EPOCH, BERLIN, first, "berlin")
                .edgeUntil(null, BERLIN, first.equals("azp") ? "sub" : "azp", "berlin")
                .use();
        Future<Verdict> answer = Objects.requireNonNull(
                two.show(two.token().claim("sub", "\"berlin\"").signed()));
        two.checkAll();
        two.method.close();

        assertThat(answer.result())
                .isInstanceOfSatisfying(
                        Verdict.Known.class,
                        known -> assertThat(known.login().notAfter()).isNull());
    }

    @Test
    void without_a_name_the_only_key_that_fits_is_taken() throws InvalidDocument {
        SigningKey nameless = SigningKey.ec(null, "P-256");
        rig.keys = SigningKey.set(RSA, nameless);
        rig.use();
        assertThat(rig.answer(rig.token(nameless, "ES256").signed())).isEqualTo("berlin/team-a");

        rig.keys = SigningKey.set(RSA, nameless, P256);
        rig.use();

        assertThat(rig.answer(rig.token(nameless, "ES256").signed())).isEqualTo(WRONG);
    }
}
