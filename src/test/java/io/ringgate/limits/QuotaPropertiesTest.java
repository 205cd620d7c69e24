package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.reject.Limit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for the rates of a tenant and its edges, whatever is taken, given back, changed and told about the time. */
class QuotaPropertiesTest {

    private static final int SEEDS = 150;
    private static final int STEPS = 200;
    private static final long SECOND = 1_000_000_000L;

    /** Of what one write asks. */
    private static final long LARGEST = 20;

    private static final List<Limit> RATES =
            List.of(Limit.REQUESTS_PER_SECOND, Limit.SAMPLES_PER_SECOND, Limit.BYTES_PER_SECOND);

    /** What went out of one bucket and what it was allowed, as seen from outside. */
    private static final class Ledger {

        private final List<BigInteger> balances = new ArrayList<>();
        private BigInteger balance = BigInteger.ZERO;
        private BigInteger left = BigInteger.ZERO;
        private @Nullable Rate rate;
        private boolean set;
        private long taken;

        /** All in billionths of a token. */
        private static BigInteger parts(long tokens) {
            return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(SECOND));
        }

        void use(@Nullable Rate other) {
            set = other != null;
            if (other == null) {
                return;
            }
            BigInteger before = rate == null ? BigInteger.ZERO : parts(rate.burst());
            BigInteger more = parts(other.burst()).subtract(before);
            if (more.signum() > 0) {
                balance = balance.subtract(more);
            }
            left = left.add(more).max(left.min(BigInteger.ZERO));
            rate = other;
        }

        void pass(long nanos) {
            Rate known = rate;
            if (known != null) {
                BigInteger grown = BigInteger.valueOf(known.perSecond()).multiply(BigInteger.valueOf(nanos));
                balance = balance.subtract(grown);
                left = left.add(grown).min(parts(known.burst()));
            }
        }

        /** One token is enough, for what the burst could hold. */
        boolean has(long tokens) {
            return !set || rate == null || (tokens <= rate.burst() && left.compareTo(parts(1)) >= 0);
        }

        /** What was read in vain: no grant, but owed, up to a burst. */
        void charge(long tokens) {
            Rate known = rate;
            if (set && known != null) {
                BigInteger room =
                        parts(known.burst()).add(left).divide(parts(1)).max(BigInteger.ZERO);
                left = left.subtract(parts(room.min(BigInteger.valueOf(tokens)).longValueExact()));
            }
        }

        /** Whether it counted. */
        boolean take(long tokens) {
            if (!set) {
                return false;
            }
            balances.add(balance);
            balance = balance.add(parts(tokens));
            left = left.subtract(parts(tokens));
            taken += tokens;
            return true;
        }

        void giveBack(long tokens) {
            Rate known = rate;
            assertThat(known).isNotNull();
            if (known != null) {
                balance = balance.subtract(parts(tokens));
                left = left.add(parts(tokens)).min(parts(known.burst()));
                taken -= tokens;
            }
        }

        /**
         * Of any window: what was taken less what came back is at most rate × time, one burst and one write. The balance has
         * lost rate × time already, and each growth of the burst.
         */
        void check(String as) {
            Rate known = rate;
            if (known == null) {
                return;
            }
            BigInteger most = parts(bursts + LARGEST);
            BigInteger least = balance;
            for (int i = balances.size() - 1; i >= 0; i--) {
                least = least.min(balances.get(i));
            }
            assertThat(balance.subtract(least)).as(as).isLessThanOrEqualTo(most);
            assertThat(taken).as(as).isNotNegative();
        }

