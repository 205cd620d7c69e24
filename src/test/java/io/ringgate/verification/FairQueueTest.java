package io.ringgate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Network;
import io.ringgate.verification.FairQueue.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static final int PLACES = 12;

    private final FairQueue queue = new FairQueue(PLACES, Integer.MAX_VALUE);
    private long now;

    private static Network source(int number) {
        return Objects.requireNonNull(Network.parse("10.0." + number / 256 + "." + number % 256));
    }

    /** Who has no place by this; empty for nobody. */
    private String enter(int source, String name) {
        Waiting leaves = queue.add(new Waiting(source(source), name, Tasks.of(true), now));
        return leaves == null ? "" : leaves.claimed();
    }

    private void enter(int source, int many) {
        for (int i = 0; i < many; i++) {
            enter(source, source + "." + i);
        }
    }

    private List<String> all() {
        List<String> names = new ArrayList<>();
        for (Waiting next = queue.next(now); next != null; next = queue.next(now)) {
            queue.finished(next.source());
            names.add(next.claimed());
        }
        return names;
    }

    @Test
    void one_source_has_half_of_the_places() {
        enter(1, PLACES / 2);

        assertThat(queue.length()).isEqualTo(PLACES / 2);
        assertThat(enter(1, "more")).isEqualTo("more");
    }

    @Test
    void a_source_runs_no_more_at_a_time_than_it_may_and_the_next_goes_to_another() {
        FairQueue limited = new FairQueue(PLACES, 1);
        for (int i = 0; i < 3; i++) {
            limited.add(new Waiting(source(1), "one-" + i, Tasks.of(true), now));
        }
        limited.add(new Waiting(source(2), "other", Tasks.of(true), now));

        assertThat(limited.next(now)).extracting(Waiting::claimed).isEqualTo("one-0");
        assertThat(limited.next(now)).extracting(Waiting::claimed).isEqualTo("other");
        assertThat(limited.next(now)).isNull();
        limited.finished(source(1));
        assertThat(limited.next(now)).extracting(Waiting::claimed).isEqualTo("one-1");
    }

    @Test
    void when_it_is_full_the_newest_of_the_source_with_most_leaves() {
        enter(1, 6);
        enter(2, 4);
        enter(3, 2);

        assertThat(enter(4, "fresh")).isEqualTo("1.5");
        assertThat(enter(2, "fresh")).as("4 and 5 would be no better").isEqualTo("fresh");
        assertThat(queue.length()).isEqualTo(PLACES);
    }

    @Test
    void when_it_is_full_who_failed_more_leaves() {
        for (int i = 1; i <= PLACES; i++) {
            queue.failed(source(i), now);
            enter(i, 1);
        }
        queue.failed(source(7), now);

        assertThat(enter(100, "fresh")).isEqualTo("7.0");
        assertThat(enter(7, "again")).isEqualTo("again");
    }

    @Test
    void when_it_is_full_of_strangers_one_of_them_leaves_for_who_is_known() {
        queue.authenticated(source(100));
        queue.failed(source(100), now);
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
            assertThat(queue.length()).isLessThanOrEqualTo(PLACES);
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
            queue.failed(source(1), now);
            queue.failed(source(2), now);
        }
        enter(1, 3);
        enter(2, 3);
        enter(3, "fresh");

        assertThat(all().subList(0, 2)).contains("fresh");
    }

    @Test
    void who_failed_is_not_starved_by_who_did_not() {
        queue.failed(source(1), now);
        enter(1, "failed");
        enter(2, 6);

        assertThat(all().indexOf("failed")).isLessThanOrEqualTo(2);
    }

    @Test
    void who_is_known_comes_before_strangers_even_when_he_failed() {
        queue.failed(source(2), now);
        queue.authenticated(source(2));
        enter(1, "stranger");
        enter(2, "known");

        assertThat(all()).containsExactly("known", "stranger");
    }

    @Test
    void failures_are_forgotten_after_ten_minutes() {
        queue.failed(source(1), now);
        enter(1, "first");
        enter(2, "second");
        now = 600_000_000_000L;

        assertThat(all()).containsExactly("first", "second");
    }

    @Test
    void so_many_sources_are_remembered_and_those_that_wait_in_any_case() {
        enter(0, "waits");
        for (int i = 1; i < 2 * FairQueue.MAX_REMEMBERED; i++) {
            queue.failed(source(i), now);
        }

        assertThat(queue.remembered()).isEqualTo(FairQueue.MAX_REMEMBERED);
        for (int i = 1; i < 2 * FairQueue.MAX_REMEMBERED; i++) {
            queue.authenticated(source(i));
        }
        assertThat(queue.remembered()).isLessThanOrEqualTo(2 * FairQueue.MAX_REMEMBERED);
        assertThat(all()).containsExactly("waits");
    }
}
