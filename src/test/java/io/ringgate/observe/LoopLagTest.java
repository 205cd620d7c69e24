package io.ringgate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopLagTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final LoopLag lag = new LoopLag(0);

    private long ticks(long from, long to) {
        long at = from;
        while (at < to) {
            at += 100 * MILLI;
            lag.tick(at);
        }
        return at;
    }

    @Test
    void a_loop_that_comes_in_time_has_none() {
        long now = ticks(0, 90 * SECOND);

        assertThat(lag.longestSeconds(now)).isZero();
    }

    @Test
    void a_stall_that_goes_on_counts() {
        long now = ticks(0, 5 * SECOND);

        assertThat(lag.longestSeconds(now + 2100 * MILLI)).isEqualTo(2.0);
    }

    @Test
    void a_stall_that_is_over_is_told_for_half_a_minute_to_a_minute() {
        long now = ticks(0, 20 * SECOND);
        lag.tick(now + 1600 * MILLI);
        now = ticks(now + 1600 * MILLI, 50 * SECOND);
        assertThat(lag.longestSeconds(now)).isEqualTo(1.5);

        now = ticks(now, 85 * SECOND);

        assertThat(lag.longestSeconds(now)).isZero();
    }
}
