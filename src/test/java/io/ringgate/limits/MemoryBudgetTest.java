package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringgate.edge.EdgeName;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private final EdgeShare A = new EdgeShare(new EdgeName("cluster-02-edge"));
    private final EdgeShare B = new EdgeShare(new EdgeName("cluster-03-edge"));
    private final EdgeShare C = new EdgeShare(new EdgeName("cluster-04-edge"));

    private static final int WEIGHT = 100;

    private final MemoryBudget budget = new MemoryBudget(100);
    private long now = 1_000;

    private Reservation taken(EdgeShare edge, long bytes) {
        return Objects.requireNonNull(budget.reserve(edge, WEIGHT, bytes, now), () -> edge + " was refused " + bytes);
    }

    @Test
    void an_edge_alone_may_take_everything() {
        taken(A, 60);

        assertThat(budget.reserve(A, WEIGHT, 40, now)).isNotNull();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void more_than_is_free_is_refused_and_changes_nothing() {
        taken(A, 60);

        assertThat(budget.reserve(B, WEIGHT, 41, now)).isNull();
        assertThat(budget.used()).isEqualTo(60);
    }

    @Test
    void while_another_edge_holds_something_an_edge_stays_within_half() {
        taken(A, 30);
        taken(B, 1);

        assertThat(budget.reserve(A, WEIGHT, 21, now)).isNull();
        assertThat(budget.reserve(A, WEIGHT, 20, now)).isNotNull();
    }

    @Test
    void the_first_write_of_an_edge_may_exceed_half_while_others_hold() {
        taken(A, 30);

        assertThat(budget.reserve(B, WEIGHT, 70, now)).isNotNull();
    }

    @Test
    void an_edge_that_took_all_cannot_refill_it_once_another_was_turned_away() {
        Reservation first = taken(A, 60);
        taken(A, 40);
        assertThat(budget.reserve(B, WEIGHT, 30, now)).isNull();
        first.release();

        assertThat(budget.reserve(A, WEIGHT, 20, now)).as("over half").isNull();
        assertThat(budget.reserve(A, WEIGHT, 10, now)).as("half").isNotNull();
        assertThat(budget.reserve(B, WEIGHT, 30, now)).isNotNull();
    }

    @Test
    void for_a_minute_after_another_was_short_a_first_write_takes_at_most_half() {
        Reservation all = taken(A, 100);
        assertThat(budget.reserve(B, WEIGHT, 2, now)).isNull();
        all.release();
        now += ShortEdges.KEPT_NANOS - 1;

        assertThat(budget.reserve(A, WEIGHT, 51, now)).as("over half").isNull();
        taken(A, 50).release();
        assertThat(budget.reserve(B, WEIGHT, 51, now))
                .as("nobody else was short")
                .isNotNull();
    }

    @Test
    void after_that_minute_it_may_take_what_is_free_again() {
        Reservation all = taken(A, 100);
        assertThat(budget.reserve(B, WEIGHT, 2, now)).isNull();
        all.release();
        now += ShortEdges.KEPT_NANOS;

        assertThat(budget.reserve(A, WEIGHT, 100, now)).isNotNull();
    }

    @Test
    void two_edges_with_first_writes_leave_a_fifth_to_the_shares_of_those_who_were_short() {
        taken(A, 100).release();
        Reservation all = taken(A, 100);
        assertThat(budget.reserve(C, WEIGHT, 5, now)).isNull();
        all.release();
        taken(A, 50);

        assertThat(budget.reserve(B, WEIGHT, 50, now)).as("over its share").isNull();
        assertThat(budget.reserve(B, WEIGHT, 30, now)).isNotNull();
        assertThat(budget.reserve(C, WEIGHT, 5, now)).isNotNull();
        assertThat(budget.reserve(A, WEIGHT, 1, now)).isNull();
    }

    @Test
    void who_holds_one_byte_cannot_take_all_in_a_moment_when_no_other_holds() {
        Reservation all = taken(A, 100);
        assertThat(budget.reserve(B, WEIGHT, 2, now)).isNull();
        all.release();
        taken(B, 2).release();
        taken(A, 1);

        assertThat(budget.reserve(A, WEIGHT, 60, now)).isNull();
    }

    @Test
    void others_are_short_for_five_seconds_after_they_were_refused_and_an_edge_is_not_its_own_other() {
        taken(A, 60);
        assertThat(budget.othersAreShort(A, now)).isFalse();

        assertThat(budget.reserve(B, WEIGHT, 50, now)).isNull();
        assertThat(budget.othersAreShort(A, now)).isTrue();
        assertThat(budget.othersAreShort(B, now)).isFalse();
        assertThat(budget.reserve(C, WEIGHT, 50, now)).isNull();
        assertThat(budget.othersAreShort(B, now)).isTrue();

        now += MemoryBudget.JUST_NOW_NANOS;
        assertThat(budget.othersAreShort(A, now)).isFalse();
    }

    @Test
    void who_is_refused_more_than_it_is_entitled_to_makes_nobody_hurry() {
        taken(A, 30);
        taken(B, 40);
        taken(C, 1);
        EdgeShare fresh = new EdgeShare(new EdgeName("cluster-05-edge"));

        assertThat(budget.reserve(fresh, WEIGHT, 51, now))
                .as("a first write over half")
                .isNull();
        assertThat(budget.reserve(A, WEIGHT, 21, now)).as("more than half").isNull();
        assertThat(budget.reserve(A, WEIGHT, 20, now)).as("more than its share").isNull();
        assertThat(budget.othersAreShort(B, now)).isFalse();

        assertThat(budget.reserve(fresh, WEIGHT, 50, now))
                .as("no room for half")
                .isNull();
        assertThat(budget.othersAreShort(B, now)).isTrue();
    }

    @Test
    void only_so_many_that_were_short_are_remembered() {
        ShortEdges edges = new ShortEdges();
        for (int i = 0; i < 1_000; i++) {
            EdgeShare edge = new EdgeShare(new EdgeName("edge-" + i));
            edges.add(edge, 3, now);
            edges.add(edge, 2, now + 1);
        }

        assertThat(edges.weights(edge -> true)).isEqualTo(2L * ShortEdges.MOST);
        assertThat(edges.weights(edge -> edge.edge().value().equals("edge-999")))
                .isEqualTo(2);
        edges.forget(now + ShortEdges.KEPT_NANOS);
        assertThat(edges.hasOthersThan(A)).isTrue();
        edges.forget(now + 1 + ShortEdges.KEPT_NANOS);
        assertThat(edges.hasOthersThan(A)).isFalse();
    }

    @Test
    void what_could_never_be_held_is_told_apart_from_not_now() {
        assertThat(budget.couldEverHold(100)).isTrue();
        assertThat(budget.couldEverHold(101)).isFalse();
        assertThat(budget.reserve(A, WEIGHT, 101, now)).isNull();
        assertThat(budget.reserve(A, WEIGHT, Long.MAX_VALUE, now)).isNull();
    }

    @Test
    void shrinking_gives_a_part_back_and_never_grows() {
        Reservation reservation = taken(A, 80);

        reservation.shrinkTo(30);

        assertThat(budget.used()).isEqualTo(30);
        assertThat(budget.peak()).isEqualTo(80);
        assertThat(reservation.bytes()).isEqualTo(30);
        assertThatIllegalArgumentException().isThrownBy(() -> reservation.shrinkTo(31));
        assertThatIllegalArgumentException().isThrownBy(() -> reservation.shrinkTo(-1));
    }

    @Test
    void a_second_release_shows() {
        Reservation reservation = taken(A, 10);
        taken(A, 10);
        reservation.release();

        assertThatIllegalStateException().isThrownBy(reservation::release);
        assertThatIllegalStateException().isThrownBy(() -> reservation.shrinkTo(0));
        assertThat(reservation.bytes()).isZero();
        assertThat(budget.used()).isEqualTo(10);
    }

    @Test
    void above_four_fifths_an_edge_stays_within_the_share_of_its_weight() {
        Reservation most = Objects.requireNonNull(budget.reserve(A, 100, 45, now));
        assertThat(budget.reserve(B, 300, 35, now)).isNotNull();

        most.shrinkTo(24);
        assertThat(budget.reserve(A, 100, 2, now)).as("59 + 2 held").isNotNull();
        assertThat(budget.reserve(C, 100, 18, now)).as("first write").isNotNull();
        assertThat(budget.reserve(A, 100, 2, now))
                .as("79 + 2, share of A is 20")
                .isNull();
        assertThat(budget.reserve(B, 300, 15, now))
                .as("79 + 15, share of B is 60")
                .isNotNull();
        assertThat(budget.reserve(B, 300, 1, now)).as("over half").isNull();
    }

    @Test
    void the_share_of_an_idle_edge_is_lent_to_those_that_ask() {
        Reservation third = taken(C, 1);
        taken(A, 45);
        taken(B, 35);
        assertThat(budget.reserve(A, WEIGHT, 5, now)).as("a third").isNull();
        third.release();

        assertThat(budget.reserve(A, WEIGHT, 5, now)).as("half").isNotNull();
    }

    @Test
    void an_edge_that_was_turned_away_counts_among_those_that_ask() {
        taken(A, 45);
        taken(B, 35);
        assertThat(budget.reserve(C, WEIGHT, 30, now)).isNull();

        assertThat(budget.reserve(A, WEIGHT, 5, now)).as("a third").isNull();
    }

    @Test
    void the_newest_weight_of_an_edge_counts() {
        assertThat(budget.reserve(A, 1, 30, now)).isNotNull();
        assertThat(budget.reserve(B, 9, 50, now)).isNotNull();
        assertThat(budget.reserve(A, 1, 10, now)).isNull();

        assertThat(budget.reserve(A, 9, 10, now)).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> budget.reserve(A, 0, 1, now));
    }
}
