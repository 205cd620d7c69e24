package io.ringgate.forward.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.CountedMetrics;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.discovery.NameLookup;
import io.ringgate.forward.discovery.Receivers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AttemptPolicyTest {

    private final CountedMetrics metrics = new CountedMetrics();
    private final SplittableRandom random = new SplittableRandom(3);
    private final AttemptPolicy policy = new AttemptPolicy(1_200, metrics, () -> 0);

    private List<Receiver> receivers(int count) {
        List<ReceiverAddress> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(new ReceiverAddress("10.0.0." + (i + 1), 19291));
        }
        try (Receivers receivers = Receivers.of(list, NameLookup.system(), metrics)) {
            return receivers.current();
        }
    }

    private static long ejected(List<Receiver> group) {
        return group.stream().filter(r -> r.health().isEjected()).count();
    }

    @Test
    void a_third_may_be_ejected_or_one_but_never_the_last() {
        for (int count = 1; count <= 12; count++) {
            List<Receiver> group = receivers(count);

            group.forEach(r -> policy.ejector().eject(r, group, AttemptSignal.LATE, random));

            long most = count == 1 ? 0 : Math.max(1, count / 3);
            assertThat(ejected(group)).as("of %d", count).isEqualTo(most);
        }
    }

    @Test
    void who_comes_back_makes_room_for_another() {
        List<Receiver> group = receivers(3);
        policy.ejector().eject(group.get(0), group, AttemptSignal.UNREACHABLE, random);
        policy.ejector().eject(group.get(1), group, AttemptSignal.LATE, random);
        group.get(0).health().connected(0);
        assertThat(ejected(group)).as("it was reachable all the time").isEqualTo(1);

        group.get(0).health().unreached("refused", random, 0);
        group.get(0).health().connected(0);
        policy.ejector().eject(group.get(1), group, AttemptSignal.LATE, random);

        assertThat(group.get(0).health().isEjected()).isFalse();
        assertThat(group.get(1).health().isEjected()).isTrue();
    }

    @Test
    void an_ejection_is_counted_once_by_its_cause_and_shown() {
        List<Receiver> group = receivers(2);

        policy.ejector().eject(group.get(1), group, AttemptSignal.SERVER_ERROR, random);
        policy.ejector().eject(group.get(1), group, AttemptSignal.SERVER_ERROR, random);

        assertThat(metrics.count("ringgate_receiver_ejections_total 10.0.0.2:19291 server_error"))
                .isEqualTo(1);
        assertThat(metrics.gauge("ringgate_receiver_ejected 10.0.0.2:19291")).isEqualTo(1);
        assertThat(metrics.gauge("ringgate_receiver_ejected 10.0.0.1:19291")).isEqualTo(0);
    }

    @Test
    void the_memory_of_writes_is_shared_by_the_receivers_in_use() {
        List<Receiver> group = receivers(3);
        assertThat(policy.share(group)).isEqualTo(400);

        policy.ejector().eject(group.get(0), group, AttemptSignal.LATE, random);

        assertThat(policy.share(group)).isEqualTo(600);
        assertThat(policy.share(List.of())).isEqualTo(1_200);
    }

    @Test
    void when_no_receiver_is_in_use_none_has_all_the_memory() {
        List<Receiver> group = receivers(3);
        group.forEach(r -> r.health().eject(AttemptSignal.LATE, random, 0));

        assertThat(policy.share(group)).isEqualTo(400);
    }

    @Test
    void retries_are_counted_and_so_are_those_that_were_not_made() {
        for (int i = 0; i < 10; i++) {
            policy.grantRetry(0);
        }

        assertThat(metrics.count("ringgate_receiver_retries_total")).isEqualTo(3);
        assertThat(metrics.count("ringgate_receiver_retries_denied_total")).isEqualTo(7);
    }
}
