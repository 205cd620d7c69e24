package io.ringgate.limits.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * After an hour's outage, 200 agents of two tenants. What is stated here stands in docs/operations/outage.md too.
 *
 * <p>Both tenants may send 150,000 samples a second. The steady one has 50,000 of its own and up to 4 shards an agent; the
 * greedy one has 75,000, and up to 50 shards an agent that want everything at once: 5,400 senders in all.
 */
class OutageTest {

    private static final int SECONDS = 4_500;
    private static final long SECOND = 1_000_000_000L;

    private static final int SENDERS = 5_400;

    /** Of the first minute, in which the greedy agents start 4,000 shards more. */
    private static final int MOST_AT_FIRST = SENDERS * 3 / 10;

    private static final int MOST_LATER = SENDERS / 10;

    /** The longest that a sample of the steady tenant waits from its first attempt, while it catches up. */
    private static final long LONGEST_DELAY = 150 * SECOND;

    /** When the steady tenant has caught up; from then on it is never refused. */
    private static final int CAUGHT_UP = 1_900;

    private static int requests(Outage run, int second) {
        return run.steady.tally().requests[second] + run.greedy.tally().requests[second];
    }

    private static int peak(Outage run, int from, int to) {
        int peak = 0;
        for (int second = from; second < to; second++) {
            peak = Math.max(peak, requests(run, second));
        }
        return peak;
    }

    @Test
    void they_come_back_as_a_ramp_and_the_steady_tenant_does_not_feel_the_greedy_one() {
        for (long seed = 0; seed < 3; seed++) {
            Outage run = new Outage(Outage.Answer.ours(), seed, SECONDS).run();

            assertThat(peak(run, 1, 60)).as("seed %d", seed).isLessThan(MOST_AT_FIRST);
            assertThat(peak(run, 60, SECONDS)).as("seed %d", seed).isLessThan(MOST_LATER);
            for (int second = 0; second < SECONDS; second++) {
                assertThat(run.steady.tally().delay[second]).as("seed %d", seed).isLessThan(LONGEST_DELAY);
                if (second > CAUGHT_UP) {
                    assertThat(run.steady.tally().refused[second])
                            .as("seed %d, second %d", seed, second)
                            .isZero();
                }
            }
            for (Tenant tenant : List.of(run.steady, run.greedy)) {
                assertThat(run.pending(tenant))
                        .as("seed %d: less than one batch an agent", seed)
                        .isLessThan((long) tenant.agents() * Agent.BATCH);
            }
        }
    }

    @Test
    void a_greedy_tenant_gets_its_rate_and_one_burst() {
        Outage run = new Outage(Outage.Answer.ours(), 7, 600).run();

        long accepted = 0;
        for (int second = 0; second < 600; second++) {
            accepted += run.greedy.tally().accepted[second];
            long most = run.greedy.samples().perSecond() * (second + 1)
                    + run.greedy.samples().burst();
            assertThat(accepted).as("second %d", second).isLessThanOrEqualTo(most);
        }
        assertThat(accepted).as("and not much less").isGreaterThan(600 * 148_000L);
    }

    @Test
    void with_one_second_for_everybody_they_all_come_every_second() {
        Outage run = new Outage(Outage.ONE_SECOND, 0, 180).run();

        assertThat(peak(run, 1, 60)).isGreaterThan(MOST_AT_FIRST);
        assertThat(peak(run, 60, 180)).isGreaterThan(SENDERS * 8 / 10);
    }

    @Test
    void the_picture_in_the_docs_is_what_bench_ramp_draws() throws Exception {
        assertThat(Files.readString(Path.of("docs/ramp.svg")))
                .as("run bench/ramp")
                .isEqualTo(RampPicture.draw());
    }
}
