package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.EdgeName;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Edges that want all memory against edges that write, in passed time. The first ask for as much as they can get, keep it as
 * long as they are let and ask again at once; a body that is not whole after five seconds ends while others are short.
 */
class MemoryStarvationTest {

    private static final long SIZE = 268L << 20;
    private static final int WEIGHT = 100;
    private static final long STEP = 10_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long LOOK = SECOND / 4;
    private static final int MINUTES = 10;
    private static final int HONEST = 4;

    private final MemoryBudget budget = new MemoryBudget(SIZE);
    private long now;

    /** One that holds memory. */
    private static final class Body {
        private final EdgeShare edge;
        private final long since;
        private final long patience;
        private final Reservation held;

        Body(EdgeShare edge, long since, long patience, Reservation held) {
            this.edge = edge;
            this.since = since;
            this.patience = patience;
            this.held = held;
        }
    }

    /** One that sends a batch of 2,000 series after the other, and repeats after a second what was refused. */
    private final class Honest {
        private final EdgeShare edge;
        private final SplittableRandom random;
        private @Nullable Reservation held;
        private long next;
        private long wanting = -1;
        private long longest;
        private int refused;
        private int stored;

        Honest(int number, SplittableRandom random) {
            this.edge = new EdgeShare(new EdgeName("honest-" + number));
            this.random = random;
        }

        void step() {
            if (now < next) {
                return;
            }
            if (held != null) {
                held.release();
                held = null;
                stored++;
                next = now + random.nextLong(SECOND / 5);
                return;
            }
            wanting = wanting < 0 ? now : wanting;
            held = budget.reserve(edge, WEIGHT, random.nextLong(1 << 20, 5 << 20), now);
            longest = Math.max(longest, now - wanting);
            if (held == null) {
                refused++;
                next = now + SECOND / 2;
            } else {
                wanting = -1;
                next = now + random.nextLong(SECOND / 20);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 6000000000", "2, 6000000000", "1, 4900000000", "2, 4900000000", "1, 25000000000", "2, 25000000000"})
    void one_or_two_greedy_edges_starve_nobody_for_longer_than_a_body_may_take(int greedy, long patience) {
        for (long seed = 0; seed < 2; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<EdgeShare> hogs = IntStream.range(0, greedy)
                    .mapToObj(i -> new EdgeShare(new EdgeName("greedy-" + i)))
                    .toList();
            List<Honest> honest = IntStream.range(0, HONEST)
                    .mapToObj(i -> new Honest(i, random.split()))
                    .toList();
            List<Body> bodies = new ArrayList<>();
            long end = now + MINUTES * 60 * SECOND;
            for (; now < end; now += STEP) {
                bodies.removeIf(this::ends);
                hogs.forEach(hog -> takeAll(hog, patience, bodies));
                honest.forEach(Honest::step);
            }
            String as = greedy + " greedy edges with " + patience + " ns, seed " + seed;
            int refused = honest.stream().mapToInt(one -> one.refused).sum();
            int stored = honest.stream().mapToInt(one -> one.stored).sum();
            assertThat(honest).as(as).allSatisfy(one -> assertThat(one.longest).isLessThan(5 * SECOND + LOOK + SECOND));
            assertThat(refused).as(as + ", stored " + stored).isLessThan(stored / 20);
            Stream.concat(
                            bodies.stream().map(body -> body.held),
                            honest.stream().flatMap(one -> Stream.ofNullable(one.held)))
                    .forEach(Reservation::release);
            assertThat(budget.used()).as(as).isZero();
        }
    }

    private boolean ends(Body body) {
        long age = now - body.since;
        boolean over = age > body.patience || (age > 5 * SECOND + LOOK && budget.othersAreShort(body.edge, now));
        if (over) {
            body.held.release();
        }
        return over;
    }

    /** The most that it is given, in pieces that halve. */
    private void takeAll(EdgeShare hog, long patience, List<Body> bodies) {
        long piece = SIZE;
        while (piece >= 1 << 20) {
            Reservation got = budget.reserve(hog, WEIGHT, piece, now);
            if (got == null) {
                piece /= 2;
            } else {
                bodies.add(new Body(hog, now, patience, got));
            }
        }
    }
}
