package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringgate.edge.EdgeName;
import io.ringgate.limits.ConcurrentWrites.Entry;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConcurrentWritesTest {

    private final EdgeShare A = new EdgeShare(new EdgeName("cluster-02-edge"));
    private final EdgeShare B = new EdgeShare(new EdgeName("cluster-03-edge"));

    @Test
    void an_edge_enters_up_to_its_cap_whatever_others_do() {
        ConcurrentWrites writes = new ConcurrentWrites();
        assertThat(writes.enter(A, 2)).isEqualTo(new Entry.Entered(1));
        assertThat(writes.enter(A, 2)).isEqualTo(new Entry.Entered(2));
        assertThat(writes.enter(B, 2)).isEqualTo(new Entry.Entered(1));

        assertThat(writes.enter(A, 2)).isInstanceOf(Entry.EdgeFull.class);
        assertThat(writes.current(A)).isEqualTo(2);
        assertThat(writes.total()).isEqualTo(3);
    }

    @Test
    void all_together_enter_up_to_their_cap_and_one_that_was_lowered_takes_nothing_away() {
        ConcurrentWrites writes = new ConcurrentWrites();
        writes.mostOfAll(2);
        assertThat(writes.enter(A, 9)).isEqualTo(new Entry.Entered(1));
        assertThat(writes.enter(B, 9)).isEqualTo(new Entry.Entered(1));
        assertThat(writes.enter(B, 9)).isInstanceOf(Entry.GatewayFull.class);
        assertThat(writes.enter(new EdgeShare(new EdgeName("c")), 9)).isInstanceOf(Entry.GatewayFull.class);
        assertThat(writes.current(A)).isEqualTo(1);
        assertThat(writes.current(B)).isEqualTo(1);

        writes.mostOfAll(1);
        assertThat(writes.total()).isEqualTo(2);
        writes.leave(A);
        assertThat(writes.enter(A, 9)).isInstanceOf(Entry.GatewayFull.class);
        writes.leave(B);
        assertThat(writes.enter(A, 9)).isEqualTo(new Entry.Entered(1));
    }

    @Test
    void leaving_makes_room() {
        ConcurrentWrites writes = new ConcurrentWrites();
        assertThat(writes.enter(A, 1)).isEqualTo(new Entry.Entered(1));
        writes.leave(A);

        assertThat(writes.enter(A, 1)).isEqualTo(new Entry.Entered(1));
    }

    @Test
    void leaving_twice_shows() {
        ConcurrentWrites writes = new ConcurrentWrites();
        assertThat(writes.enter(A, 1)).isEqualTo(new Entry.Entered(1));
        writes.leave(A);

        assertThatIllegalStateException().isThrownBy(() -> writes.leave(A));
    }

    @Test
    void any_sequence_counts_right_and_ends_empty() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int most = 1 + random.nextInt(5);
            ConcurrentWrites writes = new ConcurrentWrites();
            EdgeShare[] edges = {new EdgeShare(new EdgeName("a")), new EdgeShare(new EdgeName("b"))};
            int[] model = new int[2];
            for (int step = 0; step < 200; step++) {
                int i = random.nextInt(2);
                if (model[i] > 0 && random.nextBoolean()) {
                    writes.leave(edges[i]);
                    model[i]--;
                } else {
                    boolean room = model[i] < most;
                    model[i] += room ? 1 : 0;
                    assertThat(writes.enter(edges[i], most))
                            .as("seed %d", seed)
                            .isEqualTo(room ? new Entry.Entered(model[i]) : new Entry.EdgeFull());
                }
                assertThat(writes.current(edges[i])).as("seed %d", seed).isEqualTo(model[i]);
                assertThat(writes.total()).as("seed %d", seed).isEqualTo(model[0] + model[1]);
            }
            for (int i = 0; i < 2; i++) {
                for (; model[i] > 0; model[i]--) {
                    writes.leave(edges[i]);
                }
            }
            assertThat(writes.total()).as("seed %d", seed).isZero();
            for (EdgeShare edge : edges) {
                assertThat(writes.current(edge)).as("seed %d", seed).isZero();
            }
        }
    }
}
