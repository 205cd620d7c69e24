package io.ringgate.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.TenantId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailureTrackerTest {

    private static final TenantId A = new TenantId("team-a");
    private static final TenantId B = new TenantId("team-b");
    private static final TenantId C = new TenantId("team-c");

    private final FailureTracker streak = new FailureTracker();
    private long now = TimeUnit.DAYS.toNanos(-1);

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void fail(TenantId... tenants) {
        for (TenantId tenant : tenants) {
            streak.failure(tenant);
        }
    }

    @Test
    void three_failures_in_a_row_are_long() {
        fail(A, A);
        assertThat(streak.isLong(now)).isFalse();

        fail(A);
        assertThat(streak.isLong(now)).isTrue();
    }

    @Test
    void a_success_ends_the_row() {
        fail(A, A);
        streak.success(A, now);
        pass(5_000);
        fail(A, A);

        assertThat(streak.isLong(now)).isFalse();
    }

    @Test
    void three_failures_within_half_a_second_of_a_success_are_not_long_yet() {
        streak.success(A, now);
        fail(A, A, A);
        pass(499);
        assertThat(streak.isLong(now)).isFalse();

        pass(1);
        assertThat(streak.isLong(now)).isTrue();
    }

    @Test
    void one_tenant_alone_proves_nothing_while_another_was_stored_a_short_time_ago() {
        streak.success(B, now);
        pass(9_999);
        fail(A, A, A, A);
        assertThat(streak.isItsOwn(now)).isFalse();
        assertThat(streak.isLong(now)).isFalse();

        pass(1);
        assertThat(streak.isLong(now)).isTrue();
    }

    @Test
    void the_other_tenants_success_counts_also_when_the_failing_one_succeeded_last() {
        streak.success(C, now);
        streak.success(B, now);
        streak.success(A, now);
        pass(5_000);
        fail(A, A, A);

        assertThat(streak.isItsOwn(now)).isFalse();
    }

    @Test
    void two_tenants_that_fail_are_proof_enough() {
        streak.success(C, now);
        pass(1_000);
        fail(A, A, B);

        assertThat(streak.isLong(now)).isTrue();
    }

    @Test
    void nobody_vouches_for_a_receiver_that_only_the_failing_tenant_uses() {
        streak.success(A, now);
        pass(1_000);
        fail(A, A, A);

        assertThat(streak.isLong(now)).isTrue();
    }
}
