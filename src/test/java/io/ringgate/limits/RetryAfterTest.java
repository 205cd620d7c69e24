package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.IntSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private static final long SECOND = 1_000_000_000L;

    private static IntSummaryStatistics seconds(long waitNanos, int attempt) {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, 2_000)
                .map(i -> RetryAfter.seconds(waitNanos, attempt, random))
                .summaryStatistics();
    }

    @Test
    void without_a_wait_a_few_seconds() {
        assertThat(seconds(0, 0).getMin()).isEqualTo(1);
        assertThat(seconds(0, 0).getMax()).isEqualTo(4);
    }

    @Test
    void never_before_the_wait_is_over() {
        assertThat(seconds(1, 0).getMin()).isEqualTo(1);
        assertThat(seconds(SECOND, 0).getMin()).isEqualTo(1);
        assertThat(seconds(SECOND + 1, 0).getMin()).isEqualTo(2);
        assertThat(seconds(Long.MAX_VALUE, 9).getMin()).isPositive();
    }

    @Test
    void behind_a_wait_the_jitter_stays_small() {
        assertThat(seconds(10 * SECOND, 0).getMax()).isEqualTo(13);
        assertThat(seconds(10 * SECOND, 9).getMax()).isEqualTo(17);
    }

    @Test
    void wider_with_each_attempt_up_to_half_a_minute() {
        int before = 0;
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThat(seconds(0, attempt).getMax()).isGreaterThan(before);
            before = seconds(0, attempt).getMax();
        }
        assertThat(seconds(0, Integer.MAX_VALUE).getMax()).isEqualTo(before).isLessThan(30);
        assertThat(seconds(0, Integer.MIN_VALUE).getMax()).isEqualTo(4);
    }
}
