package io.ringgate.forward.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.Readiness;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.discovery.NameLookup;
import io.ringgate.forward.discovery.Receivers;
import io.ringgate.metrics.Metrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadBalancerTest {

    private static final long SEED = 20_260_101;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final LoadBalancer choice = new LoadBalancer(random);

    private static List<Receiver> receivers(int count) {
        List<ReceiverAddress> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(new ReceiverAddress("10.0.0." + (i + 1), 19291));
        }
        try (Receivers receivers = Receivers.of(list, NameLookup.system(), Metrics.none())) {
            return receivers.current();
        }
    }

    private @Nullable Receiver choose(List<Receiver> from, @Nullable Receiver except) {
        return choice.choose(from, except, 1, Long.MAX_VALUE, 0);
    }

    private void notReached(Receiver receiver) {
        receiver.health().unreached("refused", random, 0);
    }

    private void eject(Receiver receiver) {
        receiver.health().eject(AttemptSignal.SERVER_ERROR, random, 0);
    }

    private Set<Receiver> chosen(List<Receiver> from) {
        Set<Receiver> seen = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            Receiver receiver = choose(from, null);
            assertThat(receiver).isNotNull();
            seen.add(receiver);
        }
        return seen;
    }

    @Test
    void nobody_is_there() {
        assertThat(choose(List.of(), null)).isNull();
    }

    @Test
    void idle_receivers_are_all_chosen() {
        List<Receiver> five = receivers(5);

        assertThat(chosen(five)).as("seed %d", SEED).hasSize(5);
    }

    @Test
    void of_two_the_one_with_fewer_bytes_is_chosen() {
        List<Receiver> two = receivers(2);
        two.get(0).begin(10, Long.MAX_VALUE);

        assertThat(chosen(two)).as("seed %d", SEED).containsExactly(two.get(1));
    }

    @Test
    void the_most_loaded_is_never_chosen() {
        List<Receiver> five = receivers(5);
        for (int i = 0; i < 5; i++) {
            five.get(i).begin(i, Long.MAX_VALUE);
        }

        assertThat(chosen(five)).as("seed %d", SEED).doesNotContain(five.get(4)).hasSize(4);
    }

    @Test
    void one_that_was_not_reached_ranks_behind_a_loaded_one() {
        List<Receiver> three = receivers(3);
        notReached(three.get(0));
        notReached(three.get(2));
        three.get(1).begin(1_000_000, Long.MAX_VALUE);

        assertThat(chosen(three)).as("seed %d", SEED).containsExactly(three.get(1));
    }

    @Test
    void when_none_was_reached_all_are_tried() {
        List<Receiver> three = receivers(3);
        three.forEach(this::notReached);

        assertThat(chosen(three)).as("seed %d", SEED).hasSize(3);
    }

    @Test
    void one_that_was_not_reached_ranks_behind_an_ejected_one() {
        List<Receiver> three = receivers(3);
        notReached(three.get(0));
        eject(three.get(1));
        eject(three.get(2));
        notReached(three.get(2));

        assertThat(chosen(three)).as("seed %d", SEED).containsExactly(three.get(1));
    }

    @Test
    void marks_that_change_while_it_is_choosing_leave_somebody_to_ask() {
        List<Receiver> two = receivers(2);
        LoadBalancer interrupted = new LoadBalancer(() -> {
            two.forEach(this::notReached);
            return 1;
        });

        assertThat(interrupted.choose(two, null, 1, Long.MAX_VALUE, 0)).isNotNull();
    }

    @Test
    void when_all_are_ejected_all_are_used() {
        List<Receiver> three = receivers(3);
        three.forEach(this::eject);

        assertThat(chosen(three)).as("seed %d", SEED).hasSize(3);
    }

    @Test
    void one_that_says_it_is_not_ready_loses_the_draw_whatever_the_load() {
        List<Receiver> two = receivers(2);
        two.get(0).health().setReadiness(Readiness.NOT_READY, 0);
        two.get(1).begin(1_000_000, Long.MAX_VALUE);

        assertThat(chosen(two)).as("seed %d", SEED).containsExactly(two.get(1));
    }

    @Test
    void when_all_say_they_are_not_ready_load_decides() {
        List<Receiver> two = receivers(2);
        two.forEach(r -> r.health().setReadiness(Readiness.NOT_READY, 0));
        two.get(1).begin(1_000_000, Long.MAX_VALUE);

        assertThat(chosen(two)).as("seed %d", SEED).containsExactly(two.get(0));
    }

    @Test
    void one_that_holds_its_share_is_not_chosen_even_when_all_others_are_ejected() {
        List<Receiver> two = receivers(2);
        two.get(0).begin(60, 100);
        eject(two.get(1));

        assertThat(choice.choose(two, null, 50, 100, 0)).isSameAs(two.get(1));
        assertThat(choice.choose(two, two.get(1), 50, 100, 0)).isNull();
        assertThat(choice.choose(two, two.get(1), 40, 100, 0)).isSameAs(two.get(0));
    }

    @Test
    void an_idle_one_takes_a_write_larger_than_its_share() {
        assertThat(choice.choose(receivers(1), null, 500, 100, 0)).isNotNull();
    }

    @Test
    void the_excluded_one_is_never_chosen() {
        for (int round = 0; round < 2_000; round++) {
            int count = 1 + random.nextInt(6);
            List<Receiver> some = receivers(count);
            for (Receiver receiver : some) {
                receiver.begin(random.nextInt(100), Long.MAX_VALUE);
                if (random.nextBoolean()) {
                    notReached(receiver);
                }
            }
            Receiver except = some.get(random.nextInt(count));

            Receiver chosen = choose(some, except);

            assertThat(chosen).as("seed %d, round %d", SEED, round).isNotSameAs(except);
            assertThat(chosen == null).as("seed %d, round %d", SEED, round).isEqualTo(count == 1);
            boolean better =
                    some.stream().anyMatch(r -> r != except && !r.health().isUnreachable());
            assertThat(chosen != null && chosen.health().isUnreachable() && better)
                    .as("seed %d, round %d: a worse one", SEED, round)
                    .isFalse();
        }
    }
}
