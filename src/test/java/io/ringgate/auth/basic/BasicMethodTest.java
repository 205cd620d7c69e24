package io.ringgate.auth.basic;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.edge.Address;
import io.ringgate.edge.Edge;
import io.ringgate.edge.Network;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.secret.Secret;
import io.ringgate.testing.CountingMetrics;
import io.ringgate.testing.Request;
import io.ringgate.testing.TestEdges;
import io.ringgate.verification.HeaderDigest;
import io.ringgate.verification.Unavailable;
import io.ringgate.verification.VerificationExecutor;
import io.ringgate.verification.VerificationResult;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The hashing is by hand here: what waits runs when the test says so, and a password equals the end of its "hash". */
class BasicMethodTest {

    private static final int ROOM = 3;
    private static final String CORRECT = hash("correct");
    private static final String REPLACED = hash("replaced");
    private static final Edge EDGE = edge("cluster-02-edge", "team-a");

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Class<?>> results = new ArrayList<>();
    private final List<StoredHash> hashed = new ArrayList<>();
    private final CountingMetrics metrics = new CountingMetrics();
    private long now;
    private boolean broken;

    private final BasicMethod authenticator = new BasicMethod(
            users(CORRECT, EDGE),
            new HeaderDigest(Secret.of("0123456789abcdef0123456789abcdef")),
            () -> now,
            this::enqueue,
            metrics,
            this::matches);

    private static String hash(String password) {
        return "$2y$04$" + "k".repeat(53 - password.length()) + password;
    }

    private static Edge edge(String name, String tenant) {
        return TestEdges.edge(name, tenant);
    }

    private static Users users(String hash, Edge edge) {
        return Users.of(Htpasswd.parse("agent:" + hash), Map.of("agent", new Users.Entry(TestEdges.login(edge), null)));
    }

    private void enqueue(Network source, String claimed, VerificationExecutor.Task task) {
        asked.add(source + " " + claimed);
        if (waiting.size() < ROOM) {
            waiting.add(() -> results.add(task.run().result().getClass()));
        } else {
            task.refused(Unavailable.QUEUE_FULL);
        }
    }

    private boolean matches(byte[] password, StoredHash hash) {
        hashed.add(hash);
        if (broken) {
            throw new IllegalStateException("broken on purpose");
        }
        return hash.text().revealText().endsWith(new String(password, StandardCharsets.UTF_8));
    }

