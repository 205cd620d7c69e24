package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.EdgeName;
import io.ringgate.limits.AdmissionQueue.Demand;
import io.ringgate.limits.AdmissionQueue.Reply;
import io.ringgate.limits.AdmissionQueue.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any edges, sizes and times, in time that is passed in: what must hold at each step, and that nobody is forgotten. */
class AdmissionQueuePropertiesTest {

    private static final long MILLI = 1_000_000L;
    private static final long SIZE = 1_000_000;
    private static final long WAIT = 3_000 * MILLI;

    /** Something that happens at a time. */
    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final MemoryBudget budget = new MemoryBudget(SIZE);
    private final ConcurrentWrites writes = new ConcurrentWrites();
    private final AdmissionQueue queue = new AdmissionQueue(budget, writes, 200);
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Integer, EdgeShare> edges = new HashMap<>();
    private final Map<EdgeShare, Long> stored = new HashMap<>();
    /** How long a client waits before it leaves without a word. */
    private LongSupplier patience = () -> Long.MAX_VALUE / 2;

    private long now = 1;
    private long order;
    private int underWay;
    private int expired;
    private long longestWait;

    private void at(long time, Runnable what) {
        events.add(new Event(time, order++, what));
    }

    /** Runs what happens until then, and looks at the queue a few times a second as the gateway does. */
    private void run(long until) {
        long tick = now;
        while (!events.isEmpty() && events.peek().at() <= until) {
            Event next = events.remove();
            while (tick + 250 * MILLI <= next.at()) {
                tick += 250 * MILLI;
                now = tick;
                queue.tick(now);
            }
            now = next.at();
            next.what().run();
            check();
        }
    }

    private void check() {
        assertThat(budget.used()).isBetween(0L, SIZE);
        assertThat(writes.total()).isEqualTo(underWay);
        assertThat(queue.waiting()).isBetween(0, 200);
        assertThat(queue.waiting() == 0).isEqualTo(queue.waitingBytes() == 0);
    }

    /** One write: asks, holds for a time once it is granted, gives a part back halfway, goes on to {@code then}. */
    private final class Write implements AdmissionQueue.Waiter {

        private final Demand demand;
        private final long holds;
        private final Runnable then;
        private final long asked = now;
        private final long leaves;

        private Write(Demand demand, long holds, Runnable then) {
            this.demand = demand;
            this.holds = holds;
            this.then = then;
            this.leaves = now + patience.getAsLong();
        }

        private void start() {
            switch (queue.ask(demand, this, now)) {
                case Grant grant -> granted(grant);
                case Reply.Waiting(Ticket ticket) ->
                    at(now + WAIT, () -> {
                        if (ticket.cancel(now)) {
                            expired++;
                            then.run();
                        }
                    });
                case Reply.Full full -> {
                    at(now + 100 * MILLI, then);
                }
            }
        }

        @Override
        public void granted(Grant grant) {
            underWay++;
            longestWait = Math.max(longestWait, now - asked);
            assertThat(now).as("nobody who has left is granted anything").isLessThan(leaves);
            assertThat(grant.underWay()).isBetween(1, (int) demand.mostWrites());
            at(now + holds / 2, () -> grant.shrinkTo(grant.bytes() / 3, now));
            at(now + holds, () -> {
                underWay--;
                grant.release(now);
                stored.merge(demand.edge(), demand.bytes(), Long::sum);
                then.run();
            });
        }

        @Override
        public boolean isConnected() {
            return now < leaves;
        }

        @Override
        public void disconnected() {
            at(now + 100 * MILLI, then);
        }

        @Override
        public void crowdedOut() {
            at(now + 100 * MILLI, then);
        }
    }

    private EdgeShare edge(int number) {
        return edges.computeIfAbsent(number, n -> new EdgeShare(new EdgeName("cluster-" + n)));
    }

    /** A sender that writes again as soon as its write is over. */
    private void sender(EdgeShare edge, int weight, long bytes, long holds, long until) {
        if (now < until) {
            new Write(new Demand(edge, weight, bytes, 50), holds, () -> sender(edge, weight, bytes, holds, until))
                    .start();
        }
    }

    /** Bytes that the edge got through. */
    private long stored(int edge) {
        return stored.getOrDefault(edge(edge), 0L);
    }

