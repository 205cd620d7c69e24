package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.forward.Outcome;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.Proto;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes that are judged while our clock is in doubt. */
class ClockInDoubtTest {

    private static final long MINUTE = 60_000;

    private final Rig rig = new Rig(64 << 20);
    private final byte[] oneTooNew =
            Proto.write(sample("up", 0), sample("down", 11 * MINUTE)).packed();

    @BeforeEach
    void the_clock_is_in_doubt() {
        rig.clockDoubtMillis = -11 * MINUTE;
    }

    @AfterEach
    void everything_is_given_back() {
        rig.nothingIsHeld();
    }

    @Test
    void nothing_is_sent_or_counted_as_refused_series_and_the_sender_comes_again() {
        policy(Map.of(Limit.MAX_SAMPLE_FUTURE, 10 * MINUTE), false);

        Rejection rejection = refused(oneTooNew);

        assertThat(rejection.reason()).isEqualTo(Reason.CLOCK_IN_DOUBT);
        assertThat(rejection.retryable()).isTrue();
        assertThat(rejection.sentence()).startsWith("1 of 2 series are too old or too new by the gateway's clock");
        assertThat(rig.metrics.get("ringgate_refused_series_total{tenant=team-blue=fault=sample_in_future}"))
                .isZero();
    }

    @Test
    void when_it_is_right_again_the_write_is_judged_again() {
        policy(Map.of(Limit.MAX_SAMPLE_FUTURE, 10 * MINUTE), false);
        refused(oneTooNew);
        rig.clockDoubtMillis = 0;
        rig.wallMillis += 11 * MINUTE;

        rig.write(oneTooNew);

        assertThat(rig.outgoing).hasSize(1);
        rig.answered(new Outcome.Stored());
    }

    @Test
    void too_old_is_in_doubt_as_well() {
        rig.clockDoubtMillis = 11 * MINUTE;
        policy(Map.of(Limit.MAX_SAMPLE_AGE, 10 * MINUTE), false);

        assertThat(refused(Proto.write(sample("up", -11 * MINUTE)).packed()).reason())
                .isEqualTo(Reason.CLOCK_IN_DOUBT);
    }

    @ParameterizedTest
    @CsvSource({"-31, 62", "-31, 100000000", "31, 11", "-31, -11", "31, -62", "31, -30000000", "31, -153722867280912"})
    void what_the_receivers_clock_condemns_too_is_refused_for_good(long doubtSeconds, long sampleMinutes) {
        rig.clockDoubtMillis = 1_000 * doubtSeconds;
        policy(Map.of(Limit.MAX_SAMPLE_FUTURE, 10 * MINUTE, Limit.MAX_SAMPLE_AGE, 10 * MINUTE), false);

        rig.write(Proto.write(sample("up", 0), sample("down", sampleMinutes * MINUTE))
                .packed());

        assertThat(rig.outgoing).as("the other series is not held up").hasSize(1);
        rig.answered(new Outcome.Stored());
        assertThat(((Answer.Refused) rig.answers.getLast()).rejection().reason())
                .isEqualTo(Reason.SERIES_REFUSED);
    }

    @Test
    void one_series_in_doubt_holds_up_a_write_whose_others_any_clock_condemns() {
        policy(Map.of(Limit.MAX_SAMPLE_FUTURE, 10 * MINUTE, Limit.MAX_SAMPLE_AGE, 10 * MINUTE), false);

        assertThat(refused(Proto.write(
                                        sample("a", 100 * MINUTE),
                                        sample("b", 11 * MINUTE),
                                        sample("c", 100 * MINUTE),
                                        sample("d", -100 * MINUTE))
                                .packed())
                        .reason())
                .isEqualTo(Reason.CLOCK_IN_DOUBT);
    }

    @Test
    void a_write_that_is_too_large_by_any_clock_is_told_so() {
        policy(Map.of(Limit.MAX_SAMPLE_FUTURE, 10 * MINUTE, Limit.MAX_SERIES_PER_WRITE, 1L), false);

        assertThat(refused(oneTooNew).reason()).isEqualTo(Reason.TOO_MANY_SERIES);
    }

    @Test
    void a_policy_that_only_observes_holds_nothing_up() {
        policy(Map.of(Limit.MAX_SAMPLE_FUTURE, 10 * MINUTE), true);

        rig.write(oneTooNew);

        assertThat(rig.outgoing).hasSize(1);
        rig.answered(new Outcome.Stored());
    }

    private Rejection refused(byte[] body) {
        rig.write(body);
        assertThat(rig.outgoing).isEmpty();
        return ((Answer.Refused) rig.answers.getLast()).rejection();
    }

    private void policy(Map<Limit, Long> most, boolean observe) {
        Policy policy = new Policy(most, Map.of(), Map.of(), observe, null, null);
        TenantPolicy tenant = new TenantPolicy(policy, Policy.NONE, Map.of());
        rig.use(new Policies(TenantPolicy.NONE, Map.of(Rig.EDGE.tenant(), tenant), Policy.NO_LIMIT));
    }

    private Proto sample(String name, long millisFromNow) {
        return Proto.series("__name__", name).message(2, Proto.sample(1, rig.wallMillis + millisFromNow));
    }
}
