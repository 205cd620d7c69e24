package io.ringgate.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void none_recorded_is_zero() {
        assertThat(latencies.millisWithin(0.99)).isZero();
        assertThat(latencies.maxMillis()).isZero();
    }

    @Test
    void quantiles_are_within_two_percent_of_the_exact_ones() {
        long seed = 42;
        long[] all = new SplittableRandom(seed)
                .longs(10_000, 0, 40)
                .map(bits -> new SplittableRandom(bits * 31 + seed).nextLong(1L << bits, 2L << bits))
                .toArray();
        SplittableRandom spread = new SplittableRandom(seed);
        for (int i = 0; i < all.length; i++) {
            all[i] += spread.nextLong(all[i]);
        }

        Arrays.stream(all).forEach(latencies::record);

        Arrays.sort(all);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
            double exact = (double) all[(int) Math.ceil(share * all.length) - 1] / 1e6;
            assertThat(latencies.millisWithin(share))
                    .as("seed %d, share %s", seed, share)
                    .isCloseTo(exact, Percentage.withPercentage(2));
        }
    }

    @Test
    void the_whole_is_the_exact_maximum() {
        latencies.record(5);
        latencies.record(123_456_789);

        assertThat(latencies.millisWithin(1)).isEqualTo(123.456789, within(1e-9));
        assertThat(latencies.maxMillis()).isEqualTo(123.456789, within(1e-9));
    }

    @Test
    void the_longest_duration_there_is_has_a_place() {
        latencies.record(Long.MAX_VALUE);

        assertThat(latencies.millisWithin(0.5)).isEqualTo((double) Long.MAX_VALUE / 1e6);
    }

    @Test
    void two_added_are_as_one() {
        Latencies other = new Latencies();
        latencies.record(1_000_000);
        other.record(9_000_000);

        latencies.add(other);

        assertThat(latencies.millisWithin(0.5)).isCloseTo(1, within(0.02));
        assertThat(latencies.maxMillis()).isEqualTo(9);
    }
}
