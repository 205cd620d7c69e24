package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.EdgeName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rules of the budget in the words of its description, against any sequence of calls. */
class MemoryBudgetPropertiesTest {

    private final List<EdgeShare> edges = List.of("a", "b", "c", "d").stream()
            .map(name -> new EdgeShare(new EdgeName(name)))
            .toList();

    private final Map<EdgeShare, List<Reservation>> held = new LinkedHashMap<>();
    private final Map<EdgeShare, Integer> weights = new LinkedHashMap<>();

    /** When each was last refused what it is entitled to, and with which weight. */
    private final Map<EdgeShare, Long> wasShort = new LinkedHashMap<>();

    private final Map<EdgeShare, Integer> weightsThen = new LinkedHashMap<>();
    private long now;
    private MemoryBudget budget = new MemoryBudget(1);
    private String as = "";

    @Test
    void any_sequence_follows_the_rules_and_ends_at_zero() {
        for (long seed = 0; seed < 500; seed++) {
            as = "seed " + seed;
            SplittableRandom random = new SplittableRandom(seed);
            budget = new MemoryBudget(1 + random.nextLong(random.nextBoolean() ? 1000 : Long.MAX_VALUE / 2));
            wasShort.clear();
            now = random.nextLong();
            edges.forEach(edge -> held.put(edge, new ArrayList<>()));
            for (int step = 0; step < 400; step++) {
                step(random);
            }
            held.values().forEach(own -> own.forEach(Reservation::release));
            assertThat(budget.used()).as(as).isZero();
            assertThat(budget.holders()).as(as).isZero();
            assertThat(budget.peak()).as(as).isLessThanOrEqualTo(budget.size());
        }
    }

    private void step(SplittableRandom random) {
        EdgeShare edge = edges.get(random.nextInt(edges.size()));
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
        now += random.nextInt(20) == 0 ? random.nextLong(90_000_000_000L) : random.nextLong(500_000_000L);
        EdgeShare any = edges.get(random.nextInt(edges.size()));
        assertThat(budget.othersAreShort(any, now)).as(as).isEqualTo(othersWereShort(any, MemoryBudget.JUST_NOW_NANOS));
        assertThat(budget.used())
                .as(as)
                .isEqualTo(edges.stream().mapToLong(this::sum).sum())
                .isLessThanOrEqualTo(budget.size());
        assertThat(budget.holders()).as(as).isEqualTo((int)
                edges.stream().filter(e -> !own(e).isEmpty()).count());
    }

    private void reserve(EdgeShare edge, int weight, long bytes) {
        weights.put(edge, weight);
        boolean expected = fits(edge, bytes);
        boolean entitled = isEntitled(edge, bytes);
        Reservation got = budget.reserve(edge, weight, bytes, now);
        assertThat(got != null).as(as).isEqualTo(expected);
        if (got != null) {
            own(edge).add(got);
            return;
        }
        if (entitled) {
            wasShort.put(edge, now);
            weightsThen.put(edge, weight);
        }
    }

    private boolean isEntitled(EdgeShare edge, long bytes) {
        long with = sum(edge) + bytes;
        return with <= budget.size() / 2 && (own(edge).isEmpty() || with <= share(edge));
    }

    private long share(EdgeShare edge) {
        long sum = edges.stream()
                        .filter(e -> !e.equals(edge) && asks(e))
                        .mapToLong(this::weight)
                        .sum()
                + weights.getOrDefault(edge, 0);
        return BigInteger.valueOf(budget.size())
                .multiply(BigInteger.valueOf(weights.getOrDefault(edge, 0)))
                .divide(BigInteger.valueOf(sum))
                .longValueExact();
    }

    private boolean othersWereShort(EdgeShare edge, long within) {
        return wasShort.entrySet().stream().anyMatch(e -> !e.getKey().equals(edge) && now - e.getValue() < within);
    }

    private boolean fits(EdgeShare edge, long bytes) {
        if (bytes > budget.size() - budget.used()) {
            return false;
        }
        boolean othersAsk = !own(edge).isEmpty() && edges.stream().anyMatch(e -> !e.equals(edge) && asks(e));
        if (!othersAsk && !othersWereShort(edge, ShortEdges.KEPT_NANOS)) {
            return true;
        }
        long with = sum(edge) + bytes;
        boolean scarce = budget.used() + bytes > budget.size() - budget.size() / 5;
        return with <= budget.size() / 2 && (!scarce || with <= share(edge));
    }

    private boolean asks(EdgeShare edge) {
        return !own(edge).isEmpty()
                || now - wasShort.getOrDefault(edge, now - ShortEdges.KEPT_NANOS) < ShortEdges.KEPT_NANOS;
    }

    private long weight(EdgeShare edge) {
        return own(edge).isEmpty() ? weightsThen.getOrDefault(edge, 0) : weights.getOrDefault(edge, 0);
    }

    private List<Reservation> own(EdgeShare edge) {
        return held.computeIfAbsent(edge, e -> new ArrayList<>());
    }

    private long sum(EdgeShare edge) {
        return own(edge).stream().mapToLong(Reservation::bytes).sum();
    }
}