    private void isEmptyAtTheEnd() {
        run(Long.MAX_VALUE);
        assertThat(queue.waiting()).isZero();
        assertThat(queue.waitingBytes()).isZero();
        assertThat(budget.used()).isZero();
        assertThat(budget.holders()).isZero();
        assertThat(writes.total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void any_senders_keep_the_bounds_and_leave_nothing_behind(long seed) {
        Random random = new Random(seed);
        patience = () -> random.nextInt(8) == 0 ? random.nextInt(500) * MILLI : Long.MAX_VALUE / 2;
        int edges = 1 + random.nextInt(40);
        for (int i = 0; i < edges; i++) {
            EdgeShare edge = edge(i);
            int weight = 1 + random.nextInt(400);
            for (int sender = random.nextInt(12); sender >= 0; sender--) {
                long bytes = 1 + (long) (SIZE * 0.7 * Math.pow(random.nextDouble(), 4));
                long holds = (1 + random.nextInt(400)) * MILLI;
                at(now + random.nextInt(500) * MILLI, () -> sender(edge, weight, bytes, holds, 20_000 * MILLI));
            }
        }

        isEmptyAtTheEnd();
    }

    @Test
    void large_writes_do_not_starve_behind_small_ones() {
        for (int i = 0; i < 100; i++) {
            EdgeShare edge = edge(i);
            at(now + i * MILLI, () -> sender(edge, 100, 9_000, 40 * MILLI, 20_000 * MILLI));
        }
        sender(edge(100), 100, SIZE / 2, 40 * MILLI, 20_000 * MILLI);
        run(20_000 * MILLI);

        // One of its writes takes 40 ms and waits at most one second and until the writes under way have ended.
        assertThat(stored(100)).isGreaterThanOrEqualTo(15 * SIZE / 2);
        assertThat(expired).isZero();
        isEmptyAtTheEnd();
    }

    @Test
    void small_writes_of_a_quiet_edge_hardly_wait_behind_large_ones() {
        for (int i = 0; i < 64; i++) {
            EdgeShare edge = edge(i);
            at(now + i * MILLI, () -> sender(edge, 100, SIZE / 5, 30 * MILLI, 20_000 * MILLI));
        }
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            at((500 + i * 100) * MILLI, () -> {
                long asked = now;
                Write quiet =
                        new Write(new Demand(edge(100), 100, 500, 50), MILLI, () -> waits.add(now - asked - MILLI));
                quiet.start();
            });
        }
        run(20_000 * MILLI);

        assertThat(waits).hasSize(100);
        assertThat(waits.stream().sorted().toList().get(98)).isLessThanOrEqualTo(30 * MILLI);
        isEmptyAtTheEnd();
    }

    @Test
    void edges_that_wait_share_by_weight_however_many_senders_they_have() {
        for (int i = 0; i < 60; i++) {
            at(now + i * MILLI, () -> sender(edge(1), 100, SIZE / 20, 50 * MILLI, 30_000 * MILLI));
        }
        for (int i = 0; i < 10; i++) {
            at(now + i * MILLI, () -> sender(edge(2), 100, SIZE / 20, 50 * MILLI, 30_000 * MILLI));
        }
        for (int i = 0; i < 20; i++) {
            at(now + i * MILLI, () -> sender(edge(3), 200, SIZE / 20, 50 * MILLI, 30_000 * MILLI));
        }
        run(30_000 * MILLI);

        double one = stored(1);
        assertThat(stored(2) / one).isBetween(0.8, 1.25);
        assertThat(stored(3) / one).isBetween(1.6, 2.4);
        isEmptyAtTheEnd();
    }

    @Test
    void many_that_ask_at_once_on_many_threads_are_all_served() throws InterruptedException {
        int threads = 8;
        int each = 2_000;
        AtomicInteger served = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads * each);
        for (int t = 0; t < threads; t++) {
            EdgeShare edge = edge(t);
            Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < each; i++) {
                    Grant[] mine = new Grant[1];
                    CountDownLatch granted = new CountDownLatch(1);
                    AdmissionQueue.Waiter waiter = new AdmissionQueue.Waiter() {
                        @Override
                        public void granted(Grant grant) {
                            mine[0] = grant;
                            granted.countDown();
                        }

                        @Override
                        public boolean isConnected() {
                            return true;
                        }

                        @Override
                        public void disconnected() {
                            throw new IllegalStateException("nobody leaves");
                        }

                        @Override
                        public void crowdedOut() {
                            throw new IllegalStateException("there is room for all to wait");
                        }
                    };
                    Reply reply = queue.ask(new Demand(edge, 100, SIZE / 3, 50), waiter, 1);
                    if (reply instanceof Grant grant) {
                        waiter.granted(grant);
                    }
                    awaits(granted);
                    mine[0].release(1);
                    served.incrementAndGet();
                    done.countDown();
                }
            });
        }

        assertThat(done.await(60, TimeUnit.SECONDS))
                .as("%d served", served.get())
                .isTrue();
        assertThat(queue.waiting()).isZero();
        assertThat(budget.used()).isZero();
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
