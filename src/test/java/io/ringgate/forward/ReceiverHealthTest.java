package io.ringgate.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.TenantId;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One receiver, as time passes. Waits are up to a fifth shorter or longer than said. */
class ReceiverHealthTest {

    private static final TenantId A = new TenantId("team-a");
    private static final TenantId B = new TenantId("team-b");

    private final SplittableRandom random = new SplittableRandom(11);
    private final ReceiverHealth health = new ReceiverHealth();
    private long now = -5;

    private void pass(double seconds) {
        now += (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private boolean fails() {
        return fails(A);
    }

    private boolean fails(TenantId tenant) {
        return health.failed(tenant, now, "it answered 500", random, now);
    }

    private boolean succeeds() {
        return health.answered(A, now, now);
    }

    private void eject() {
        health.eject(AttemptSignal.SERVER_ERROR, random, now);
    }

    private String state() {
        return health.snapshot(now).state();
    }

    @Test
    void it_asks_to_be_ejected_at_the_third_failure() {
        assertThat(fails()).isFalse();
        assertThat(fails()).isFalse();
        assertThat(fails()).isTrue();
        assertThat(health.isEjected()).as("not before somebody decides").isFalse();
    }

    @Test
    void after_a_failure_it_is_doubtful_for_a_second_or_until_a_success() {
        fails();
        assertThat(health.isSuspect(now)).isTrue();
        pass(1);
        assertThat(health.isSuspect(now)).isFalse();

        fails();
        succeeds();
        assertThat(health.isSuspect(now)).isFalse();
    }

    @Test
    void an_ejected_one_gets_one_write_at_a_time_after_its_wait_and_a_success_brings_it_back() {
        eject();
        pass(0.79);
        assertThat(state()).isEqualTo("ejected");
        assertThat(health.tryTrial(A, now)).isFalse();

        pass(0.42);
        assertThat(state()).isEqualTo("half_open");
        assertThat(health.tryTrial(A, now)).isTrue();
        assertThat(health.tryTrial(A, now)).as("only one").isFalse();

        assertThat(succeeds()).isTrue();
        assertThat(state()).isEqualTo("serving");
    }

    @Test
    void each_failed_trial_doubles_the_wait_up_to_half_a_minute() {
        eject();
        double[] waits = {1, 2, 4, 8, 16, 30, 30};
        for (double wait : waits) {
            pass(wait * 0.79);
            assertThat(health.tryTrial(A, now)).as("before %s s", wait).isFalse();
            pass(wait * 0.42);
            assertThat(health.tryTrial(A, now)).as("after %s s", wait).isTrue();
            assertThat(fails(B)).isFalse();
        }
    }

    @Test
    void the_tenant_that_failed_a_trial_lets_another_make_the_next() {
        eject();
        pass(2);
        health.tryTrial(A, now);
        fails(A);
        pass(2.41);

        assertThat(health.tryTrial(A, now)).isFalse();
        assertThat(health.tryTrial(B, now)).isTrue();

        health.endTrialWithoutResult(random, now);
        pass(1.21);
        assertThat(health.tryTrial(A, now)).as("another has tried").isTrue();
    }

    @Test
    void the_tenant_that_failed_a_trial_makes_the_next_after_twice_the_wait_when_no_other_writes() {
        eject();
        pass(2);
        health.tryTrial(A, now);
        fails(A);
        pass(3.19);
        assertThat(health.tryTrial(A, now)).isFalse();

        pass(1.62);
        assertThat(health.tryTrial(A, now)).isTrue();
    }

    @Test
    void a_trial_that_tells_nothing_lets_another_be_made_after_the_first_wait() {
        eject();
        for (int i = 0; i < 5; i++) {
            pass(1.21);
            assertThat(health.tryTrial(A, now)).as("trial %d", i).isTrue();

            health.endTrialWithoutResult(random, now);

            assertThat(health.tryTrial(A, now)).isFalse();
        }
    }

    @Test
    void a_trial_that_was_not_made_is_free_at_once() {
        eject();
        pass(1.21);
        health.tryTrial(A, now);

        health.notTried();

        assertThat(health.tryTrial(A, now)).isTrue();
    }

    @Test
    void an_answer_frees_the_bare_connection_and_a_write_may_decide() {
        long before = now;
        pass(1);
        eject();
        health.unreached("refused", random, now);
        pass(1.21);
        assertThat(health.tryProbe(now)).isTrue();

        health.answered(B, before, now);

        assertThat(health.tryTrial(A, now)).isTrue();
    }

    @Test
    void what_was_under_way_when_it_was_ejected_changes_nothing() {
        long before = now;
        pass(1);
        eject();
        pass(0.5);

        assertThat(health.answered(A, before, now)).isFalse();
        assertThat(health.failed(A, before, "late", random, now)).isFalse();
        pass(0.71);
        assertThat(health.tryTrial(A, now)).isTrue();
        assertThat(health.isEjected()).isTrue();
    }

    @Test
    void one_that_leaves_again_soon_stays_away_longer_and_one_that_was_well_for_long_does_not() {
        eject();
        pass(2);
        succeeds();
        pass(5);
        eject();
        pass(1.5);
        assertThat(health.tryTrial(A, now)).isFalse();
        pass(1);
        assertThat(health.tryTrial(A, now)).isTrue();
        succeeds();

        pass(31);
        eject();
        pass(1.21);
        assertThat(health.tryTrial(A, now)).isTrue();
    }

    @Test
    void one_that_cannot_be_reached_is_tried_by_a_connection_and_not_by_a_write() {
        assertThat(health.unreached("refused", random, now)).isTrue();
        health.eject(AttemptSignal.UNREACHABLE, random, now);
        pass(1.21);

        assertThat(health.tryTrial(A, now)).isFalse();
        assertThat(health.tryProbe(now)).isTrue();
        assertThat(health.tryProbe(now)).isFalse();
        assertThat(health.connected(now)).isTrue();
        assertThat(state()).isEqualTo("serving");
    }

    @Test
    void many_connections_that_fail_together_are_one_failure() {
        for (int i = 0; i < 50; i++) {
            health.unreached("refused", random, now);
        }
        health.eject(AttemptSignal.UNREACHABLE, random, now);
        for (int i = 0; i < 50; i++) {
            health.unreached("refused", random, now);
        }
        pass(1.21);

        assertThat(health.tryProbe(now)).isTrue();
    }

    @Test
    void one_that_was_unreachable_and_may_not_be_ejected_asks_again() {
        assertThat(health.unreached("refused", random, now)).isTrue();
        assertThat(state()).isEqualTo("unreachable");
        pass(0.1);
        assertThat(health.unreached("refused", random, now)).isTrue();
        assertThat(health.connected(now)).isFalse();
        assertThat(state()).isEqualTo("serving");
    }

    @Test
    void a_connection_alone_does_not_bring_back_one_that_failed_at_writes() {
        eject();
        health.unreached("refused", random, now);

        assertThat(health.connected(now)).isFalse();
        assertThat(health.isEjected()).isTrue();
        pass(1.21);
        assertThat(health.tryTrial(A, now)).isTrue();
    }

    @Test
    void a_hint_never_ejects() {
        health.setReadiness(Readiness.NOT_READY, now);

        assertThat(state()).isEqualTo("serving");
        assertThat(health.isSuspect(now)).isTrue();
        assertThat(health.snapshot(now).ready()).isEqualTo("not ready");
    }

    @Test
    void a_turn_to_ready_makes_the_trial_due_and_staying_ready_does_not() {
        health.setReadiness(Readiness.READY, now);
        eject();
        health.setReadiness(Readiness.READY, now);
        assertThat(health.tryTrial(A, now)).isFalse();

        health.setReadiness(Readiness.UNKNOWN, now);
        health.setReadiness(Readiness.READY, now);
        assertThat(health.tryTrial(A, now)).isTrue();
    }

    @Test
    void a_trial_that_fails_after_a_hint_is_heard_as_well() {
        eject();
        pass(2);
        long begun = now;
        health.tryTrial(A, now);
        pass(1);
        health.setReadiness(Readiness.READY, now);

        health.failed(B, begun, "it answered 500", random, now);
        assertThat(state()).isEqualTo("ejected");
        pass(2.5);
        assertThat(health.tryTrial(A, now)).isTrue();
    }

    @Test
    void it_is_told_what_went_wrong_last() {
        fails();

        assertThat(health.snapshot(now).lastFailure()).isEqualTo("it answered 500");
    }
}
