package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.cli.SampleWrites;
import io.ringgate.edge.Edge;
import io.ringgate.forward.Outcome;
import io.ringgate.testing.Proto;
import io.ringgate.testing.TestEdges;
import io.ringgate.wire.WriteCodec;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Long stamps make of two megabytes, which an event loop codes, many times as much. */
    @ParameterizedTest(name = "refused = {0}")
    @ValueSource(booleans = {false, true})
    void what_long_stamps_took_is_not_kept_by_the_loop(boolean refused) {
        Rig roomy = new Rig(1 << 30);
        Edge edge = Rig.edge(true, "v".repeat(2_000));
        roomy.verdict = Future.succeededFuture(TestEdges.known(edge));
        Proto message = new Proto();
        for (int i = 0; i < 20_000; i++) {
            message.message(1, Proto.gauge("__name__", "m" + i));
        }
        if (refused) {
            message.message(4, new Proto());
        }
        byte[] body = message.packed();

        roomy.write(body);

        assertThat(roomy.outgoing).hasSize(refused ? 0 : 1);
        assertThat(roomy.keptByLoop()).isLessThanOrEqualTo(3L * WriteCodec.KEPT);
        if (!refused) {
            roomy.answered(new Outcome.Stored());
        }
        roomy.nothingIsHeld();
    }

    private double reserved() {
        return rig.budget.used() / MB;
    }
}
