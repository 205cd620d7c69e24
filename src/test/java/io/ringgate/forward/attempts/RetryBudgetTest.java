package io.ringgate.forward.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Every write and retry by its time: slow, and with nothing of slots. */
    private static final class Ledger {
        final ArrayDeque<Long> writes = new ArrayDeque<>();
        final ArrayDeque<Long> retries = new ArrayDeque<>();

        static long since(ArrayDeque<Long> times, long now, long nanos) {
            return times.stream().filter(t -> now - t < nanos).count();
        }
    }

    @Test
    void a_retry_is_either_within_a_fifth_of_the_writes_of_ten_seconds_or_one_of_three_in_a_second() {
        for (long seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long now = random.nextLong();
            RetryBudget budget = new RetryBudget(now);
            Ledger ledger = new Ledger();
            long pace = 1 + random.nextLong(SECOND / 5);
            int eager = 1 + random.nextInt(10);
            for (int step = 0; step < 3_000; step++) {
                now += random.nextInt(500) == 0 ? random.nextLong(15 * SECOND) : random.nextLong(pace);
                if (random.nextInt(10) >= eager) {
                    budget.countWrite(now);
                    ledger.writes.add(now);
                    continue;
                }
                long lastSecond = Ledger.since(ledger.retries, now, SECOND);
                long share = Ledger.since(ledger.writes, now, 10 * SECOND) / 5;
                long made = Ledger.since(ledger.retries, now, 10 * SECOND);
                boolean granted = budget.grant(now);
                if (lastSecond < 3) {
                    assertThat(granted)
                            .as("seed %d, step %d: three a second", seed, step)
                            .isTrue();
                } else if (granted) {
                    assertThat(made + 1).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(share);
                }
                if (granted) {
                    ledger.retries.add(now);
                }
            }
        }
    }

    @Test
    void a_fifth_is_granted_to_a_busy_gateway() {
        RetryBudget budget = new RetryBudget(0);
        int granted = 0;
        for (int i = 0; i < 10_000; i++) {
            long now = i * SECOND / 1_000;
            budget.countWrite(now);
            granted += budget.grant(now) ? 1 : 0;
        }

        assertThat(granted).isBetween(1_980, 2_030);
    }

    @Test
    void without_a_write_three_a_second_are_granted() {
        RetryBudget budget = new RetryBudget(0);
        int granted = 0;
        for (int i = 0; i < 1_000; i++) {
            granted += budget.grant(i * SECOND / 100) ? 1 : 0;
        }

        assertThat(granted).isEqualTo(30);
    }

    @Test
    void waits_take_half_of_it_and_leave_the_rest_to_retries() {
        RetryBudget budget = new RetryBudget(0);
        int waits = 0;
        int retries = 0;
        for (int i = 0; i < 10_000; i++) {
            long now = i * SECOND / 1_000;
            budget.countWrite(now);
            waits += budget.grantWait(now) ? 1 : 0;
            retries += i % 10 == 0 && budget.grant(now) ? 1 : 0;
        }

        assertThat(waits).isBetween(980, 1_030);
        assertThat(retries).isBetween(970, 1_000);
    }

    @Test
    void without_a_write_two_waits_a_second_are_granted_and_one_retry_is_left() {
        RetryBudget budget = new RetryBudget(0);
        int waits = 0;
        for (int i = 0; i < 10; i++) {
            waits += budget.grantWait(i) ? 1 : 0;
        }

        assertThat(waits).isEqualTo(2);
        assertThat(budget.grant(11)).isTrue();
        assertThat(budget.grant(12)).isFalse();
    }

    @Test
    void writes_of_long_ago_do_not_count() {
        RetryBudget budget = new RetryBudget(0);
        for (int i = 0; i < 1_000; i++) {
            budget.countWrite(0);
        }
        int granted = 0;
        for (int i = 0; i < 100; i++) {
            granted += budget.grant(11 * SECOND) ? 1 : 0;
        }

        assertThat(granted).isEqualTo(3);
    }

    @Test
    void a_clock_read_by_two_threads_may_step_back() {
        RetryBudget budget = new RetryBudget(5 * SECOND);
        budget.countWrite(20 * SECOND);
        budget.countWrite(19 * SECOND);
        for (int i = 0; i < 100; i++) {
            budget.countWrite(20 * SECOND);
        }
        int granted = 0;
        for (int i = 0; i < 100; i++) {
            granted += budget.grant(19 * SECOND) ? 1 : 0;
        }

        assertThat(granted).isEqualTo(20);
    }
}