        private long bursts;
    }

    /** What one write took of which ledger. */
    private record Taken(Ledger ledger, Limit rate, long tokens) {}

    private static final class Write {
        private final Spending spending;
        private final int edge;
        private final List<Taken> taken = new ArrayList<>();

        private Write(Spending spending, int edge) {
            this.spending = spending;
            this.edge = edge;
        }
    }

    private static final class World {

        private final SplittableRandom random;
        private final String as;
        private final boolean stepsBack;
        private final int edges;
        private final Quota.Shared tenant = new Quota.Shared();
        private final List<Quota> quotas = List.of(new Quota(tenant), new Quota(tenant));
        private final Map<Limit, Ledger> ofTenant = ledgers();
        private final List<Map<Limit, Ledger>> ofEdges = List.of(ledgers(), ledgers());
        private final List<Write> open = new ArrayList<>();
        private long now;

        private World(long seed, int edges, boolean stepsBack) {
            random = new SplittableRandom(seed);
            as = "seed " + seed;
            this.stepsBack = stepsBack;
            this.edges = edges;
            now = random.nextLong();
        }

        private static Map<Limit, Ledger> ledgers() {
            Map<Limit, Ledger> ledgers = new EnumMap<>(Limit.class);
            RATES.forEach(rate -> ledgers.put(rate, new Ledger()));
            return ledgers;
        }

        private static Ledger of(Map<Limit, Ledger> ledgers, Limit rate) {
            return Objects.requireNonNull(ledgers.get(rate));
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0 -> change();
                case 1, 2, 3 -> pass();
                case 4, 5 -> end();
                default -> write();
            }
            ofTenant.values().forEach(ledger -> ledger.check(as));
            ofEdges.forEach(ledgers -> ledgers.values().forEach(ledger -> ledger.check(as)));
        }

        private void pass() {
            if (stepsBack && random.nextInt(3) == 0) {
                now -= random.nextLong(random.nextBoolean() ? SECOND : 3600 * SECOND);
                return;
            }
            long nanos = random.nextLong(random.nextBoolean() ? 1000 : 3 * SECOND);
            now += nanos;
            ofTenant.values().forEach(ledger -> ledger.pass(nanos));
            ofEdges.forEach(ledgers -> ledgers.values().forEach(ledger -> ledger.pass(nanos)));
        }

        private void change() {
            int which = random.nextInt(3);
            Map<Limit, Ledger> ledgers = which == 2 ? ofTenant : ofEdges.get(which);
            Map<Limit, Rate> rates = new EnumMap<>(Limit.class);
            for (Limit limit : RATES) {
                Ledger ledger = of(ledgers, limit);
                Rate rate = random.nextInt(4) == 0 ? null : new Rate(1 + random.nextLong(20), 1 + random.nextLong(50));
                if (rate != null) {
                    rates.put(limit, rate);
                    ledger.bursts = Math.max(ledger.bursts, rate.burst());
                }
                ledger.use(rate);
            }
            if (which == 2) {
                tenant.use(rates, now);
            } else {
                quotas.get(which).use(rates, now);
            }
        }

        private void write() {
            int edge = random.nextInt(edges);
            Write write = new Write(new Spending(quotas.get(edge)), edge);
            long bytes = random.nextInt(4) == 0 ? Spending.UNKNOWN : random.nextLong(LARGEST);
            if (!granted(
                    edge,
                    write,
                    Map.of(
                            Limit.REQUESTS_PER_SECOND,
                            1L,
                            Limit.BYTES_PER_SECOND,
                            bytes,
                            Limit.SAMPLES_PER_SECOND,
                            Spending.UNKNOWN),
                    write.spending.begin(bytes, now))) {
                return;
            }
            open.add(write);
            if (bytes == Spending.UNKNOWN) {
                long found = random.nextLong(LARGEST);
                granted(edge, write, Map.of(Limit.BYTES_PER_SECOND, found), write.spending.bytes(found, now));
            }
            long samples = random.nextLong(LARGEST);
            granted(edge, write, Map.of(Limit.SAMPLES_PER_SECOND, samples), write.spending.samples(samples, now));
        }

        /** Granted only if tenant and edge have something for all of it; a single edge always then. */
        private boolean granted(int edge, Write write, Map<Limit, Long> asked, @Nullable RateExceeded shortage) {
            boolean enough = asked.entrySet().stream()
                    .allMatch(e -> e.getValue() == 0
                            || (of(ofTenant, e.getKey()).has(e.getValue())
                                    && of(ofEdges.get(edge), e.getKey()).has(e.getValue())));
            if (!stepsBack && edges > 1) {
                assertThat(shortage != null || enough).as(as).isTrue();
            } else if (!stepsBack) {
                assertThat(shortage == null).as(as).isEqualTo(enough);
            }
            if (shortage != null) {
                assertThat(shortage.free()).as(as).isBetween(0L, shortage.rate().burst());
                assertThat(shortage.waitNanos()).as(as).isNotNegative();
                return false;
            }
            asked.forEach((rate, tokens) -> {
                for (Ledger ledger : List.of(of(ofTenant, rate), of(ofEdges.get(edge), rate))) {
                    if (tokens > 0 && ledger.take(tokens)) {
                        write.taken.add(new Taken(ledger, rate, tokens));
                    }
                }
            });
            return true;
        }

        private void end() {
            if (open.isEmpty()) {
                return;
            }
            Write write = open.remove(random.nextInt(open.size()));
            switch (random.nextInt(4)) {
                case 0 -> {
                    write.spending.undo(now);
                    write.taken.forEach(taken -> taken.ledger().giveBack(taken.tokens()));
                }
                case 1 -> {
                    write.spending.comesAgain(now);
                    giveBackButRequest(write, 0);
                }
                case 2 -> keepRead(write, random.nextLong(LARGEST));
                default -> {}
            }
        }

        private void keepRead(Write write, long read) {
            write.spending.keepRead(read, now);
            if (write.taken.stream().noneMatch(taken -> taken.rate() == Limit.BYTES_PER_SECOND)) {
                of(ofTenant, Limit.BYTES_PER_SECOND).charge(read);
                of(ofEdges.get(write.edge), Limit.BYTES_PER_SECOND).charge(read);
            }
            giveBackButRequest(write, read);
        }

        private static void giveBackButRequest(Write write, long read) {
            for (Taken taken : write.taken) {
                switch (taken.rate()) {
                    case REQUESTS_PER_SECOND -> {}
                    case BYTES_PER_SECOND -> taken.ledger().giveBack(Math.max(0, taken.tokens() - read));
                    default -> taken.ledger().giveBack(taken.tokens());
                }
            }
        }
    }

    @Test
    void never_more_than_rate_times_time_a_burst_and_a_write_and_never_less() {
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed, 1, false);
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
        }
    }

    @Test
    void never_more_among_several_edges() {
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed, 2, false);
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
        }
    }

    @Test
    void never_more_when_the_clock_steps_back_either() {
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed, 2, true);
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
        }
    }
}
