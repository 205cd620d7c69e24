package io.ringgate.auth.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.oauth2.Seats.Found;
import io.ringgate.edge.Network;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SeatsTest {

    private static final Network ONE = Objects.requireNonNull(Network.parse("192.0.2.1"));

    private long now = 1;
    private final Seats seats = new Seats(16, () -> now);

    private static Network other(int i) {
        return Objects.requireNonNull(Network.parse("198.51.100." + i));
    }

    @Test
    void one_source_gets_a_quarter() {
        for (int i = 0; i < 4; i++) {
            assertThat(seats.take(ONE)).isEqualTo(Found.FREE);
        }

        assertThat(seats.take(ONE)).isEqualTo(Found.ALL_TAKEN);
        assertThat(seats.take(other(1))).isEqualTo(Found.FREE);
        seats.giveBack(ONE, false);
        assertThat(seats.take(ONE)).isEqualTo(Found.FREE);
    }

    @Test
    void all_together_get_no_more_than_there_are() {
        for (int i = 0; i < 16; i++) {
            assertThat(seats.take(other(i))).isEqualTo(Found.FREE);
        }

        assertThat(seats.take(ONE)).isEqualTo(Found.ALL_TAKEN);
    }

    @Test
    void even_the_smallest_provider_has_a_seat_for_everybody() {
        assertThat(new Seats(1, () -> now).take(ONE)).isEqualTo(Found.FREE);
    }

    @Test
    void a_source_of_bad_tokens_is_held_back_and_others_are_not() {
        for (int i = 0; i < Seats.BAD_AT_ONCE; i++) {
            assertThat(seats.take(ONE)).isEqualTo(Found.FREE);
            seats.giveBack(ONE, true);
        }

        assertThat(seats.take(ONE)).isEqualTo(Found.HELD_BACK);
        assertThat(seats.take(other(1))).isEqualTo(Found.FREE);
        now += Seats.ONE_MORE_NANOS;
        assertThat(seats.take(ONE)).isEqualTo(Found.FREE);
        assertThat(seats.take(ONE)).isEqualTo(Found.HELD_BACK);
    }

    @Test
    void good_tokens_cost_nothing() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(seats.take(ONE)).isEqualTo(Found.FREE);
            seats.giveBack(ONE, false);
        }
    }
}
