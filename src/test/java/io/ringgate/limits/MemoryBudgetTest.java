package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringgate.edge.EdgeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final EdgeName A = new EdgeName("cluster-02-edge");
    private static final EdgeName B = new EdgeName("cluster-03-edge");
    private static final EdgeName C = new EdgeName("cluster-04-edge");

    private final MemoryBudget budget = new MemoryBudget(100);

    private Reservation taken(EdgeName edge, long bytes) {
        return Objects.requireNonNull(budget.reserve(edge, bytes), () -> edge + " was refused " + bytes);
    }

    @Test
    void an_edge_alone_may_take_everything() {
        taken(A, 60);

        assertThat(budget.reserve(A, 40)).isNotNull();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void more_than_is_free_is_refused_and_changes_nothing() {
        taken(A, 60);

        assertThat(budget.reserve(B, 41)).isNull();
        assertThat(budget.used()).isEqualTo(60);
    }

    @Test
    void while_another_edge_holds_something_an_edge_stays_within_half() {
        taken(A, 30);
        taken(B, 1);

        assertThat(budget.reserve(A, 21)).isNull();
        assertThat(budget.reserve(A, 20)).isNotNull();
    }

    @Test
    void the_first_write_of_an_edge_may_exceed_half_while_others_hold() {
        taken(A, 30);

        assertThat(budget.reserve(B, 70)).isNotNull();
    }

    @Test
    void an_edge_that_took_all_cannot_refill_it_once_another_was_turned_away() {
        Reservation first = taken(A, 60);
        taken(A, 40);
        assertThat(budget.reserve(B, 30)).isNull();
        first.release();

        assertThat(budget.reserve(A, 20)).as("over half").isNull();
        assertThat(budget.reserve(A, 10)).as("half").isNotNull();
        assertThat(budget.reserve(B, 30)).isNotNull();
    }

    @Test
    void an_edge_turned_away_that_never_returns_is_forgotten_when_the_budget_is_empty() {
        Reservation all = taken(A, 100);
        assertThat(budget.reserve(B, 1)).isNull();
        all.release();
        taken(A, 50);

        assertThat(budget.reserve(A, 50)).isNotNull();
    }

    @Test
    void what_could_never_be_held_is_told_apart_from_not_now() {
        assertThat(budget.couldEverHold(100)).isTrue();
        assertThat(budget.couldEverHold(101)).isFalse();
        assertThat(budget.reserve(A, 101)).isNull();
        assertThat(budget.reserve(A, Long.MAX_VALUE)).isNull();
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
    void any_sequence_keeps_the_sum_within_the_budget_and_ends_at_zero() {
        for (long seed = 0; seed < 300; seed++) {
            randomSequence(seed);
        }
    }

    private static void randomSequence(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MemoryBudget budget = new MemoryBudget(1 + random.nextLong(1000));
        List<EdgeName> edges = List.of(A, B, C);
        Map<EdgeName, List<Reservation>> held = new HashMap<>();
        edges.forEach(edge -> held.put(edge, new ArrayList<>()));
        for (int step = 0; step < 400; step++) {
            EdgeName edge = edges.get(random.nextInt(edges.size()));
            List<Reservation> own = Objects.requireNonNull(held.get(edge));
            if (own.isEmpty() || random.nextInt(5) < 3) {
                long bytes = random.nextLong(budget.size() + 10);
                long mine = sum(own);
                long free = budget.size() - budget.used();
                Reservation got = budget.reserve(edge, bytes);
                if (bytes <= free && (own.isEmpty() || mine + bytes <= budget.size() / 2)) {
                    assertThat(got).as("seed %d: fair and free", seed).isNotNull();
                }
                boolean alone = edges.stream()
                        .noneMatch(e -> !e.equals(edge)
                                && !Objects.requireNonNull(held.get(e)).isEmpty());
                if (bytes > free || (!own.isEmpty() && !alone && mine + bytes > budget.size() / 2)) {
                    assertThat(got).as("seed %d: not free or not fair", seed).isNull();
                }
                if (got != null) {
                    own.add(got);
                }
            } else if (random.nextBoolean()) {
                Reservation some = own.get(random.nextInt(own.size()));
                some.shrinkTo(random.nextLong(some.bytes() + 1));
            } else {
                own.remove(random.nextInt(own.size())).release();
            }
            long sum = held.values().stream().mapToLong(MemoryBudgetTest::sum).sum();
            assertThat(budget.used()).as("seed %d", seed).isEqualTo(sum).isLessThanOrEqualTo(budget.size());
            assertThat(budget.edges()).as("seed %d", seed).isEqualTo((int)
                    held.values().stream().filter(l -> !l.isEmpty()).count());
        }
        held.values().forEach(own -> own.forEach(Reservation::release));
        assertThat(budget.used()).as("seed %d", seed).isZero();
        assertThat(budget.edges()).as("seed %d", seed).isZero();
        assertThat(budget.peak()).as("seed %d", seed).isLessThanOrEqualTo(budget.size());
    }

    private static long sum(List<Reservation> reservations) {
        return reservations.stream().mapToLong(Reservation::bytes).sum();
    }
}
