package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.cli.SampleWrites;
import io.ringgate.forward.Outcome;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.TestEdges;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that wait for memory or a place among the writes under way, of which an edge may have two here. */
class WaitingWriteTest {

    private static final byte[] SMALL =
            SampleWrites.body(20, 12, 1, new SplittableRandom(1)).packed();

    private static final String WAITS = "ringgate_edge_admission_waits_total{edge=cluster-02-edge";

    private final Rig rig = new Rig(64 << 20);

    @AfterEach
    void everything_is_given_back() {
        rig.nothingIsHeld();
    }

    @Test
    void a_write_over_those_that_an_edge_may_have_under_way_waits_and_is_refused_when_that_takes_too_long() {
        Write first = started(SMALL);
        Write second = started(SMALL);

        Write third = started(SMALL);
        rig.now = 2_999_999_999L;
        third.checkWait(rig.now);

        assertThat(rig.answers).isEmpty();
        assertThat(third.wants()).isZero();

        rig.now = 3_000_000_000L;
        third.checkWait(rig.now);

        assertThat(reason()).isEqualTo(Reason.CONCURRENCY);
        assertThat(rejection().facts()).containsEntry("limit", "max_concurrent_writes");
        first.gone();
        second.gone();
    }

    @Test
    void waits_are_counted_by_edge_with_their_time() {
        Write first = started(SMALL);
        Write second = started(SMALL);
        Write inVain = started(SMALL);
        rig.now = 1_700_000_000L;
        Write served = started(SMALL);

        rig.now = 3_000_000_000L;
        inVain.checkWait(rig.now);
        first.gone();

        assertThat(rig.metrics.get(WAITS + "=outcome=refused}")).isEqualTo(1);
        assertThat(rig.metrics.get(WAITS + "=outcome=granted}")).isEqualTo(1);
        assertThat(rig.metrics.get("ringgate_edge_admission_wait_seconds_total{edge=cluster-02-edge}"))
                .as("3 s and 1.3 s")
                .isEqualTo(4);
        assertThat(rig.edges.of(Rig.EDGE.name()).status().waits())
                .isEqualTo(new EdgeStatus.Waits(1, 1, Duration.ofMillis(4_300)));
        served.gone();
        second.gone();
    }

    @Test
    void a_write_that_waited_for_a_place_goes_on_when_one_is_free() {
        Write first = started(SMALL);
        Write second = started(SMALL);
        Write third = started(SMALL);
        assertThat(third.wantsBody()).isFalse();
        assertThat(rig.concurrency.total()).isEqualTo(2);
        rig.admitted = false;

        first.gone();

        assertThat(rig.admitted).isTrue();
        Rig.feed(third, Arrays.copyOfRange(SMALL, BodyPreface.LENGTH, SMALL.length));
        third.bodyEnded();
        rig.answered(new Outcome.Stored());
        assertThat(rig.answer()).isEqualTo(new Answer.Stored());
        second.gone();
    }

    @Test
    void a_client_that_goes_while_it_waits_is_granted_nothing() {
        Write first = started(SMALL);
        Write second = started(SMALL);
        Write third = started(SMALL);

        third.gone();
        first.gone();
        second.gone();

        assertThat(rig.answers).isEmpty();
        rig.nothingIsHeld();
    }

    @Test
    void a_grant_that_comes_after_the_client_has_gone_is_given_back() {
        Rig late = new Rig(64 << 20, true);
        Write first = started(late, SMALL);
        Write second = started(late, SMALL);
        Write third = started(late, SMALL);
        first.gone();
        assertThat(late.concurrency.total()).isEqualTo(2);

        third.gone();
        late.runLoop();

        assertThat(late.concurrency.total()).isEqualTo(1);
        second.gone();
        late.nothingIsHeld();
    }

    @Test
    void who_waits_for_100_continue_gets_the_most_first_and_keeps_what_it_needs() {
        Write write = rig.begin(expecting(SMALL.length));
        long most = rig.budget.used();
        assertThat(rig.admitted).isTrue();
        assertThat(most).isPositive();

        Rig.feed(write, Arrays.copyOf(SMALL, 100));

        assertThat(rig.budget.used()).isPositive().isLessThan(most);
        Rig.feed(write, Arrays.copyOfRange(SMALL, 100, SMALL.length));
        write.bodyEnded();
        rig.answered(new Outcome.Stored());
        assertThat(rig.answer()).isEqualTo(new Answer.Stored());
    }

    @Test
    void the_most_that_a_body_may_need_is_no_reason_to_call_it_too_large() {
        Rig small = new Rig(1 << 20);
        Write write = small.begin(expecting(SMALL.length * 100L));

        assertThat(small.answers).isEmpty();
        assertThat(small.budget.used()).isEqualTo(1 << 20);

        write.gone();
        small.nothingIsHeld();
    }

    @Test
    void who_waits_for_100_continue_and_for_memory_is_asked_for_nothing_meanwhile() {
        Write first = started(SMALL);
        Write second = started(SMALL);
        rig.admitted = false;
        Write third = rig.begin(expecting(SMALL.length));

        assertThat(rig.admitted).isFalse();

        second.gone();

        assertThat(rig.admitted).isTrue();
        third.gone();
        first.gone();
    }

    @Test
    void a_body_without_a_buffer_gives_back_what_was_granted_when_its_connection_ends() {
        Write write = rig.begin(Rig.head(SMALL.length));
        rig.noBuffer = true;

        assertThatThrownBy(() -> Rig.feed(write, SMALL)).hasMessage("no buffer");
        write.gone();

        rig.nothingIsHeld();
    }

    @Test
    void a_write_that_waited_and_gets_no_buffer_is_refused_and_gives_back_what_was_granted() {
        Write first = started(SMALL);
        Write second = started(SMALL);
        Write third = started(SMALL);
        rig.noBuffer = true;

        first.gone();

        assertThat(third.wantsBody()).isFalse();
        assertThat(reason()).isEqualTo(Reason.INTERNAL);
        assertThat(rig.concurrency.total()).isEqualTo(1);
        second.gone();
    }

    private static WriteHead expecting(long length) {
        return new WriteHead(true, TestEdges.header("Basic x"), null, null, null, length, "r-1", null, true, 0);
    }

    /** A write whose first bytes are there. */
    private Write started(byte[] body) {
        return started(rig, body);
    }

    private static Write started(Rig rig, byte[] body) {
        Write write = rig.begin(Rig.head(body.length));
        Rig.feed(write, Arrays.copyOf(body, BodyPreface.LENGTH));
        return write;
    }

    @Test
    void a_budget_that_stays_spent_is_a_503_after_the_wait() {
        Rig small = new Rig(4 << 20);
        Write first = small.begin(Rig.head(400_000));
        Rig.feed(first, declaring(900_000));
        Write second = small.begin(Rig.head(400_000));
        Rig.feed(second, declaring(900_000));
        assertThat(small.answers).isEmpty();

        small.now = 3_000_000_000L;
        second.checkWait(small.now);

        assertThat(((Answer.Refused) small.answers.getFirst()).rejection().reason())
                .isEqualTo(Reason.MEMORY_BUDGET);
        first.gone();
        small.nothingIsHeld();
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
