package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.EdgeName;
import io.ringgate.limits.AdmissionQueue.Demand;
import io.ringgate.limits.AdmissionQueue.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionQueueTest {

    private final EdgeShare A = new EdgeShare(new EdgeName("cluster-02-edge"));
    private final EdgeShare B = new EdgeShare(new EdgeName("cluster-03-edge"));
    private final EdgeShare C = new EdgeShare(new EdgeName("cluster-04-edge"));
    private final EdgeShare D = new EdgeShare(new EdgeName("cluster-05-edge"));

    private static final long MILLI = 1_000_000L;

    private final MemoryBudget budget = new MemoryBudget(100);
    private final ConcurrentWrites writes = new ConcurrentWrites();
    private final AdmissionQueue queue = new AdmissionQueue(budget, writes, 8);
    private final List<String> told = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    private final List<Grant> held = new ArrayList<>();
    private long now = 1_000;

    private final class Write implements AdmissionQueue.Waiter {

        private final String name;
        private Reply reply;

        private Write(String name, EdgeShare edge, int weight, long bytes, long mostWrites) {
            this.name = name;
            this.reply = queue.ask(new Demand(edge, weight, bytes, mostWrites), this, now);
            if (reply instanceof Grant grant) {
                granted(grant);
            }
        }

        private boolean waits() {
            return reply instanceof Reply.Waiting && !told.contains(name) && !told.contains("-" + name);
        }

        private boolean cancel() {
            return ((Reply.Waiting) reply).ticket().cancel(now);
        }

        private void end() {
            Grant mine = (Grant) reply;
            held.remove(mine);
            mine.release(now);
        }

        @Override
        public void granted(Grant grant) {
            told.add(name);
            held.add(grant);
            reply = grant;
        }

        @Override
        public boolean isConnected() {
            return !gone.contains(name);
        }

        @Override
        public void disconnected() {
            told.add("gone " + name);
        }

        @Override
        public void crowdedOut() {
            told.add("-" + name);
        }
    }

    private Write write(String name, EdgeShare edge, long bytes) {
        return new Write(name, edge, 100, bytes, 500);
    }

    @AfterEach
    void everything_comes_back() {
        while (!held.isEmpty()) {
            held.removeFirst().release(now);
        }
        assertThat(queue.waiting()).isZero();
        assertThat(queue.waitingBytes()).isZero();
        assertThat(budget.used()).isZero();
        assertThat(writes.total()).isZero();
    }

    @Test
    void what_fits_is_granted_at_once() {
        Write first = write("first", A, 60);

        assertThat(first.waits()).isFalse();
        assertThat(budget.used()).isEqualTo(60);
        assertThat(writes.current(A)).isEqualTo(1);
    }

    @Test
    void what_does_not_fit_waits_and_holds_nothing() {
        Write first = write("first", A, 60);
        Write second = write("second", B, 50);

        assertThat(second.waits()).isTrue();
        assertThat(queue.waitingBytes()).isEqualTo(50);
        assertThat(budget.used()).isEqualTo(60);
        assertThat(writes.total()).isEqualTo(1);

        first.end();

        assertThat(told).containsExactly("first", "second");
        assertThat(budget.used()).isEqualTo(50);
        second.end();
    }

    @Test
    void memory_that_a_write_gives_back_before_its_end_is_granted() {
        Write first = write("first", A, 60);
        Write second = write("second", B, 50);
        ((Grant) first.reply).shrinkTo(10, now);

        assertThat(second.waits()).isFalse();
    }

    @Test
    void an_edge_with_as_many_writes_as_it_may_have_waits_for_its_own() {
        Write first = new Write("first", A, 100, 1, 1);
        Write second = new Write("second", A, 100, 1, 1);
        Write other = write("other", B, 1);

        assertThat(second.waits()).isTrue();
        assertThat(other.waits()).isFalse();

        first.end();

        assertThat(second.waits()).isFalse();
    }

    @Test
    void when_all_edges_together_have_as_many_as_they_may_the_next_place_goes_to_who_waits() {
        writes.mostOfAll(1);
        Write first = write("first", A, 1);
        Write second = write("second", B, 1);

        assertThat(second.waits()).isTrue();
        assertThat(budget.used()).isEqualTo(1);

        first.end();

        assertThat(second.waits()).isFalse();
    }

    @Test
    void the_edge_that_holds_less_for_its_weight_comes_first() {
        writes.mostOfAll(3);
        write("a", A, 10);
        new Write("b", B, 300, 20, 500);
        Write c = write("c", C, 1);
        write("a2", A, 10);
        new Write("b2", B, 300, 10, 500);

        c.end();

        assertThat(told).containsExactly("a", "b", "c", "b2");
    }

    @Test
    void of_edges_that_hold_nothing_the_one_that_came_first_is_first() {
        Write a = write("a", A, 50);
        Write also = write("also", D, 30);
        write("c", C, 45);
        write("b", B, 45);
        a.end();

        assertThat(told).containsExactly("a", "also", "c");

        also.end();

        assertThat(told).containsExactly("a", "also", "c", "b");
    }

    @Test
    void writes_of_one_edge_are_granted_in_the_order_they_came() {
        Write a = write("a", A, 60);
        write("b1", B, 45);
        write("b2", B, 1);

        assertThat(told).containsExactly("a");

        a.end();

        assertThat(told).containsExactly("a", "b1", "b2");
    }

    @Test
    void a_write_that_fits_overtakes_one_that_does_not() {
        write("a", A, 70);
        Write large = write("large", B, 45);
        Write small = write("small", C, 2);

        assertThat(large.waits()).isTrue();
        assertThat(small.waits()).isFalse();
    }

    @Test
    void nobody_overtakes_the_first_for_more_than_a_second() {
        Write a = write("a", A, 70);
        write("large", B, 45);
        write("small1", C, 2).end();
        now += AdmissionQueue.OVERTAKEN_NANOS - 1;
        write("small2", C, 2).end();
        now += 1;
        Write late = write("small3", C, 2);

        assertThat(late.waits()).isTrue();

        a.end();

        assertThat(told).containsExactly("a", "small1", "small2", "large", "small3");
    }

    @Test
    void who_waits_for_its_own_edge_stops_nobody() {
        Write a = write("a", A, 40);
        write("b", B, 1);
        Write more = write("more", A, 11);
        write("small1", C, 1).end();
        now += 2 * AdmissionQueue.OVERTAKEN_NANOS;

        assertThat(write("small2", C, 1).waits()).isFalse();
        assertThat(more.waits()).isTrue();

        a.end();

        assertThat(more.waits()).isFalse();
    }

    @Test
    void who_wants_more_than_half_stops_nobody() {
        write("a", A, 60);
        Write huge = write("huge", B, 51);
        write("small1", C, 1).end();
        now += 2 * AdmissionQueue.OVERTAKEN_NANOS;

        assertThat(write("small2", C, 1).waits()).isFalse();
        assertThat(huge.cancel()).isTrue();
    }

    @Test
    void who_has_gone_is_granted_nothing_and_makes_room_for_the_next() {
        Write a = write("a", A, 70);
        Write large = write("large", B, 45);
        write("small1", C, 2).end();
        now += AdmissionQueue.OVERTAKEN_NANOS;
        Write small = write("small2", C, 2);

        assertThat(large.cancel()).isTrue();
        assertThat(large.cancel()).isFalse();

        assertThat(small.waits()).isFalse();
        a.end();
        assertThat(told).doesNotContain("large");
    }

    @Test
    void who_is_found_disconnected_is_granted_nothing_and_makes_room_for_the_next() {
        Write a = write("a", A, 70);
        Write large = write("large", B, 45);
        write("small1", C, 2).end();
        now += AdmissionQueue.OVERTAKEN_NANOS;
        write("small2", C, 2);
        gone.add("large");

        a.end();

        assertThat(told).containsExactly("a", "small1", "gone large", "small2");
        assertThat(budget.peak()).isEqualTo(72);
        assertThat(large.cancel()).isFalse();
    }

    @Test
    void a_granted_write_cannot_be_cancelled() {
        Write a = write("a", A, 60);
        Write b = write("b", B, 50);
        Reply waited = b.reply;
        a.end();

        assertThat(((Reply.Waiting) waited).ticket().cancel(now)).isFalse();
    }

    @Test
    void time_alone_may_entitle_somebody() {
        Write a = write("a", A, 60);
        Write b = write("b", B, 45);
        assertThat(b.cancel()).isTrue();
        a.end();
        Write large = write("large", A, 80);

        assertThat(large.waits()).isTrue();

        now += 61_000 * MILLI;
        queue.tick(now);

        assertThat(large.waits()).isFalse();
    }

    @Test
    void when_too_many_wait_an_edge_with_most_of_them_is_refused() {
        Write a = write("a", A, 70);
        List<Write> many = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            many.add(write("b" + i, B, 50));
        }

        assertThat(write("b8", B, 50).reply).isInstanceOf(Reply.Full.class);

        Write newcomer = write("c", C, 50);

        assertThat(newcomer.waits()).isTrue();
        assertThat(told).containsExactly("a", "-b7");
        assertThat(queue.waiting(B)).isEqualTo(7);
        assertThat(many.get(7).cancel()).isFalse();
        a.end();
        many.getFirst().end();
        newcomer.end();
        many.subList(1, 7).forEach(write -> {
            if (write.waits()) {
                write.cancel();
            }
        });
    }
}
