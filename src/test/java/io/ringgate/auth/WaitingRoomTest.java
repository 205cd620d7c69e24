package io.ringgate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.WaitingRoom.Waiting;
import io.ringgate.edge.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private static final int PLACES = 12;

    private final WaitingRoom room = new WaitingRoom(PLACES);
    private long now;

    private static Network source(int number) {
        return Objects.requireNonNull(Network.parse("10.0." + number / 256 + "." + number % 256));
    }

    /** Who has no place by this; empty for nobody. */
    private String enter(int source, String name) {
        Waiting leaves = room.enter(new Waiting(source(source), name, Proofs.of(true), now));
        return leaves == null ? "" : leaves.claimed();
    }

    private void enter(int source, int many) {
        for (int i = 0; i < many; i++) {
            enter(source, source + "." + i);
        }
    }

    private List<String> all() {
        List<String> names = new ArrayList<>();
        for (Waiting next = room.next(now); next != null; next = room.next(now)) {
            names.add(next.claimed());
        }
        return names;
    }

    @Test
    void one_source_has_half_of_the_places() {
        enter(1, PLACES / 2);

        assertThat(room.length()).isEqualTo(PLACES / 2);
        assertThat(enter(1, "more")).isEqualTo("more");
    }

    @Test
    void when_it_is_full_the_newest_of_the_source_with_most_leaves() {
        enter(1, 6);
        enter(2, 4);
        enter(3, 2);

        assertThat(enter(4, "fresh")).isEqualTo("1.5");
        assertThat(enter(2, "fresh")).as("4 and 5 would be no better").isEqualTo("fresh");
        assertThat(room.length()).isEqualTo(PLACES);
    }

    @Test
    void when_it_is_full_who_failed_more_leaves() {
        for (int i = 1; i <= PLACES; i++) {
            room.failed(source(i), now);
            enter(i, 1);
        }
        room.failed(source(7), now);

        assertThat(enter(100, "fresh")).isEqualTo("7.0");
        assertThat(enter(7, "again")).isEqualTo("again");
    }

    @Test
    void when_it_is_full_of_strangers_one_of_them_leaves_for_who_is_known() {
        room.proven(source(100));
        room.failed(source(100), now);
        for (int i = 1; i <= PLACES; i++) {
            enter(i, 1);
        }

        assertThat(enter(101, "stranger")).isEqualTo("stranger");
        assertThat(enter(100, "known")).endsWith(".0");
    }

    @Test
    void many_sources_never_fill_it_over_its_bound() {
        for (int i = 0; i < 100; i++) {
            enter(i, PLACES);
            assertThat(room.length()).isLessThanOrEqualTo(PLACES);
        }
    }

    @Test
    void the_turn_goes_round_the_sources() {
        enter(1, 3);
        enter(2, "b");
        enter(3, "c");

        assertThat(all().subList(0, 4)).containsExactlyInAnyOrder("1.0", "b", "c", "1.1");
    }

    @Test
    void every_second_turn_goes_to_who_failed_least() {
        for (int i = 0; i < 5; i++) {
            room.failed(source(1), now);
            room.failed(source(2), now);
        }
        enter(1, 3);
        enter(2, 3);
        enter(3, "fresh");

        assertThat(all().subList(0, 2)).contains("fresh");
    }

    @Test
    void who_failed_is_not_starved_by_who_did_not() {
        room.failed(source(1), now);
        enter(1, "failed");
        enter(2, 6);

        assertThat(all().indexOf("failed")).isLessThanOrEqualTo(2);
    }

    @Test
    void who_is_known_comes_before_strangers_even_when_he_failed() {
        room.failed(source(2), now);
        room.proven(source(2));
        enter(1, "stranger");
        enter(2, "known");

        assertThat(all()).containsExactly("known", "stranger");
    }

    @Test
    void failures_are_forgotten_after_ten_minutes() {
        room.failed(source(1), now);
        enter(1, "first");
        enter(2, "second");
        now = 600_000_000_000L;

        assertThat(all()).containsExactly("first", "second");
    }

    @Test
    void so_many_sources_are_remembered_and_those_that_wait_in_any_case() {
        enter(0, "waits");
        for (int i = 1; i < 2 * WaitingRoom.MOST_REMEMBERED; i++) {
            room.failed(source(i), now);
        }

        assertThat(room.remembered()).isEqualTo(WaitingRoom.MOST_REMEMBERED);
        for (int i = 1; i < 2 * WaitingRoom.MOST_REMEMBERED; i++) {
            room.proven(source(i));
        }
        assertThat(room.remembered()).isLessThanOrEqualTo(2 * WaitingRoom.MOST_REMEMBERED);
        assertThat(all()).containsExactly("waits");
    }
}
