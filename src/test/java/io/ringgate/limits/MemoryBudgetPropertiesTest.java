package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.EdgeName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of the budget in the words of its description, against any sequence of calls. */
class MemoryBudgetPropertiesTest {

    private static final List<EdgeName> EDGES =
            List.of("a", "b", "c", "d").stream().map(EdgeName::new).toList();

    private final Map<EdgeName, List<Reservation>> held = new LinkedHashMap<>();
    private final Map<EdgeName, Integer> weights = new LinkedHashMap<>();
    private @Nullable EdgeName turnedAway;
    private MemoryBudget budget = new MemoryBudget(1);
    private String as = "";

    @Test
    void any_sequence_follows_the_rules_and_ends_at_zero() {
        for (long seed = 0; seed < 500; seed++) {
            as = "seed " + seed;
            SplittableRandom random = new SplittableRandom(seed);
            budget = new MemoryBudget(1 + random.nextLong(random.nextBoolean() ? 1000 : Long.MAX_VALUE / 2));
            turnedAway = null;
            EDGES.forEach(edge -> held.put(edge, new ArrayList<>()));
            for (int step = 0; step < 400; step++) {
                step(random);
            }
            held.values().forEach(own -> own.forEach(Reservation::release));
            assertThat(budget.used()).as(as).isZero();
            assertThat(budget.edges()).as(as).isZero();
            assertThat(budget.peak()).as(as).isLessThanOrEqualTo(budget.size());
        }
    }

    private void step(SplittableRandom random) {
        EdgeName edge = EDGES.get(random.nextInt(EDGES.size()));
        List<Reservation> own = own(edge);
        if (own.isEmpty() || random.nextInt(5) < 3) {
            int part = 1 << random.nextInt(6);
            reserve(edge, 1 + random.nextInt(10), random.nextLong(budget.size() / part + 2));
        } else if (random.nextBoolean()) {
            Reservation some = own.get(random.nextInt(own.size()));
            some.shrinkTo(random.nextLong(some.bytes() + 1));
        } else {
            own.remove(random.nextInt(own.size())).release();
        }
        if (EDGES.stream().allMatch(e -> own(e).isEmpty())) {
            turnedAway = null;
        }
        assertThat(budget.used())
                .as(as)
                .isEqualTo(EDGES.stream().mapToLong(this::sum).sum())
                .isLessThanOrEqualTo(budget.size());
        assertThat(budget.edges()).as(as).isEqualTo((int)
                EDGES.stream().filter(e -> !own(e).isEmpty()).count());
    }

    private void reserve(EdgeName edge, int weight, long bytes) {
        weights.put(edge, weight);
        boolean expected = fits(edge, bytes);
        boolean first = own(edge).isEmpty();
        Reservation got = budget.reserve(edge, weight, bytes);
        assertThat(got != null).as(as).isEqualTo(expected);
        if (got != null) {
            own(edge).add(got);
            turnedAway = edge.equals(turnedAway) ? null : turnedAway;
        } else if (first && bytes <= budget.size()) {
            turnedAway = edge;
        }
    }

    private boolean fits(EdgeName edge, long bytes) {

        if (bytes > budget.size() - budget.used()) {
            return false;
        }
        List<EdgeName> others =
                EDGES.stream().filter(e -> !e.equals(edge) && asks(e)).toList();
        if (own(edge).isEmpty() || others.isEmpty()) {
            return true;
        }
        long with = sum(edge) + bytes;
        long sum = others.stream().mapToLong(this::weight).sum() + weight(edge);
        BigInteger share = BigInteger.valueOf(budget.size())
                .multiply(BigInteger.valueOf(weight(edge)))
                .divide(BigInteger.valueOf(sum));
        boolean scarce = budget.used() + bytes > budget.size() - budget.size() / 5;
        return with <= budget.size() / 2 && (!scarce || with <= share.longValueExact());
    }

    private boolean asks(EdgeName edge) {
        return !own(edge).isEmpty() || edge.equals(turnedAway);
    }

    private long weight(EdgeName edge) {
        return weights.getOrDefault(edge, 0);
    }

    private List<Reservation> own(EdgeName edge) {
        return held.computeIfAbsent(edge, e -> new ArrayList<>());
    }

    private long sum(EdgeName edge) {
        return own(edge).stream().mapToLong(Reservation::bytes).sum();
    }
}
