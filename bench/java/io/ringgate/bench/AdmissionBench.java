package io.ringgate.bench;

import io.ringgate.edge.EdgeName;
import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.limits.EdgeShare;
import io.ringgate.limits.MemoryBudget;
import io.ringgate.limits.Quota;
import io.ringgate.limits.Rate;
import io.ringgate.limits.RateExceeded;
import io.ringgate.limits.Reservation;
import io.ringgate.limits.Spending;
import io.ringgate.reject.Limit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the limits add to one write: all three rates of tenant and edge, the place among the writes under way, and the
 * memory. By one thread, and by two whose edges share a tenant.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdmissionBench {

    private static final int WEIGHT = 100;
    private static final int BODY = 400;
    private static final int SAMPLES = 2_000;

    /** What all writes of a gateway share. */
    @State(Scope.Benchmark)
    public static class Gateway {
        private final ConcurrentWrites writes = new ConcurrentWrites();
        private final MemoryBudget budget = new MemoryBudget(1L << 30);
        private final Quota.Shared tenant = new Quota.Shared();
        private final Quota.Shared unlimited = new Quota.Shared();
        private final Quota.Shared spent = new Quota.Shared();
        private final AtomicInteger edges = new AtomicInteger();

        public Gateway() {
            tenant.use(ample(), System.nanoTime());
            spent.use(Map.of(Limit.REQUESTS_PER_SECOND, new Rate(1, 1)), System.nanoTime());
        }

        private static Map<Limit, Rate> ample() {
            Map<Limit, Rate> rates = new EnumMap<>(Limit.class);
            rates.put(Limit.REQUESTS_PER_SECOND, new Rate(100_000_000, Rate.MOST));
            rates.put(Limit.SAMPLES_PER_SECOND, new Rate(Rate.MOST, Rate.MOST));
            rates.put(Limit.BYTES_PER_SECOND, new Rate(Rate.MOST, Rate.MOST));
            return rates;
        }

        private Quota edge(Quota.Shared of) {
            Quota quota = new Quota(of);
            quota.use(ample(), System.nanoTime());
            return quota;
        }
    }

    /** An edge on a loop of its own. */
    @State(Scope.Thread)
    public static class Edge {
        private EdgeShare share = new EdgeShare(new EdgeName("edge"));
        private Quota limited = new Quota(new Quota.Shared());
        private Quota unlimited = limited;
        private Quota refused = limited;

        @Setup
        public void join(Gateway gateway) {
            share = new EdgeShare(new EdgeName("edge-" + gateway.edges.incrementAndGet()));
            limited = gateway.edge(gateway.tenant);
            unlimited = new Quota(gateway.unlimited);
            refused = gateway.edge(gateway.spent);
        }
    }

    private static Spending admit(Gateway gateway, EdgeShare share, Quota quota) {
        if (!(gateway.writes.enter(share, 500) instanceof ConcurrentWrites.Entry.Entered)) {
            throw new IllegalStateException("too many");
        }
        Spending spending = new Spending(quota);
        if (spending.begin(BODY, System.nanoTime()) != null) {
            throw new IllegalStateException("too fast");
        }
        Reservation memory =
                Objects.requireNonNull(gateway.budget.reserve(share, WEIGHT, 10 * BODY, System.nanoTime()));
        if (spending.samples(SAMPLES, System.nanoTime()) != null) {
            throw new IllegalStateException("too much");
        }
        memory.shrinkTo(BODY);
        memory.release();
        gateway.writes.leave(share);
        return spending;
    }

    @Benchmark
    public Spending allRatesAtBothLevels(Gateway gateway, Edge edge) {
        return admit(gateway, edge.share, edge.limited);
    }

    @Benchmark
    public Spending noRates(Gateway gateway, Edge edge) {
        return admit(gateway, edge.share, edge.unlimited);
    }

    @Benchmark
    public @Nullable RateExceeded refused(Gateway gateway, Edge edge) {
        return new Spending(edge.refused).begin(BODY, System.nanoTime());
    }

    @Benchmark
    @Group("oneTenant")
    @GroupThreads(2)
    public Spending twoThreads(Gateway gateway, Edge edge) {
        return admit(gateway, edge.share, edge.limited);
    }
}
