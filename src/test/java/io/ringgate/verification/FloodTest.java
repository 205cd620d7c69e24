package io.ringgate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Network;
import io.ringgate.verification.FairQueue.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A thousand guesses a second, played in time of the test's own: one check takes 50 ms of a core, as bcrypt's usual cost does,
 * and checks have a fifth of one, so four are made a second.
 */
class FloodTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long COST = 50 * MILLI;
    private static final int PLACES = 256;
    private static final Network AGENT = network("192.0.2.1");

    private final VerificationScheduler scheduler = VerificationPool.scheduler(PLACES);
    private final CpuShare share = new CpuShare(20, 0);
    private final Deque<Waiting> made = new ArrayDeque<>();
    private final List<Waiting> dropped = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private long now;
    private long cpu;
    private @Nullable Waiting running;
    private long endsAt;
    private int entered;
    private int refused;
    private int limited;

    private static Network network(String text) {
        return Objects.requireNonNull(Network.parse(text));
    }

    /** One millisecond, in which one guess comes. */
    private void tick(int sources, int names) {
        if (sources > 0) {
            int source = random.nextInt(sources);
            come(
                    network("10.1." + source / 256 + "." + source % 256),
                    names == 1 ? "berlin" : "guess-" + random.nextInt(names),
                    false);
        }
        pass();
    }

    private void pass() {
        now += MILLI;
        if (running != null && now >= endsAt) {
            Waiting over = running;
            running = null;
            cpu += COST;
            made.add(over);
            share.spend(COST);
            scheduler.finished(over, over.task().run().result(), now);
        }
        if (running == null && share.pause(now) == 0) {
            running = scheduler.next(now);
            endsAt = now + COST;
        }
        assertThat(scheduler.length()).isLessThanOrEqualTo(PLACES);
        assertThat(cpu).as("at %d ms", now / MILLI).isLessThanOrEqualTo(now / 5 + CpuShare.BURST_NANOS + COST);
    }

    private boolean come(Network source, String name, boolean right) {
        Waiting check = new Waiting(source, name, Tasks.of(right), now);
        VerificationScheduler.Refusal refusal = scheduler.add(check);
        if (refusal != null && refusal.check().equals(check)) {
            if (refusal.why() == Unavailable.QUEUE_FULL) {
                refused++;
            } else {
                limited++;
            }
            return false;
        }
        entered++;
        if (refusal != null) {
            dropped.add(refusal.check());
        }
        return true;
    }

    /** How long the agent's log-in takes while others go on guessing. */
    private double secondsUntilProven(Network source, String name, int sources, int names) {
        long since = now;
        assertThat(come(source, name, true)).isTrue();
        while (made.isEmpty() || !made.getLast().source().equals(source)) {
            tick(sources, names);
            assertThat(dropped).noneMatch(other -> other.source().equals(source));
            dropped.clear();
            assertThat(now - since).isLessThan(120 * SECOND);
        }
        return (double) (now - since) / SECOND;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0.5", "1, 100000, 0.8", "200, 1, 0.8", "200, 100000, 0.8"})
    void an_agent_from_elsewhere_logs_in_within_three_proofs(int sources, int names, double seconds) {
        for (int i = 0; i < 180_000; i++) {
            tick(sources, names);
        }
        for (int agent = 0; agent < 20; agent++) {
            Network source = network("192.0.2." + agent);
            assertThat(secondsUntilProven(source, "berlin", sources, names)).isLessThanOrEqualTo(seconds);
            for (int i = 0; i < 5_000; i++) {
                tick(sources, names);
            }
        }
    }

    @Test
    void an_agent_that_was_seen_before_comes_first_even_when_two_hundred_sources_just_began() {
        come(AGENT, "berlin", true);
        while (made.isEmpty()) {
            pass();
        }
        for (int i = 0; i < 20_000; i++) {
            tick(200, 100_000);
        }

        assertThat(secondsUntilProven(AGENT, "berlin", 200, 100_000)).isLessThanOrEqualTo(0.8);
    }

    @Test
    void a_stranger_waits_for_one_round_of_two_hundred_sources_that_just_began() {
        for (int i = 0; i < 5_000; i++) {
            tick(200, 100_000);
        }

        assertThat(secondsUntilProven(AGENT, "berlin", 200, 100_000)).isLessThanOrEqualTo(51);
    }

    @Test
    void an_agent_that_is_known_comes_first_however_many_sources_there_are_and_though_one_of_its_own_agents_guesses() {
        come(AGENT, "berlin", true);
        while (made.isEmpty()) {
            pass();
        }
        for (int i = 0; i < 60_000; i++) {
            tick(60_000, 100_000);
            if (i % 10_000 == 0) {
                come(AGENT, "seoul", false);
            }
        }

        assertThat(secondsUntilProven(AGENT, "berlin", 60_000, 100_000)).isLessThanOrEqualTo(0.8);
    }

    @Test
    void a_guesser_of_one_name_is_soon_refused_unheard() {
        for (int i = 0; i < 100_000; i++) {
            tick(1, 1);
        }

        assertThat(entered).isBetween(15, 20);
        assertThat(limited).isEqualTo(100_000 - entered);
        assertThat(refused).isZero();
    }

    @Test
    void everything_that_waits_is_answered() {
        for (int i = 0; i < 30_000; i++) {
            tick(200, 100_000);
        }
        for (int i = 0; i < 100_000; i++) {
            pass();
        }

        assertThat(scheduler.length()).isZero();
        assertThat(made.size() + dropped.size()).isEqualTo(entered);
    }

    @Test
    void twenty_agents_of_one_address_are_back_within_about_a_second_after_a_restart() {
        for (int i = 0; i < 20; i++) {
            come(AGENT, "edge-" + i, true);
        }
        while (made.size() < 20) {
            pass();
        }

        assertThat(now).isLessThanOrEqualTo(1_100 * MILLI);
    }

    @Test
    void more_of_the_share_is_more_at_once() {
        for (int i = 0; i < 60_000; i++) {
            tick(1, 100_000);
        }
        int before = made.size();
        share.resize(100, now);
        long spent = cpu;
        for (int i = 0; i < 2_000; i++) {
            now += MILLI;
            come(network("10.1.0.0"), "guess-" + i, false);
            if (running != null && now >= endsAt) {
                made.add(running);
                share.spend(COST);
                scheduler.finished(running, Tasks.REJECTED, now);
                spent += COST;
                running = null;
            }
            if (running == null && share.pause(now) == 0) {
                running = scheduler.next(now);
                endsAt = now + COST;
            }
        }

        assertThat(made.size() - before).isBetween(35, 41);
        assertThat(spent).isPositive();
    }
}
