package io.ringgate.http.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Network;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HandshakeRateTest {

    private static final long SECOND = 1_000_000_000L;

    private final HandshakeRate rate = new HandshakeRate(2, 0);

    private static Network source(int number) {
        return Objects.requireNonNull(
                Network.parse("10." + number / 65536 + "." + number / 256 % 256 + "." + number % 256));
    }

    private int admitted(int source, int asked, long now) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += rate.admits(source(source), false, now) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void a_source_has_its_burst_and_then_its_rate() {
        assertThat(admitted(1, 1_000, 0)).isEqualTo(500);
        assertThat(admitted(1, 1_000, SECOND)).isEqualTo(20);
        assertThat(admitted(1, 1_000, 3 * SECOND)).isEqualTo(40);
        assertThat(admitted(1, 1_000, 1_000 * SECOND)).isEqualTo(500);
    }

    @Test
    void one_source_takes_nothing_from_another() {
        admitted(1, 1_000, 0);

        assertThat(admitted(2, 300, 0)).isEqualTo(300);
    }

    @Test
    void all_together_have_a_rate_for_each_processor() {
        int admitted = 0;
        for (int source = 0; source < 100; source++) {
            admitted += admitted(source, 100, 0);
        }
        assertThat(admitted).isEqualTo(4_000);

        admitted = 0;
        for (int source = 100; source < 1_100; source++) {
            admitted += admitted(source, 1, SECOND);
        }
        assertThat(admitted).isEqualTo(500);
    }

    @Test
    void what_is_refused_costs_nothing_of_the_rate() {
        admitted(1, 100_000, 0);

        assertThat(admitted(1, 1, SECOND)).isEqualTo(1);
    }

    @Test
    void sources_are_remembered_while_they_lack_something_and_up_to_a_number() {
        for (int source = 0; source < HandshakeRate.MOST + 500; source++) {
            admitted(source, 1, 0);
        }
        assertThat(rate.sources()).isEqualTo(HandshakeRate.MOST);

        admitted(7, 1, 60 * SECOND);

        assertThat(rate.sources()).isEqualTo(1);
    }

    @Test
    void a_clock_that_goes_back_gives_nothing() {
        assertThat(admitted(1, 500, 10 * SECOND)).isEqualTo(500);
        assertThat(admitted(1, 10, 5 * SECOND)).isZero();
    }

    @Test
    void a_known_source_has_ten_times_as_many_and_takes_nothing_from_unknown_sources() {
        int admitted = 0;
        for (int i = 0; i < 20_000; i++) {
            admitted += rate.admits(source(1), true, 0) ? 1 : 0;
        }
        assertThat(admitted).isBetween(4_990, 5_000);

        for (int source = 2; source < 10; source++) {
            assertThat(admitted(source, 600, 0)).isEqualTo(500);
        }
    }
}
