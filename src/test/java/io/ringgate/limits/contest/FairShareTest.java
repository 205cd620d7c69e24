package io.ringgate.limits.contest;

import static io.ringgate.limits.contest.Contender.Manners.BACKS_OFF;
import static io.ringgate.limits.contest.Contender.Manners.HAMMERS;
import static io.ringgate.limits.contest.Contender.Manners.HONOURS;
import static io.ringgate.limits.contest.Contender.endless;
import static io.ringgate.limits.contest.Contender.steady;
import static io.ringgate.reject.Limit.BYTES_PER_SECOND;
import static io.ringgate.reject.Limit.REQUESTS_PER_SECOND;
import static io.ringgate.reject.Limit.SAMPLES_PER_SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.limits.Rate;
import io.ringgate.limits.contest.Contender.Manners;
import io.ringgate.reject.Limit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each edge of a tenant gets at least four fifths of its weighted max-min share in every minute, whatever the size of its
 * writes, its shards and its manners. What is stated here stands in docs/operations/limits.md too.
 */
class FairShareTest {

    private static final double LEAST = 0.8;
    private static final List<Manners> MANNERS = List.of(HONOURS, BACKS_OFF, HAMMERS);
    private static final int SECONDS = 140;
    private static final long RATE = 50_000;
    private static final int LARGEST = 5_000;

    private static void isFair(double burstSeconds, List<Contender> contenders, long seed) {
        Rate rate = new Rate(RATE, (long) (RATE * burstSeconds));
        Contest contest = new Contest(Map.of(SAMPLES_PER_SECOND, rate), contenders, seed, SECONDS).run();

        double wanted = contenders.stream().mapToDouble(Contender::demand).sum();
        assertThat(contest.worst(RATE))
                .as("seed %d, burst of %s s, %s", seed, burstSeconds, contenders)
                .isGreaterThanOrEqualTo(LEAST);
        assertThat(contest.total())
                .as("seed %d, nothing is left unused", seed)
                .isGreaterThan(0.95 * Math.min(RATE, wanted));
        assertThat(contest.mostBeyond(RATE))
                .as("seed %d, one burst and one write", seed)
                .isLessThanOrEqualTo(rate.burst() + LARGEST + RATE);
    }

    private static Stream<Contender> times(int count, Contender contender) {
        return Collections.nCopies(count, contender).stream();
    }

    @ParameterizedTest
    @EnumSource
    void fifty_shards_of_large_batches_beside_small_ones(Manners ofSmall) {
        for (Manners ofLarge : MANNERS) {
            isFair(10, List.of(endless(50, 2_000, ofLarge), endless(10, 500, ofSmall)), 0);
            isFair(1, List.of(endless(50, 2_000, ofLarge), endless(50, 500, ofSmall)), 1);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 10})
    void ten_edges_of_which_none_is_like_another(double burstSeconds) {
        isFair(
                burstSeconds,
                IntStream.range(0, 10)
                        .mapToObj(i -> endless(1 + 5 * i, 200 + 300 * i, MANNERS.get(i % 3)))
                        .toList(),
                0);
    }

    @Test
    void who_weighs_more_gets_more() {
        isFair(
                10,
                List.of(
                        endless(50, 2_000, HONOURS).weighing(300),
                        endless(10, 500, HAMMERS),
                        endless(20, 1_000, BACKS_OFF).weighing(50)),
                0);
    }

    @ParameterizedTest
    @EnumSource
    void a_greedy_edge_gets_what_many_steady_ones_leave_and_they_feel_nothing(Manners manners) {
        Contender greedy = endless(50, 2_000, manners);
        isFair(
                10,
                Stream.concat(times(99, steady(450, 4, 500, HONOURS)), Stream.of(greedy))
                        .toList(),
                0);
        isFair(
                3,
                Stream.concat(times(30, steady(800, 2, 500, HONOURS)), Stream.of(greedy))
                        .toList(),
                1);
    }

    @Test
    void one_small_shard_beside_one_that_hammers() {
        isFair(3, List.of(endless(50, 2_000, HAMMERS), endless(1, 100, HONOURS), endless(1, 2_000, HONOURS)), 0);
    }

    /** Each can have one write in two seconds: so that who sleeps for two of them must have kept its turn. */
    @Test
    void many_edges_whose_share_is_far_smaller_than_a_write() {
        isFair(
                10,
                Stream.concat(times(25, endless(4, 2_000, HAMMERS)), times(25, endless(4, 2_000, HONOURS)))
                        .toList(),
                0);
    }

    @Test
    void any_mix() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Contender> contenders = new ArrayList<>();
            for (int i = 2 + random.nextInt(10); i > 0; i--) {
                int smallest = 50 + random.nextInt(2_000);
                contenders.add(new Contender(
                        50 + random.nextInt(200),
                        1 + random.nextInt(50),
                        smallest,
                        smallest + random.nextInt(LARGEST - smallest),
                        random.nextInt(3) == 0 ? 500 + random.nextInt(10_000) : Contender.ENDLESS,
                        MANNERS.get(random.nextInt(3))));
            }
            isFair(10, contenders, seed);
        }
    }

    /** What is read and refused keeps its request: with few requests that must not cost the samples. */
    @Test
    void requests_that_stay_spent_leave_nine_tenths_of_the_sample_rate() {
        for (long samples : new long[] {50_000, 150_000, 200_000}) {
            for (Manners manners : MANNERS) {
                Map<Limit, Rate> rates = Map.of(
                        REQUESTS_PER_SECOND, new Rate(100, 1_000),
                        SAMPLES_PER_SECOND, new Rate(samples, 10 * samples),
                        BYTES_PER_SECOND, new Rate(200_000 * Contest.BYTES, 2_000_000 * Contest.BYTES));
                List<Contender> contenders = List.of(
                        endless(50, 2_000, manners), endless(50, 2_000, HONOURS), endless(50, 2_000, BACKS_OFF));
                Contest contest = new Contest(rates, contenders, 0, SECONDS).run();

                assertThat(contest.total()).as("%d, %s", samples, manners).isGreaterThan(0.9 * samples);
            }
        }
    }
}
