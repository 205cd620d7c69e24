package io.ringgate.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.metrics.Metrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static final long SEED = 20_260_101;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Choice choice = new Choice(random);

    private static List<Receiver> receivers(int count) {
        List<ReceiverAddress> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(new ReceiverAddress("10.0.0." + (i + 1), 19291));
        }
        try (Receivers receivers = Receivers.of(list, NameLookup.system(), Metrics.none())) {
            return receivers.current();
        }
    }

    private Set<Receiver> chosen(List<Receiver> from) {
        Set<Receiver> seen = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            Receiver receiver = choice.choose(from, null);
            assertThat(receiver).isNotNull();
            seen.add(receiver);
        }
        return seen;
    }

    @Test
    void nobody_is_there() {
        assertThat(choice.choose(List.of(), null)).isNull();
    }

    @Test
    void idle_receivers_are_all_chosen() {
        List<Receiver> five = receivers(5);

        assertThat(chosen(five)).as("seed %d", SEED).hasSize(5);
    }

    @Test
    void of_two_the_one_with_fewer_bytes_is_chosen() {
        List<Receiver> two = receivers(2);
        two.get(0).begin(10);

        assertThat(chosen(two)).as("seed %d", SEED).containsExactly(two.get(1));
    }

    @Test
    void the_most_loaded_is_never_chosen() {
        List<Receiver> five = receivers(5);
        for (int i = 0; i < 5; i++) {
            five.get(i).begin(i);
        }

        assertThat(chosen(five)).as("seed %d", SEED).doesNotContain(five.get(4)).hasSize(4);
    }

    @Test
    void one_that_was_not_reached_ranks_behind_a_loaded_one() {
        List<Receiver> three = receivers(3);
        three.get(0).unreached(0);
        three.get(2).unreached(0);
        three.get(1).begin(1_000_000);

        assertThat(chosen(three)).as("seed %d", SEED).containsExactly(three.get(1));
    }

    @Test
    void when_none_was_reached_all_are_tried() {
        List<Receiver> three = receivers(3);
        three.forEach(r -> r.unreached(0));

        assertThat(chosen(three)).as("seed %d", SEED).hasSize(3);
    }

    @Test
    void the_excluded_one_is_never_chosen() {
        for (int round = 0; round < 2_000; round++) {
            int count = 1 + random.nextInt(6);
            List<Receiver> some = receivers(count);
            for (Receiver receiver : some) {
                receiver.begin(random.nextInt(100));
                if (random.nextBoolean()) {
                    receiver.unreached(0);
                }
            }
            Receiver except = some.get(random.nextInt(count));

            Receiver chosen = choice.choose(some, except);

            assertThat(chosen).as("seed %d, round %d", SEED, round).isNotSameAs(except);
            assertThat(chosen == null).as("seed %d, round %d", SEED, round).isEqualTo(count == 1);
            boolean better = some.stream().anyMatch(r -> r != except && !r.lastRefused());
            assertThat(chosen != null && chosen.lastRefused() && better)
                    .as("seed %d, round %d: a worse one", SEED, round)
                    .isFalse();
        }
    }
}