    private Future<Verdict> present(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return present("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private Future<Verdict> present(String header) {
        return TestEdges.ask(authenticator, TestEdges.header(header));
    }

    private void hashAll() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private Verdict hashedAnswer(String user, String password) {
        Future<Verdict> answer = present(user, password);
        hashAll();
        return answer.result();
    }

    private static void assertReason(Verdict verdict, Reason reason) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.rejection().reason()).isEqualTo(reason));
    }

    private static void assertWrong(Verdict verdict) {
        assertThat(verdict).isEqualTo(new Verdict.Refused(new Rejection.Unauthenticated(Reason.WRONG_CREDENTIAL)));
    }

    @Test
    void what_is_no_basic_credential_is_not_its_business() {
        assertThat(authenticator.identify(TestEdges.header(null))).isNull();
    }

    @Test
    void the_right_password_leads_to_the_edge() {
        assertThat(hashedAnswer("agent", "correct")).isEqualTo(TestEdges.known(EDGE));
    }

    @Test
    void a_proven_credential_is_answered_at_once_without_hashing() {
        hashedAnswer("agent", "correct");

        assertThat(present("agent", "correct").result()).isEqualTo(TestEdges.known(EDGE));
        assertThat(hashed).hasSize(1);
        assertThat(metrics.get("ringgate_auth_cache_hits_total")).isEqualTo(1);
        assertThat(metrics.get("ringgate_auth_hashes_total{outcome=proven}")).isEqualTo(1);
    }

    @Test
    void a_proof_is_good_for_five_minutes_after_the_hashing_however_often_it_is_used() {
        hashedAnswer("agent", "correct");
        now = Duration.ofMinutes(5).toNanos() - 1;
        assertThat(present("agent", "correct").isComplete()).isTrue();
        now += 1;

        assertThat(present("agent", "correct").isComplete()).isFalse();
        assertThat(waiting).hasSize(1);
    }

    @Test
    void a_wrong_password_is_refused_and_for_five_seconds_costs_nothing_more() {
        assertWrong(hashedAnswer("agent", "wrong"));
        assertWrong(present("agent", "wrong").result());
        assertThat(hashed).hasSize(1);
        now = Duration.ofSeconds(5).toNanos();

        assertWrong(hashedAnswer("agent", "wrong"));
        assertThat(hashed).hasSize(2);
        assertThat(metrics.get("ringgate_auth_hashes_total{outcome=wrong}")).isEqualTo(2);
    }

    @Test
    void a_password_that_was_wrong_and_became_right_works_at_once() {
        assertWrong(hashedAnswer("agent", "replaced"));
        authenticator.update(users(REPLACED, EDGE));

        assertThat(hashedAnswer("agent", "replaced")).isEqualTo(TestEdges.known(EDGE));
    }

    @Test
    void a_changed_hash_ends_a_cached_proof_at_once() {
        hashedAnswer("agent", "correct");
        authenticator.update(users(REPLACED, EDGE));

        assertWrong(hashedAnswer("agent", "correct"));
    }

    @Test
    void a_withdrawn_user_is_refused_at_once() {
        hashedAnswer("agent", "correct");
        authenticator.update(
                Users.of(Htpasswd.parse(""), Map.of("agent", new Users.Entry(TestEdges.login(EDGE), null))));

        assertWrong(hashedAnswer("agent", "correct"));
    }

    @Test
    void a_changed_edge_bites_at_once_and_keeps_the_proof() {
        hashedAnswer("agent", "correct");
        Edge moved = edge("cluster-02-edge", "team-b");
        authenticator.update(users(CORRECT, moved));

        assertThat(present("agent", "correct").result()).isEqualTo(TestEdges.known(moved));
        assertThat(hashed).hasSize(1);
    }

    @Test
    void a_hash_that_was_replaced_while_a_password_was_checked_has_shown_nothing_and_the_new_one_is_asked() {
        Future<Verdict> proven = present("agent", "correct");
        Future<Verdict> wrong = present("agent", "replaced");
        authenticator.update(users(REPLACED, EDGE));
        hashAll();

        assertReason(proven.result(), Reason.WRONG_CREDENTIAL);
        assertThat(wrong.result()).isEqualTo(TestEdges.known(EDGE));
    }

    @Test
    void a_hash_that_is_replaced_again_and_again_is_not_chased_for_ever() {
        Future<Verdict> answer = present("agent", "correct");
        authenticator.update(users(REPLACED, EDGE));
        waiting.remove().run();
        authenticator.update(users(hash("third"), EDGE));
        hashAll();

        assertReason(answer.result(), Reason.PROOF_UNAVAILABLE);
    }

    @Test
    void fifty_connections_with_one_credential_cost_one_hash() {
        List<Future<Verdict>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(present("agent", "correct"));
        }
        hashAll();

        assertThat(answers).allSatisfy(a -> assertThat(a.result()).isEqualTo(TestEdges.known(EDGE)));
        assertThat(hashed).hasSize(1);
    }

    @Test
    void a_full_queue_is_unavailable_and_never_wrong() {
        for (int i = 0; i < ROOM; i++) {
            present("agent", "guess " + i);
        }

        assertReason(present("agent", "correct").result(), Reason.PROOF_UNAVAILABLE);
        hashAll();
        assertThat(hashedAnswer("agent", "correct")).as("nothing is left of it").isEqualTo(TestEdges.known(EDGE));
    }

    @Test
    void what_it_asks_to_prove_is_the_user_s_from_there_and_only_a_wrong_one_counts_against_him() {
        String header = Request.basic("agent", "wrong");
        Address there = Objects.requireNonNull(Address.parse("2001:db8::7"));
        authenticator.identify(new PresentedCredentials(header, null, there));
        hashedAnswer("agent", "correct");
        broken = true;
        hashedAnswer("agent", "guess");

        assertThat(asked)
                .containsExactly("2001:db8::/64 agent", "an unknown address agent", "an unknown address agent");
        assertThat(results)
                .containsExactly(
                        VerificationResult.Rejected.class,
                        VerificationResult.Verified.class,
                        VerificationResult.Undecided.class);
    }

    @Test
    void what_loses_its_place_is_unavailable_for_all_who_wait_for_it_and_begins_anew() {
        List<VerificationExecutor.Task> begun = new ArrayList<>();
        BasicMethod other = new BasicMethod(
                users(CORRECT, EDGE),
                new HeaderDigest(Secret.of("0123456789abcdef0123456789abcdef")),
                () -> now,
                (source, claimed, task) -> begun.add(task),
                metrics,
                this::matches);
        PresentedCredentials presented = TestEdges.header(Request.basic("agent", "correct"));
        Future<Verdict> first = TestEdges.ask(other, presented);
        Future<Verdict> second = TestEdges.ask(other, presented);
        begun.removeFirst().refused(Unavailable.QUEUE_FULL);

        assertReason(first.result(), Reason.PROOF_UNAVAILABLE);
        assertReason(second.result(), Reason.PROOF_UNAVAILABLE);
        Future<Verdict> again = TestEdges.ask(other, presented);
        begun.removeFirst().run();
        assertThat(again.result()).isEqualTo(TestEdges.known(EDGE));
    }

    @Test
    void a_proof_that_runs_for_one_source_serves_another() {
        Future<Verdict> here = present("agent", "correct");
        Future<Verdict> there = TestEdges.ask(
                authenticator,
                new PresentedCredentials(
                        Request.basic("agent", "correct"), null, Objects.requireNonNull(Address.parse("10.0.0.2"))));
        hashAll();

        assertThat(there.result()).isEqualTo(TestEdges.known(EDGE)).isEqualTo(here.result());
        assertThat(hashed).hasSize(1);
    }

    @Test
    void an_unknown_user_costs_one_hash_of_the_usual_form_and_is_refused_whatever_comes_of_it() {
        assertWrong(hashedAnswer("nobody", "e"));

        assertThat(hashed).containsExactly(StoredHash.dummy(HashFormat.BCRYPT, 4));
    }

    @Test
    void a_user_of_htpasswd_whom_no_edge_names_is_refused() {
        authenticator.update(Users.of(Htpasswd.parse("agent:" + CORRECT), Map.of()));

        assertWrong(hashedAnswer("agent", "correct"));
    }

    @Test
    void what_is_no_credential_is_wrong_and_never_hashed() {
        assertWrong(present("agent", "a".repeat(1025)).result());
        assertWrong(present("Basic !!!!").result());
        assertWrong(present("Basic ZWRnZTr//w==").result());
        assertThat(authenticator.identify(TestEdges.header("Bearer token"))).isNull();
        assertWrong(present("Basic " + "A".repeat(100_000)).result());

        assertThat(waiting).isEmpty();
    }

    @Test
    void a_broken_check_is_a_refusal_and_is_not_remembered() {
        broken = true;
        assertReason(hashedAnswer("agent", "correct"), Reason.PROOF_UNAVAILABLE);
        broken = false;

        assertThat(hashedAnswer("agent", "correct")).isEqualTo(TestEdges.known(EDGE));
        assertThat(metrics.get("ringgate_auth_hashes_total{outcome=failed}")).isEqualTo(1);
    }
}
