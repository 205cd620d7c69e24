package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.OnLimit;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.forward.Outcome;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.Proto;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that are held to a policy: what is refused, what only counted, and which tokens come back. */
class LimitedWriteTest {

    private static final byte[] TWO_SAMPLES = Proto.write(
                    Proto.gauge("__name__", "up"), Proto.gauge("__name__", "down"))
            .packed();
    private static final long SECOND = 1_000_000_000L;

    private final Rig rig = new Rig(64 << 20);

    @AfterEach
    void everything_is_given_back() {
        rig.nothingIsHeld();
    }

    @Test
    void over_the_request_rate_is_refused_before_the_body_and_takes_nothing() {
        tenant(rate(Limit.REQUESTS_PER_SECOND, 1, 1));
        stored();

        Rejection refusal = refused();
        assertThat(refusal.reason()).isEqualTo(Reason.REQUEST_RATE);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.sentence())
                .isEqualTo(
                        "tenant team-blue is over requests_per_second 1 (burst 1): this write needs 1 and 0 are left");
        assertThat(rig.admitted).isFalse();
        refused();

        rig.now += SECOND;
        stored();
    }

    @Test
    void a_spent_sample_rate_refuses_before_the_body_and_takes_nothing() {
        tenant(rates(Map.of(Limit.REQUESTS_PER_SECOND, 2L, Limit.SAMPLES_PER_SECOND, 2L)));
        stored();

        for (int i = 0; i < 3; i++) {
            assertThat(refused().reason()).isEqualTo(Reason.SAMPLE_RATE);
            assertThat(rig.admitted).isFalse();
        }
        tenant(rates(Map.of(Limit.REQUESTS_PER_SECOND, 2L)));
        stored();
        assertThat(refused().reason()).isEqualTo(Reason.REQUEST_RATE);
    }

    @Test
    void a_body_that_is_read_and_refused_keeps_its_request_and_its_bytes() {
        for (Limit limit : new Limit[] {Limit.REQUESTS_PER_SECOND, Limit.BYTES_PER_SECOND}) {
            long two = limit == Limit.REQUESTS_PER_SECOND ? 2 : 2 * TWO_SAMPLES.length;
            for (Limit cause : new Limit[] {Limit.MAX_SERIES_PER_WRITE, Limit.SAMPLES_PER_SECOND}) {
                rig.now += 3600 * SECOND;
                tenant(rates(Map.of(limit, two, cause, 1L)));
                assertThat(refused().status()).isEqualTo(413);
                assertThat(refused().status()).isEqualTo(413);
                assertThat(refused().status())
                        .as("%s after two of %s", cause, limit)
                        .isEqualTo(503);
                assertThat(rig.admitted).isFalse();
            }
        }
    }

    @Test
    void a_chunked_body_that_is_read_and_refused_owes_its_bytes() {
        tenant(rates(Map.of(Limit.BYTES_PER_SECOND, (long) TWO_SAMPLES.length, Limit.MAX_SERIES_PER_WRITE, 1L)));
        Write write = rig.begin(Rig.head(WriteHead.CHUNKED));
        Rig.feed(write, TWO_SAMPLES);
        write.bodyEnded();
        assertThat(taken().status()).isEqualTo(413);

        rig.begin(Rig.head(WriteHead.CHUNKED));
        assertThat(taken().reason()).isEqualTo(Reason.BYTE_RATE);
    }

    @Test
    void what_the_first_bytes_tell_takes_nothing() {
        tenant(rates(Map.of(Limit.REQUESTS_PER_SECOND, 1L, Limit.BYTES_PER_SECOND, 60L, Limit.MAX_UNPACKED, 1L)));
        for (int i = 0; i < 3; i++) {
            assertThat(refused().reason()).isEqualTo(Reason.BODY_TOO_LARGE);
            assertThat(rig.admitted).isTrue();
        }
    }

    @Test
    void bytes_of_a_chunked_body_are_counted_at_its_end() {
        tenant(rate(Limit.BYTES_PER_SECOND, 1, TWO_SAMPLES.length));
        stored();

        rig.begin(Rig.head(WriteHead.CHUNKED));
        assertThat(taken().reason()).as("nothing is left for any").isEqualTo(Reason.BYTE_RATE);
        rig.now += SECOND;
        Write write = rig.begin(Rig.head(WriteHead.CHUNKED));
        Write other = rig.begin(Rig.head(WriteHead.CHUNKED));
        Rig.feed(write, TWO_SAMPLES);
        Rig.feed(other, TWO_SAMPLES);
        assertThat(rig.answer()).isNull();
        write.bodyEnded();
        rig.answered(new Outcome.Stored());
        rig.answers.clear();
        other.bodyEnded();
        assertThat(taken().reason()).isEqualTo(Reason.BYTE_RATE);
    }

    @Test
    void what_no_burst_holds_is_413() {
        tenant(rate(Limit.SAMPLES_PER_SECOND, 1, 1));
        Rejection samples = refused();
        assertThat(samples.status()).isEqualTo(413);
        assertThat(samples.sentence())
                .isEqualTo("this write has 2 samples, samples_per_second of tenant team-blue has a burst of 1:"
                        + " set max_samples_per_send: 1 in the sender's queue_config");

        tenant(rate(Limit.BYTES_PER_SECOND, 1, 10));
        assertThat(refused().reason()).isEqualTo(Reason.OVER_BURST);
        assertThat(rig.admitted).isFalse();
    }

    @Test
    void samples_and_bytes_of_a_write_that_will_come_again_come_back_and_its_request_does_not() {
        tenant(rates(Map.of(
                Limit.REQUESTS_PER_SECOND, 3L,
                Limit.SAMPLES_PER_SECOND, 2L,
                Limit.BYTES_PER_SECOND, (long) TWO_SAMPLES.length)));
        for (int i = 0; i < 3; i++) {
            rig.write(TWO_SAMPLES);
            rig.answered(new Outcome.Unavailable("gone"));
            assertThat(taken().reason()).isEqualTo(Reason.RECEIVER_UNAVAILABLE);
        }

        assertThat(refused().reason()).isEqualTo(Reason.REQUEST_RATE);
    }

    @Test
    void a_write_that_is_refused_for_good_behind_us_keeps_what_it_took() {
        tenant(rate(Limit.SAMPLES_PER_SECOND, 1, 2));
        rig.write(TWO_SAMPLES);
        rig.answered(new Outcome.Refused(409, "conflict"));
        assertThat(taken().reason()).isEqualTo(Reason.RECEIVER_CONFLICT);

        assertThat(refused().reason()).isEqualTo(Reason.SAMPLE_RATE);
    }

    @Test
    void a_client_that_goes_in_the_middle_gives_its_bytes_back() {
        tenant(rate(Limit.BYTES_PER_SECOND, 1, TWO_SAMPLES.length));
        Write write = rig.begin(Rig.head(TWO_SAMPLES.length));
        Rig.feed(write, Arrays.copyOf(TWO_SAMPLES, 8));
        write.gone();

        stored();
    }

    @Test
    void an_edge_has_rates_of_its_own_inside_its_tenants() {
        Policy perEdge = rate(Limit.REQUESTS_PER_SECOND, 1, 1);
        use(new TenantPolicy(rate(Limit.REQUESTS_PER_SECOND, 5, 5), perEdge, Map.of()));
        stored();
        assertThat(refused().sentence()).startsWith("edge cluster-02-edge is over requests_per_second 1");

        use(new TenantPolicy(
                rate(Limit.REQUESTS_PER_SECOND, 5, 5),
                perEdge,
                Map.of(Rig.EDGE.name(), rate(Limit.REQUESTS_PER_SECOND, 3, 3))));
        stored();
        stored();
        assertThat(refused().sentence()).startsWith("edge cluster-02-edge is over requests_per_second 3");
    }

    @Test
    void a_tenant_inherits_key_by_key_and_lifts_what_it_likes() {
        Policy defaults = rates(Map.of(Limit.REQUESTS_PER_SECOND, 1L, Limit.SAMPLES_PER_SECOND, 1L));
        Policy own = Policy.of(Map.of(Limit.SAMPLES_PER_SECOND, Policy.NO_LIMIT));
        rig.use(new Policies(
                new TenantPolicy(defaults, Policy.NONE, Map.of()),
                Map.of(Rig.EDGE.tenant(), new TenantPolicy(own, Policy.NONE, Map.of())),
                Policy.NO_LIMIT));
        stored();

        assertThat(refused().reason()).isEqualTo(Reason.REQUEST_RATE);
    }

    @Test
    void a_policy_may_allow_more_than_the_gateway_does_by_itself() {
        tenant(Policy.of(Map.of(Limit.MAX_PACKED, 2L << 20)));
        Write write = rig.begin(Rig.head((1L << 20) + 1));
        assertThat(rig.admitted).isTrue();
        write.gone();

        tenant(Policy.of(Map.of(Limit.MAX_PACKED, 10L)));
        Rejection refusal = refused();
        assertThat(refusal.reason()).isEqualTo(Reason.BODY_TOO_LARGE);
        assertThat(refusal.sentence()).contains("max_body.packed allows 10: set max_samples_per_send: ");
    }

    @Test
    void a_cap_that_a_policy_lifts_is_the_gateways_own() {
        for (Limit limit : new Limit[] {Limit.MAX_PACKED, Limit.MAX_UNPACKED, Limit.MAX_CONCURRENT_WRITES}) {
            tenant(Policy.of(Map.of(limit, Policy.NO_LIMIT)));
            stored();
        }
        tenant(Policy.of(Map.of(Limit.MAX_PACKED, Policy.NO_LIMIT, Limit.MAX_CONCURRENT_WRITES, Policy.NO_LIMIT)));
        rig.begin(Rig.head((1L << 20) + 1));
        assertThat(taken().sentence()).contains("max_body.packed allows 1048576");
        rig.write(TWO_SAMPLES);
        rig.write(TWO_SAMPLES);
        assertThat(refused().sentence()).contains("max_concurrent_writes allows 2");
        rig.answered(new Outcome.Stored());
        rig.answered(new Outcome.Stored());
    }

    @Test
    void series_samples_and_floats_of_a_write_have_caps() {
        for (Limit limit : new Limit[] {Limit.MAX_SERIES_PER_WRITE, Limit.MAX_SAMPLES_PER_WRITE, Limit.SAMPLES_LIMIT}) {
            tenant(Policy.of(Map.of(limit, 2L)));
            stored();
            tenant(Policy.of(Map.of(limit, 1L)));
            Rejection refusal = refused();
            assertThat(refusal.status()).isEqualTo(413);
            assertThat(refusal.sentence()).contains("has 2 s", limit.key() + " allows 1: set max_samples_per_send: 1 ");
        }
    }

    @Test
    void writes_and_connections_at_once_have_caps_of_the_edge() {
        tenant(Policy.of(Map.of(Limit.MAX_CONCURRENT_WRITES, 1L)));
        rig.write(TWO_SAMPLES);
        assertThat(refused().sentence())
                .startsWith("edge cluster-02-edge has 1 writes in flight, max_concurrent_writes allows 1");
        rig.answered(new Outcome.Stored());
        rig.answers.clear();

        rig.connection = WriteClient.Connection.LIMIT_REACHED;
        assertThat(refused().sentence()).contains("connections open, max_connections allows 10");
    }

    @Test
    void all_edges_together_may_have_a_cap() {
        rig.use(new Policies(TenantPolicy.NONE, Map.of(), 1));
        rig.write(TWO_SAMPLES);

        assertThat(refused().sentence()).contains("max_concurrency");

        rig.answered(new Outcome.Stored());
    }

    @Test
    void a_rate_may_say_drop_and_a_sender_may_need_another_status_for_delay() {
        Policy drop = new Policy(
                Map.of(Limit.REQUESTS_PER_SECOND, 1L),
                Map.of(Limit.REQUESTS_PER_SECOND, 1L),
                Map.of(Limit.REQUESTS_PER_SECOND, OnLimit.DROP),
                null,
                null,
                null);
        tenant(drop);
        stored();
        assertThat(refused().status()).isEqualTo(429);

        tenant(new Policy(
                Map.of(Limit.SAMPLES_PER_SECOND, 2L), Map.of(Limit.SAMPLES_PER_SECOND, 2L), Map.of(), null, 429, null));
        stored();
        assertThat(refused().status()).isEqualTo(429);
        rig.now += 10 * SECOND;
        rig.write(TWO_SAMPLES);
        rig.answered(new Outcome.Unavailable("gone"));
        assertThat(taken().status()).isEqualTo(429);
        rig.ring = false;
        assertThat(refused().status()).isEqualTo(403);
    }

    @Test
    void who_only_observes_refuses_nothing_counts_the_first_reason_and_keeps_to_the_gateways_own_caps() {
        Policy observing = new Policy(
                Map.of(
                        Limit.REQUESTS_PER_SECOND, 1L,
                        Limit.SAMPLES_PER_SECOND, 1L,
                        Limit.MAX_SERIES_PER_WRITE, 1L,
                        Limit.MAX_PACKED, 1L),
                Map.of(Limit.REQUESTS_PER_SECOND, 1L, Limit.SAMPLES_PER_SECOND, 1L),
                Map.of(),
                true,
                null,
                null);
        tenant(observing);

        stored();
        stored();

        assertThat(rig.metrics.get("ringgate_observed_writes_total{tenant=team-blue=reason=body_too_large}"))
                .isEqualTo(2);
        tenant(rate(Limit.REQUESTS_PER_SECOND, 1, 1));
        stored();
        tenant(observing);
        Write write = rig.begin(Rig.head((1L << 20) + 1));
        assertThat(taken().sentence()).contains("max_body.packed allows 1048576");
        write.gone();
    }

    @Test
    void a_series_over_its_limits_is_refused_alone_and_counts_no_sample() {
        tenant(new Policy(
                Map.of(Limit.MAX_LABEL_VALUE_LENGTH, 3L, Limit.SAMPLES_PER_SECOND, 1L),
                Map.of(Limit.SAMPLES_PER_SECOND, 1L),
                Map.of(),
                null,
                null,
                null));

        rig.write(TWO_SAMPLES);
        rig.answered(new Outcome.Stored());

        assertThat(taken().sentence()).startsWith("1 of 2 series refused, the others stored: series 2");
    }

    @Test
    void samples_have_an_age_by_the_wall_clock() {
        tenant(Policy.of(Map.of(Limit.MAX_SAMPLE_AGE, 1000L, Limit.MAX_SAMPLE_FUTURE, 1000L)));
        stored();

        rig.wallMillis += 1001;
        assertThat(refused().sentence()).startsWith("2 of 2 series refused, nothing stored");
        rig.wallMillis -= 2002;
        assertThat(refused().sentence()).startsWith("2 of 2 series refused, nothing stored");
    }

    private void tenant(Policy policy) {
        use(new TenantPolicy(policy, Policy.NONE, Map.of()));
    }

    private void use(TenantPolicy policy) {
        rig.use(new Policies(TenantPolicy.NONE, Map.of(Rig.EDGE.tenant(), policy), Policy.NO_LIMIT));
    }

    private static Policy rate(Limit limit, long perSecond, long burst) {
        return new Policy(Map.of(limit, perSecond), Map.of(limit, burst), Map.of(), null, null, null);
    }

    /** Each with a burst of a second. */
    private static Policy rates(Map<Limit, Long> each) {
        return new Policy(each, new EnumMap<>(each), Map.of(), null, null, null);
    }

    private void stored() {
        rig.write(TWO_SAMPLES);
        rig.answered(new Outcome.Stored());
        assertThat(rig.answer()).isEqualTo(new Answer.Stored());
        rig.answers.clear();
        rig.admitted = false;
    }

    private Rejection refused() {
        rig.admitted = false;
        rig.write(TWO_SAMPLES);
        return taken();
    }

    /** The refusal that was the answer, which makes room for the next. */
    private Rejection taken() {
        assertThat(rig.answer()).isInstanceOf(Answer.Refused.class);
        Rejection refusal = ((Answer.Refused) rig.answers.removeFirst()).rejection();
        assertThat(rig.answers).isEmpty();
        return refusal;
    }
}
