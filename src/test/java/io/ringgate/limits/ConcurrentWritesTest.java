package io.ringgate.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringgate.edge.EdgeName;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConcurrentWritesTest {

    private static final EdgeName A = new EdgeName("cluster-02-edge");
    private static final EdgeName B = new EdgeName("cluster-03-edge");

    @Test
    void an_edge_enters_up_to_its_cap_whatever_others_do() {
        ConcurrentWrites writes = new ConcurrentWrites(2);
        assertThat(writes.enter(A)).isTrue();
        assertThat(writes.enter(A)).isTrue();
        assertThat(writes.enter(B)).isTrue();

        assertThat(writes.enter(A)).isFalse();
        assertThat(writes.current(A)).isEqualTo(2);
        assertThat(writes.total()).isEqualTo(3);
    }

    @Test
    void leaving_makes_room() {
        ConcurrentWrites writes = new ConcurrentWrites(1);
        assertThat(writes.enter(A)).isTrue();
        writes.leave(A);

        assertThat(writes.enter(A)).isTrue();
    }

    @Test
    void leaving_twice_shows() {
        ConcurrentWrites writes = new ConcurrentWrites(1);
        assertThat(writes.enter(A)).isTrue();
        writes.leave(A);

        assertThatIllegalStateException().isThrownBy(() -> writes.leave(A));
    }

    @Test
    void any_sequence_counts_right_and_ends_empty() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int most = 1 + random.nextInt(5);
            ConcurrentWrites writes = new ConcurrentWrites(most);
            EdgeName[] edges = {A, B};
            int[] model = new int[2];
            for (int step = 0; step < 200; step++) {
                int i = random.nextInt(2);
                if (model[i] > 0 && random.nextBoolean()) {
                    writes.leave(edges[i]);
                    model[i]--;
                } else {
                    assertThat(writes.enter(edges[i])).as("seed %d", seed).isEqualTo(model[i] < most);
                    model[i] = Math.min(model[i] + 1, most);
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
            assertThat(writes.edges()).as("seed %d", seed).isZero();
        }
    }
}
