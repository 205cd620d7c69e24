package io.ringgate.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void waits_double_up_to_the_longest_give_or_take_a_fifth() {
        long seed = 4;
        SplittableRandom random = new SplittableRandom(seed);
        Backoff backoff = new Backoff(1_000, 30_000);
        long[] middle = {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
        for (int round = 0; round < 1_000; round++) {
            for (int before = 0; before < middle.length; before++) {
                assertThat(backoff.nanos(before, random))
                        .as("seed %d, wait %d", seed, before)
                        .isBetween(middle[before] * 4 / 5, middle[before] * 6 / 5);
            }
            assertThat(backoff.nanos(1_000_000, random)).isBetween(24_000L, 36_000L);
        }
    }
}
