package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.Verdict;
import io.ringgate.cli.SampleWrites;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.forward.Outcome;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.TestEdges;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteTest {

    private static final byte[] SMALL =
            SampleWrites.body(20, 12, 1, new SplittableRandom(1)).packed();
    private static final byte[] BIG =
            SampleWrites.body(10_000, 12, 1, new SplittableRandom(1)).packed();
    private static final byte[] EMPTY = {0};

    private final Rig rig = new Rig(64 << 20);

    @AfterEach
    void everything_is_given_back() {
        rig.nothingIsHeld();
    }

    @Test
    void a_stored_write_is_answered_after_the_receiver_and_not_before() {
        rig.write(SMALL);
        assertThat(rig.answer()).isNull();
        assertThat(rig.outgoing.getFirst().tenant().value()).isEqualTo("team-blue");

        rig.answered(new Outcome.Stored());

        assertThat(rig.answer()).isEqualTo(new Answer.Stored());
    }

    @Test
    void while_it_is_sent_only_the_outgoing_bytes_are_reserved() {
        rig.write(SMALL);

        assertThat(rig.budget.used()).isEqualTo(rig.outgoing.getFirst().body().readableBytes());

        rig.answered(new Outcome.Stored());
    }

    @Test
    void an_empty_message_is_stored_without_a_receiver() {
        rig.write(EMPTY);

        assertThat(rig.answer()).isEqualTo(new Answer.Stored());
        assertThat(rig.outgoing).isEmpty();
    }

    @Test
    void no_body_at_all_is_malformed() {
        rig.write(new byte[0]);

        assertThat(reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void a_body_in_single_bytes_is_the_same() {
        Write write = rig.begin(Rig.head(SMALL.length));
        for (byte b : SMALL) {
            Rig.feed(write, new byte[] {b});
        }
        write.bodyEnded();
        rig.answered(new Outcome.Stored());

        assertThat(rig.answer()).isEqualTo(new Answer.Stored());
    }

    @Test
    void a_big_message_is_coded_elsewhere() {
        rig.write(BIG);
        assertThat(rig.outgoing).isEmpty();
        assertThat(rig.jobs).hasSize(1);

        rig.runJobs();
        rig.answered(new Outcome.Stored());

        assertThat(rig.answer()).isEqualTo(new Answer.Stored());
    }

    @Test
    void big_messages_one_after_the_other_have_one_codec_beside_the_loops() {
        for (int i = 0; i < 3; i++) {
            rig.write(BIG);
            rig.runJobs();
            rig.answered(new Outcome.Stored());
        }

        assertThat(rig.codecs).isEqualTo(2);
    }

    @Test
    void a_client_that_goes_while_its_write_is_coded_elsewhere_is_forgotten_when_the_job_is_done() {
        Write write = rig.write(BIG);
        write.gone();
        assertThat(rig.budget.used()).isPositive();

        rig.runJobs();

        assertThat(rig.answers).isEmpty();
        assertThat(rig.outgoing).isEmpty();
    }

    @Test
    void a_client_that_goes_in_the_middle_of_its_body_gives_everything_back() {
        Write write = rig.begin(Rig.head(SMALL.length));
        Rig.feed(write, Arrays.copyOf(SMALL, 100));
        assertThat(rig.budget.used()).isPositive();

        write.gone();

        rig.nothingIsHeld();
    }

    @Test
    void a_client_that_goes_while_its_write_is_sent_gets_no_answer_and_the_write_ends_with_the_receiver() {
        Write write = rig.write(SMALL);
        write.gone();
        assertThat(rig.concurrency.total()).isOne();

        rig.answered(new Outcome.Stored());

        assertThat(rig.answers).isEmpty();
    }

    @Test
    void a_client_that_goes_before_it_is_known_is_not_admitted() {
        Promise<Verdict> later = Promise.promise();
        rig.verdict = later.future();
        Write write = rig.begin(Rig.head(SMALL.length));
        write.gone();

        later.complete(TestEdges.known(Rig.EDGE));

        assertThat(rig.admitted).isFalse();
        assertThat(rig.answers).isEmpty();
    }

    @Test
    void a_write_whose_sender_is_not_known_in_time_ends_and_is_not_admitted_later() {
        Promise<Verdict> later = Promise.promise();
        rig.verdict = later.future();
        Write write = rig.begin(Rig.head(SMALL.length));

        write.breakOff(new Rejection.Plain(Reason.DEADLINE, "too late"));
        later.complete(TestEdges.known(Rig.EDGE));

        assertThat(reason()).isEqualTo(Reason.DEADLINE);
        assertThat(rig.admitted).isFalse();
    }

    @Test
    void an_edge_with_connections_enough_is_refused_before_its_body() {
        rig.connection = WriteClient.Connection.LIMIT_REACHED;

        rig.begin(Rig.head(SMALL.length));

        assertThat(reason()).isEqualTo(Reason.EDGE_CONNECTIONS);
        assertThat(rig.admitted).isFalse();
    }

    @Test
    void an_authenticator_that_fails_is_a_503_and_never_a_pass() {
        rig.verdict = Future.failedFuture("broken");

        rig.begin(Rig.head(SMALL.length));

        assertThat(reason()).isEqualTo(Reason.PROOF_UNAVAILABLE);
    }

    @Test
    void a_disabled_edge_is_refused_before_its_body() {
        rig.verdict = Future.succeededFuture(TestEdges.known(Rig.edge(false)));

        rig.begin(Rig.head(SMALL.length));

        assertThat(reason()).isEqualTo(Reason.EDGE_DISABLED);
        assertThat(rig.admitted).isFalse();
    }

    @Test
    void a_tenant_without_a_ring_is_refused_before_its_body() {
        rig.ring = false;

        rig.begin(Rig.head(SMALL.length));

        assertThat(reason()).isEqualTo(Reason.TENANT_WITHOUT_RING);
        assertThat(rejection().facts()).containsEntry("edge", "cluster-02-edge").containsEntry("tenant", "team-blue");
        assertThat(rig.admitted).isFalse();
        rig.nothingIsHeld();
    }

    @Test
    void another_method_of_a_known_edge_is_told_so() {
        rig.begin(new WriteHead(false, TestEdges.header("Basic x"), null, null, null, 0, "r", null, false, 0));

        assertThat(rejection().sentence()).isEqualTo("recognised as edge cluster-02-edge, send POST");
    }

    @Test
    void a_declared_length_over_the_cap_is_refused_unread() {
        rig.begin(Rig.head((1 << 20) + 1));

        assertThat(reason()).isEqualTo(Reason.BODY_TOO_LARGE);
        assertThat(rig.admitted).isFalse();
    }

    @Test
    void a_chunked_body_over_the_cap_is_refused_when_it_gets_there() {
        Write write = rig.begin(Rig.head(WriteHead.CHUNKED));
        Rig.feed(write, new byte[] {100, 1, 2, 3, 4});

        Rig.feed(write, new byte[1 << 20]);

        assertThat(reason()).isEqualTo(Reason.BODY_TOO_LARGE);
    }

    @Test
    void a_bomb_is_refused_by_its_declared_size() {
        Write write = rig.begin(Rig.head(1000));

        Rig.feed(write, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0});

        assertThat(reason()).isEqualTo(Reason.BODY_TOO_LARGE);
        assertThat(rig.budget.peak()).isZero();
    }

    @Test
    void what_a_body_cannot_unpack_to_is_malformed_before_a_byte_is_reserved() {
        Write write = rig.begin(Rig.head(800));

        Rig.feed(write, declaring(17_067));

        assertThat(reason()).isEqualTo(Reason.MALFORMED);
        assertThat(rejection().sentence()).contains("800 bytes cannot hold the 17067");
        assertThat(rig.budget.peak()).isZero();
        rig.nothingIsHeld();
    }

    @Test
    void the_best_that_snappy_can_do_is_taken() {
        Write write = rig.begin(Rig.head(800));

        Rig.feed(write, declaring(17_066));

        assertThat(rig.answer()).isNull();
        assertThat(rig.budget.used()).isPositive();
        write.gone();
        rig.nothingIsHeld();
    }

    @Test
    void a_chunked_body_may_hold_what_the_cap_could_and_is_malformed_when_it_ends_too_early() {
        Write write = rig.begin(Rig.head(WriteHead.CHUNKED));
        Rig.feed(write, declaring(900_000));
        assertThat(rig.answer()).isNull();

        write.bodyEnded();

        assertThat(reason()).isEqualTo(Reason.MALFORMED);
        assertThat(rejection().sentence()).contains("5 bytes cannot hold the 900000");
        rig.nothingIsHeld();
    }

    @Test
    void a_chunked_body_that_would_break_the_cap_is_too_large_before_a_byte_is_reserved() {
        Policy own = Policy.of(Map.of(Limit.MAX_PACKED, 800L));
        rig.use(new Policies(
                new TenantPolicy(Policy.NONE, Policy.NONE, Map.of()),
                Map.of(Rig.EDGE.tenant(), new TenantPolicy(own, Policy.NONE, Map.of())),
                Policy.NO_LIMIT));
        Write write = rig.begin(Rig.head(WriteHead.CHUNKED));

        Rig.feed(write, declaring(17_067));

        assertThat(reason()).isEqualTo(Reason.BODY_TOO_LARGE);
        assertThat(rejection().sentence()).contains("800", "801");
        assertThat(rig.budget.peak()).isZero();
        rig.nothingIsHeld();
    }

    @Test
    void a_write_that_no_budget_could_hold_is_too_large_and_not_retried() {
        Rig small = new Rig(1 << 20);
        Write write = small.begin(Rig.head(BIG.length));

        Rig.feed(write, Arrays.copyOf(BIG, 100));

        assertThat(((Answer.Refused) small.answers.getFirst()).rejection().reason())
                .isEqualTo(Reason.BODY_TOO_LARGE);
        small.nothingIsHeld();
    }

    @Test
    void a_write_that_took_too_long_to_arrive_is_not_sent() {
        Write write = rig.begin(Rig.head(SMALL.length));
        Rig.feed(write, SMALL);
        rig.now = 26_000_000_000L;

        write.bodyEnded();

        assertThat(reason()).isEqualTo(Reason.DEADLINE);
        assertThat(rig.outgoing).isEmpty();
    }

    @Test
    void what_is_not_snappy_is_malformed() {
        rig.write(new byte[] {3, 'a', 'b', 'c', 'd'});

        assertThat(reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void the_receivers_refusal_reaches_the_sender() {
        rig.write(SMALL);

        rig.answered(new Outcome.Refused(409, "out of order sample"));

        assertThat(reason()).isEqualTo(Reason.RECEIVER_CONFLICT);
        assertThat(rejection().sentence()).contains("out of order sample");
    }

    private Rejection rejection() {
        return ((Answer.Refused) rig.answers.getLast()).rejection();
    }

    private Reason reason() {
        return rejection().reason();
    }

    private static byte[] declaring(int size) {
        int first = (size & 0x7f) | 0x80;
        int second = ((size >> 7) & 0x7f) | 0x80;
        return new byte[] {(byte) first, (byte) second, (byte) (size >> 14), 0, 0};
    }
}
