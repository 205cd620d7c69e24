package io.ringgate.limits.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.limits.RetryAfter;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A few senders that obey Retry-After, and 20 s in which nothing can be stored. Each has a batch for every second and sends
 * what waited one batch after the other, each of which takes 50 ms.
 */
class FewSendersTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long OUTAGE = 20 * SECOND;

    private final Agenda agenda = new Agenda();
    private final RetryAfter retryAfter = new RetryAfter();
    private final SplittableRandom random = new SplittableRandom(1);
    private long caughtUp;
    private int attempts;

    /** @param stored batches so far */
    private void write(long stored, int attempt) {
        attempts++;
        if (agenda.now() < OUTAGE) {
            long told = retryAfter.seconds(0, attempt, random, agenda.now()) * SECOND;
            agenda.in(told + random.nextLong(20 * MILLI), () -> write(stored, attempt + 1));
            return;
        }
        agenda.in(50 * MILLI, () -> {
            if ((stored + 1) * SECOND < agenda.now()) {
                write(stored + 1, 0);
            } else {
                caughtUp = Math.max(caughtUp, agenda.now());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void have_caught_up_within_5_seconds_of_recovery(int senders) {
        for (int i = 0; i < senders; i++) {
            agenda.in(random.nextLong(SECOND), () -> write(0, 0));
        }
        agenda.run(60 * SECOND);

        assertThat(caughtUp).isBetween(OUTAGE, OUTAGE + 5 * SECOND);
        assertThat(attempts).as("one a second of each while it lasts").isLessThan(senders * 50);
    }
}
