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
            ConnectionMaxAge maxAge = ConnectionMaxAge.random(AFTER, 7, random);
            assertThat(maxAge.isReached(7 + 80 * SECOND - 1))
                    .as("seed %d", seed)
                    .isFalse();
            assertThat(maxAge.isReached(7 + 120 * SECOND)).as("seed %d", seed).isTrue();
            early += maxAge.isReached(7 + 100 * SECOND) ? 1 : 0;
        }
        assertThat(early).as("seed %d", seed).isBetween(400, 600);
    }

    @Test
    void zero_is_never() {
        assertThat(ConnectionMaxAge.random(Duration.ZERO, 0, new SplittableRandom(1))
                        .isReached(Long.MAX_VALUE))
                .isFalse();
    }
}
