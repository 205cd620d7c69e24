package io.ringgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a demo is good, and what is said when it is not. */
class DemoResultTest {

    @Test
    void equal_numbers_are_good() {
        DemoResult verdict = DemoResult.on(figures(300, 300), 300, List.of(), List.of());

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.summary())
                .contains(
                        "  samples acknowledged to senders     300",
                        "  samples the stand-in receivers got  300",
                        "Nothing lost, nothing doubled, nothing malformed.");
    }

    @Test
    void what_others_wrote_by_hand_is_no_fault() {
        DemoResult verdict = DemoResult.on(figures(350, 350), 300, List.of(), List.of());

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.summary()).contains("  acknowledged to others who wrote    50");
    }

    @Test
    void acknowledged_and_not_received_is_a_fault() {
        DemoResult verdict = DemoResult.on(figures(300, 290), 300, List.of(), List.of());

        assertThat(verdict.faults()).containsExactly("Acknowledged and received samples differ by 10.");
        assertThat(verdict.summary()).contains("SOMETHING IS WRONG:");
    }

    @Test
    void received_twice_is_a_fault() {
        assertThat(DemoResult.on(figures(300, 310), 300, List.of(), List.of()).faults())
                .containsExactly("Acknowledged and received samples differ by 10.");
    }

    @Test
    void a_metrics_page_that_knows_less_than_the_senders_is_a_fault() {
        assertThat(DemoResult.on(figures(290, 300), 300, List.of(), List.of()).faults())
                .containsExactly(
                        "The gateway's metrics page shows 290 accepted samples, fewer than its senders were told.");
    }

    @Test
    void a_demo_in_which_nothing_was_stored_is_no_demo() {
        assertThat(DemoResult.on(figures(0, 0), 0, List.of(), List.of()).faults())
                .containsExactly("No write was stored.");
    }

    @Test
    void bad_writes_and_unexpected_answers_are_faults() {
        assertThat(DemoResult.on(figures(1, 1), 1, List.of("a got 500"), List.of("no tenant"))
                        .faults())
                .containsExactly("A stand-in receiver got a bad write: no tenant.", "Unexpected: a got 500");
    }

    private static Figures figures(long accepted, long received) {
        return new Figures(
                1_000_000_000L, Map.of("t", accepted), Map.of(), List.of(new DemoReceiver.Count(received, 1, 0)), 0, 0);
    }
}
