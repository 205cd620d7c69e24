package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.cli.SampleWrites;
import io.ringgate.forward.Outcome;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a write of 20,000 series holds of the budget at each stage. docs/ARCHITECTURE.md has these figures. */
class ReservedMemoryTest {

    private static final SampleWrites.Body LARGE = SampleWrites.body(20_000, 12, 1, new SplittableRandom(1));
    private static final double MB = 1e6;

    private final Rig rig = new Rig(64 << 20, true);

    @Test
    void a_large_write_holds_less_at_each_stage() {
        Write write = rig.begin(Rig.head(LARGE.packed().length));
        assertThat(reserved()).as("before its body").isZero();

        Rig.feed(write, Arrays.copyOf(LARGE.packed(), BodyPreface.LENGTH));
        assertThat(reserved()).as("granted").isBetween(17.0, 19.0);

        Rig.feed(write, Arrays.copyOfRange(LARGE.packed(), BodyPreface.LENGTH, LARGE.packed().length));
        write.bodyEnded();
        assertThat(reserved()).as("waiting for the codec").isBetween(17.0, 19.0);

        rig.runJobs();
        assertThat(reserved()).as("its series are counted").isBetween(15.0, 17.0);

        rig.runLoop();
        assertThat(reserved()).as("on its way").isBetween(0.5, 1.0);

        rig.answered(new Outcome.Stored());
        rig.nothingIsHeld();
    }

    @Test
    void a_usual_write_holds_what_came_and_the_most_that_is_sent_on() {
        byte[] usual = SampleWrites.body(2_000, 12, 1, new SplittableRandom(1)).packed();
        Write write = rig.begin(Rig.head(usual.length));

        Rig.feed(write, usual);
        assertThat(reserved()).as("granted").isBetween(2.0, 3.0);

        write.bodyEnded();
        assertThat(reserved()).as("on its way").isBetween(0.05, 0.1);

        rig.answered(new Outcome.Stored());
        rig.nothingIsHeld();
    }

    private double reserved() {
        return rig.budget.used() / MB;
    }
}
