package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.IntSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private static final long SECOND = 1_000_000_000L;

    /** More than the widest jitter keeps apart. */
    private static final int MANY = 1_000;

    private final SplittableRandom random = new SplittableRandom(1);

    /** What the last of so many refused senders is told, often. */
    private IntSummaryStatistics seconds(int senders, long waitNanos, int attempt) {
        return IntStream.range(0, 500)
                .map(i -> {
                    RetryAfter retryAfter = new RetryAfter();
                    IntStream.range(1, senders).forEach(j -> retryAfter.seconds(2 * SECOND, 0, random, 0));
                    return retryAfter.seconds(waitNanos, attempt, random, 0);
                })
                .summaryStatistics();
    }

    @Test
    void a_few_come_again_after_a_second_however_often_they_tried() {
        for (int senders = 1; senders <= 10; senders++) {
            assertThat(seconds(senders, 0, 0).getMax()).isEqualTo(1);
            assertThat(seconds(senders, 0, 9).getMax()).isEqualTo(1);
            assertThat(seconds(senders, 10 * SECOND, 9).getMax()).isEqualTo(10);
        }
    }

    @Test
    void the_more_are_away_the_wider_they_are_spread() {
        assertThat(seconds(11, 0, 0).getMax()).isEqualTo(2);
        assertThat(seconds(30, 0, 0).getMax()).isEqualTo(3);
        assertThat(seconds(64, 0, 3).getMax()).isEqualTo(7);
    }

    @Test
    void without_a_wait_a_few_seconds() {
        assertThat(seconds(MANY, 0, 0).getMin()).isEqualTo(1);
        assertThat(seconds(MANY, 0, 0).getMax()).isEqualTo(4);
    }

    @Test
    void never_before_the_wait_is_over() {
        assertThat(seconds(1, 1, 0).getMin()).isEqualTo(1);
        assertThat(seconds(1, SECOND, 0).getMin()).isEqualTo(1);
        assertThat(seconds(1, SECOND + 1, 0).getMin()).isEqualTo(2);
        assertThat(seconds(MANY, Long.MAX_VALUE, 9).getMin()).isPositive();
    }

    @Test
    void behind_a_wait_the_jitter_stays_small() {
        assertThat(seconds(MANY, 10 * SECOND, 0).getMax()).isEqualTo(13);
        assertThat(seconds(MANY, 10 * SECOND, 9).getMax()).isEqualTo(17);
    }

    @Test
    void wider_with_each_attempt_up_to_half_a_minute() {
        int before = 0;
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThat(seconds(MANY, 0, attempt).getMax()).isGreaterThan(before);
            before = seconds(MANY, 0, attempt).getMax();
        }
        assertThat(seconds(MANY, 0, Integer.MAX_VALUE).getMax())
                .isEqualTo(before)
                .isLessThan(30);
        assertThat(seconds(MANY, 0, Integer.MIN_VALUE).getMax()).isEqualTo(4);
    }

    @Test
    void who_was_told_to_be_back_by_now_is_away_no_more() {
        RetryAfter retryAfter = new RetryAfter();
        long now = -7 * SECOND + 1;
        retryAfter.seconds(0, 0, random, now);
        retryAfter.seconds(3 * SECOND, 0, random, now);
        retryAfter.seconds(1_000 * SECOND, 0, random, now);

        assertThat(retryAfter.away(now)).isEqualTo(3);
        assertThat(retryAfter.away(now + SECOND)).isEqualTo(2);
        assertThat(retryAfter.away(now + 2 * SECOND)).isEqualTo(2);
        assertThat(retryAfter.away(now + 3 * SECOND)).isEqualTo(1);
        assertThat(retryAfter.away(now + 200 * SECOND)).isZero();
        assertThat(retryAfter.away(Long.MAX_VALUE)).isZero();
    }
}
