package io.ringgate.http.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import org.junit.jupiter.api.Test;

class PerSourceLogLimiterTest {

    private static final long MINUTE = 60_000_000_000L;

    private final PerSourceLogLimiter log = new PerSourceLogLimiter();

    private static Network source(long number) {
        return new Address(false, 0, number).source();
    }

    @Test
    void speaks_once_a_minute_and_counts_what_it_left_out() {
        assertThat(log.suppressed(source(1), 0)).isZero();
        assertThat(log.suppressed(source(1), 1)).isEqualTo(PerSourceLogLimiter.SUPPRESS);
        assertThat(log.suppressed(source(1), MINUTE - 1)).isEqualTo(PerSourceLogLimiter.SUPPRESS);
        assertThat(log.suppressed(source(1), MINUTE)).isEqualTo(2);
        assertThat(log.suppressed(source(1), 2 * MINUTE)).isZero();
    }

    @Test
    void one_source_does_not_silence_another() {
        log.suppressed(source(1), 0);

        assertThat(log.suppressed(source(2), 0)).isZero();
    }

    @Test
    void remembers_no_more_than_it_may_and_says_the_rest_later() {
        for (int i = 0; i < PerSourceLogLimiter.MAX_SOURCES; i++) {
            log.suppressed(source(i), 0);
        }

        assertThat(log.suppressed(source(5_000), 1)).isEqualTo(PerSourceLogLimiter.SUPPRESS);
        assertThat(log.size()).isEqualTo(PerSourceLogLimiter.MAX_SOURCES);
        assertThat(log.suppressed(source(5_000), MINUTE)).isEqualTo(1);
        assertThat(log.size()).isEqualTo(1);
    }
}
