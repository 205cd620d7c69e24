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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes of which a receiver would make much more than they are: what holds without a policy, with one, and observed. */
class DecodedWriteTest {

    private final Rig rig = new Rig(64 << 20);

    @AfterEach
    void everything_is_given_back() {
        rig.nothingIsHeld();
    }

    @Test
    void exemplars_metadata_and_what_a_receiver_decodes_have_caps_without_a_policy() {
        byte[] exemplar = {0x1a, 2, 0x18, 1};
        byte[] metadata = {0x1a, 2, 8, 1};
        Proto up = Proto.gauge("__name__", "up");
        byte[] exemplars = Proto.write(
                        Stream.generate(() -> Proto.gauge("__name__", "up").raw(many(exemplar, 100)))
                                .limit(201)
                                .toArray(Proto[]::new))
                .packed();
        byte[] entries = Proto.write(up).raw(many(metadata, 20_001)).packed();
        byte[] decoded = Proto.write(Proto.gauge("__name__", "up").raw(many(new byte[] {0x22, 0}, 560_000)))
                .packed();

        assertThat(refused(exemplars).sentence())
                .isEqualTo("this write has 20100 exemplars, max_exemplars_per_write allows 20000:"
                        + " set max_samples_per_send: 20000 in the sender's queue_config");
        assertThat(refused(entries).reason()).isEqualTo(Reason.TOO_MANY_METADATA);
        Rejection tooLarge = refused(decoded);
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.sentence())
                .startsWith("the decoded size (in a receiver) of this write is ")
                .contains(" bytes, max_decoded allows 268435456: set max_samples_per_send: ");

        tenant(Policy.of(Map.of(
                Limit.MAX_EXEMPLARS_PER_WRITE,
                Policy.NO_LIMIT,
                Limit.MAX_METADATA_PER_WRITE,
                20_001L,
                Limit.MAX_DECODED,
                Policy.NO_LIMIT)));
        stored(exemplars);
        stored(entries);
        stored(decoded);
    }

    @Test
    void defaults_are_enforced_also_where_the_policy_observes_unless_it_allows_more() {
        byte[] exemplar = {0x1a, 2, 0x18, 1};
        byte[] many = Proto.write(Proto.gauge("__name__", "up").raw(many(exemplar, 101)))
                .packed();
        byte[] few = Proto.write(Proto.gauge("__name__", "up").raw(many(exemplar, 100)))
                .packed();
        for (Long tight : new Long[] {null, 5L, 100L}) {
            tenant(observing(tight == null ? Map.of() : Map.of(Limit.MAX_EXEMPLARS_PER_SERIES, tight)));
            stored(few);
            assertThat(refused(many).sentence()).contains("101 exemplars, max_exemplars_per_series allows 100");
        }
        for (long wide : new long[] {101, Policy.NO_LIMIT}) {
            tenant(observing(Map.of(Limit.MAX_EXEMPLARS_PER_SERIES, wide)));
            stored(many);
        }
    }

    @Test
    void one_empty_metadata_entry_refuses_the_write() {
        byte[] entry = Proto.write(Proto.gauge("__name__", "up"))
                .message(3, new Proto().string(2, "up"))
                .message(3, new Proto().string(2, ""))
                .packed();

        assertThat(refused(entry))
                .isEqualTo(new Rejection.Plain(
                        Reason.MALFORMED,
                        "1 of 2 metadata entries of this write are empty:"
                                + " set send: false in the sender's metadata_config until it is fixed"));
        tenant(observing(Map.of()));
        assertThat(refused(entry).reason()).isEqualTo(Reason.MALFORMED);
    }

    private static Policy observing(Map<Limit, Long> most) {
        return new Policy(most, Map.of(), Map.of(), true, null, null);
    }

    private static byte[] many(byte[] piece, int count) {
        byte[] bytes = new byte[piece.length * count];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = piece[i % piece.length];
        }
        return bytes;
    }

    private void tenant(Policy policy) {
        rig.use(new Policies(
                TenantPolicy.NONE,
                Map.of(Rig.EDGE.tenant(), new TenantPolicy(policy, Policy.NONE, Map.of())),
                Policy.NO_LIMIT));
    }

    private void stored(byte[] body) {
        rig.write(body);
        rig.answered(new Outcome.Stored());
        assertThat(rig.answer()).isEqualTo(new Answer.Stored());
        rig.answers.clear();
    }

    private Rejection refused(byte[] body) {
        rig.write(body);
        assertThat(rig.answer()).isInstanceOf(Answer.Refused.class);
        Rejection refusal = ((Answer.Refused) rig.answers.removeFirst()).rejection();
        assertThat(rig.answers).isEmpty();
        return refusal;
    }
}
