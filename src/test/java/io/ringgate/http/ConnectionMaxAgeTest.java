package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConnectionMaxAgeTest {

    private static final Duration AFTER = Duration.ofSeconds(100);
    private static final long SECOND = 1_000_000_000L;

    @Test
    void is_drawn_a_fifth_around_the_configured_age_and_spread_over_it() {
        long seed = 4;
        SplittableRandom random = new SplittableRandom(seed);
        int early = 0;
        for (int i = 0; i < 1_000; i++) {
            ConnectionMaxAge retirement = ConnectionMaxAge.draw(AFTER, 7, random);
            assertThat(retirement.due(7 + 80 * SECOND - 1)).as("seed %d", seed).isFalse();
            assertThat(retirement.due(7 + 120 * SECOND)).as("seed %d", seed).isTrue();
            early += retirement.due(7 + 100 * SECOND) ? 1 : 0;
        }
        assertThat(early).as("seed %d", seed).isBetween(400, 600);
    }

    @Test
    void zero_is_never() {
        assertThat(ConnectionMaxAge.draw(Duration.ZERO, 0, new SplittableRandom(1))
                        .due(Long.MAX_VALUE))
                .isFalse();
    }
}
