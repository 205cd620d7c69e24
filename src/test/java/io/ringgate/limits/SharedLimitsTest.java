package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.EdgeName;
import io.ringgate.reject.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The limits under several threads at once: never over, and back to zero. */
class SharedLimitsTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    @Test
    void a_budget_used_by_several_threads_is_never_exceeded_and_counts_back_to_zero() throws Exception {
        MemoryBudget budget = new MemoryBudget(10_000);
        List<EdgeShare> edges = Stream.of("edge-0", "edge-1", "edge-2")
                .map(name -> new EdgeShare(new EdgeName(name)))
                .toList();

        together(seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            for (int round = 0; round < ROUNDS; round++) {
                EdgeShare edge = edges.get(random.nextInt(edges.size()));
                Reservation got =
                        budget.reserve(edge, 1 + random.nextInt(10), random.nextLong(4_000), System.nanoTime());
                if (got != null) {
                    got.shrinkTo(got.bytes() / 2);
                    got.release();
                }
            }
        });

        assertThat(budget.peak()).isPositive().isLessThanOrEqualTo(budget.size());
        assertThat(budget.used()).isZero();
        assertThat(budget.holders()).isZero();
    }

    @Test
    void writes_counted_by_several_threads_never_exceed_the_cap_and_end_at_zero() throws Exception {
        ConcurrentWrites writes = new ConcurrentWrites();
        EdgeShare edge = new EdgeShare(new EdgeName("edge"));

        together(seed -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (writes.enter(edge, 3) instanceof ConcurrentWrites.Entry.Entered(int underWay)) {
                    assertThat(underWay).isBetween(1, 3);
                    assertThat(writes.current(edge)).isBetween(1, 3);
                    writes.leave(edge);
                }
            }
        });

        assertThat(writes.total()).isZero();
        assertThat(writes.current(edge)).isZero();
    }

    @Test
    void tokens_taken_by_several_threads_are_never_more_than_the_burst_and_all_come_back() throws Exception {
        Quota.Shared tenant = new Quota.Shared();
        Map<Limit, Rate> rates =
                Map.of(Limit.REQUESTS_PER_SECOND, new Rate(1, 4), Limit.SAMPLES_PER_SECOND, new Rate(1, 1_000));
        tenant.use(rates, 0);
        AtomicLong samples = new AtomicLong();
        AtomicLong requests = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        // Held meanwhile, so that some are refused even when the threads run one after the other.
        Spending held = new Spending(new Quota(tenant));
        assertThat(held.begin(0, 0)).isNull();
        assertThat(held.samples(500, 0)).isNull();

        together(seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            Quota quota = new Quota(tenant);
            for (int round = 0; round < ROUNDS; round++) {
                Spending spending = new Spending(quota);
                if (spending.begin(0, 0) != null) {
                    refused.incrementAndGet();
                    continue;
                }
                assertThat(requests.incrementAndGet()).isBetween(1L, 3L);
                long wanted = 1 + random.nextLong(600);
                if (spending.samples(wanted, 0) == null) {
                    assertThat(samples.addAndGet(wanted)).isBetween(1L, 500L);
                    samples.addAndGet(-wanted);
                } else {
                    refused.incrementAndGet();
                }
                requests.decrementAndGet();
                spending.undo(0);
            }
        });

        assertThat(refused).hasPositiveValue();
        held.undo(0);
        Spending all = new Spending(new Quota(tenant));
        assertThat(all.samples(1_000, 0)).isNull();
    }

    private interface Work {
        void run(long seed);
    }

    private static void together(Work work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (long seed = 0; seed < THREADS; seed++) {
                long mine = seed;
                all.add(() -> {
                    start.await();
                    work.run(mine);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(all)) {
                done.get();
            }
        }
    }
}
