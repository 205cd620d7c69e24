package io.ringgate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Network;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AttemptLimiterTest {

    private static final Network HERE = network("10.0.0.1");
    private static final Network THERE = network("10.0.0.2");
    private static final long TEN_SECONDS = 10_000_000_000L;

    private final AttemptLimiter attempts = new AttemptLimiter(10, TEN_SECONDS);
    private long now = Long.MAX_VALUE - TEN_SECONDS;

    private static Network network(String text) {
        return Objects.requireNonNull(Network.parse(text));
    }

    private int taken(Network source, String name) {
        int taken = 0;
        while (attempts.tryTake(source, name, now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void ten_at_once_and_one_more_each_ten_seconds() {
        assertThat(taken(HERE, "berlin")).isEqualTo(10);
        now += TEN_SECONDS - 1;
        assertThat(taken(HERE, "berlin")).isZero();
        now += 1;
        assertThat(taken(HERE, "berlin")).isEqualTo(1);
        now += 1_000 * TEN_SECONDS;
        assertThat(taken(HERE, "berlin")).isEqualTo(10);
    }

    @Test
    void neither_another_source_nor_another_name_is_touched() {
        taken(HERE, "berlin");

        assertThat(taken(THERE, "berlin")).isEqualTo(10);
        assertThat(taken(HERE, "seoul")).isEqualTo(10);
    }

    @Test
    void what_did_not_fail_is_given_back() {
        taken(HERE, "berlin");
        attempts.giveBack(HERE, "berlin");

        assertThat(taken(HERE, "berlin")).isEqualTo(1);
    }

    @Test
    void the_table_is_bounded_and_empties_itself() {
        for (int i = 0; i < 3 * AttemptLimiter.MAX_ENTRIES; i++) {
            attempts.tryTake(HERE, "name" + i, now);
            assertThat(attempts.size()).isLessThanOrEqualTo(AttemptLimiter.MAX_ENTRIES);
        }
        now += 10 * TEN_SECONDS;
        attempts.tryTake(HERE, "berlin", now);

        assertThat(attempts.size()).isEqualTo(1);
    }
}
