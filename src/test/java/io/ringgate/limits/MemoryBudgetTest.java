package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringgate.edge.EdgeName;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final EdgeName A = new EdgeName("cluster-02-edge");
    private static final EdgeName B = new EdgeName("cluster-03-edge");
    private static final EdgeName C = new EdgeName("cluster-04-edge");

    private static final int WEIGHT = 100;

    private final MemoryBudget budget = new MemoryBudget(100);

    private Reservation taken(EdgeName edge, long bytes) {
        return Objects.requireNonNull(budget.reserve(edge, WEIGHT, bytes), () -> edge + " was refused " + bytes);
    }

    @Test
    void an_edge_alone_may_take_everything() {
        taken(A, 60);

        assertThat(budget.reserve(A, WEIGHT, 40)).isNotNull();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void more_than_is_free_is_refused_and_changes_nothing() {
        taken(A, 60);

        assertThat(budget.reserve(B, WEIGHT, 41)).isNull();
        assertThat(budget.used()).isEqualTo(60);
    }

    @Test
    void while_another_edge_holds_something_an_edge_stays_within_half() {
        taken(A, 30);
        taken(B, 1);

        assertThat(budget.reserve(A, WEIGHT, 21)).isNull();
        assertThat(budget.reserve(A, WEIGHT, 20)).isNotNull();
    }

    @Test
    void the_first_write_of_an_edge_may_exceed_half_while_others_hold() {
        taken(A, 30);

        assertThat(budget.reserve(B, WEIGHT, 70)).isNotNull();
    }

    @Test
    void an_edge_that_took_all_cannot_refill_it_once_another_was_turned_away() {
        Reservation first = taken(A, 60);
        taken(A, 40);
        assertThat(budget.reserve(B, WEIGHT, 30)).isNull();
        first.release();

        assertThat(budget.reserve(A, WEIGHT, 20)).as("over half").isNull();
        assertThat(budget.reserve(A, WEIGHT, 10)).as("half").isNotNull();
        assertThat(budget.reserve(B, WEIGHT, 30)).isNotNull();
    }

    @Test
    void an_edge_turned_away_that_never_returns_is_forgotten_when_the_budget_is_empty() {
        Reservation all = taken(A, 100);
        assertThat(budget.reserve(B, WEIGHT, 1)).isNull();
        all.release();
        taken(A, 50);

        assertThat(budget.reserve(A, WEIGHT, 50)).isNotNull();
    }

    @Test
    void what_could_never_be_held_is_told_apart_from_not_now() {
        assertThat(budget.couldEverHold(100)).isTrue();
        assertThat(budget.couldEverHold(101)).isFalse();
        assertThat(budget.reserve(A, WEIGHT, 101)).isNull();
        assertThat(budget.reserve(A, WEIGHT, Long.MAX_VALUE)).isNull();
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
        Reservation most = Objects.requireNonNull(budget.reserve(A, 100, 45));
        assertThat(budget.reserve(B, 300, 35)).isNotNull();

        most.shrinkTo(24);
        assertThat(budget.reserve(A, 100, 2)).as("59 + 2 held").isNotNull();
        assertThat(budget.reserve(C, 100, 18)).as("first write").isNotNull();
        assertThat(budget.reserve(A, 100, 2)).as("79 + 2, share of A is 20").isNull();
        assertThat(budget.reserve(B, 300, 15)).as("79 + 15, share of B is 60").isNotNull();
        assertThat(budget.reserve(B, 300, 1)).as("over half").isNull();
    }

    @Test
    void the_share_of_an_idle_edge_is_lent_to_those_that_ask() {
        Reservation third = taken(C, 1);
        taken(A, 45);
        taken(B, 35);
        assertThat(budget.reserve(A, WEIGHT, 5)).as("a third").isNull();
        third.release();

        assertThat(budget.reserve(A, WEIGHT, 5)).as("half").isNotNull();
    }

    @Test
    void an_edge_that_was_turned_away_counts_among_those_that_ask() {
        taken(A, 45);
        taken(B, 35);
        assertThat(budget.reserve(C, WEIGHT, 30)).isNull();

        assertThat(budget.reserve(A, WEIGHT, 5)).as("a third").isNull();
    }

    @Test
    void the_newest_weight_of_an_edge_counts() {
        assertThat(budget.reserve(A, 1, 30)).isNotNull();
        assertThat(budget.reserve(B, 9, 50)).isNotNull();
        assertThat(budget.reserve(A, 1, 10)).isNull();

        assertThat(budget.reserve(A, 9, 10)).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> budget.reserve(A, 0, 1));
    }
}
