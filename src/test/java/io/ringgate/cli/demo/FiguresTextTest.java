package io.ringgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Figures as text. */
class FiguresTextTest {

    private static final Figures BEFORE = new Figures(
            1_000_000_000L, new TreeMap<>(Map.of("team-blue", 1_000L)), new TreeMap<>(), counts(0, 0, 0), 0, 0);
    private static final Figures NOW = new Figures(
            3_000_000_000L,
            new TreeMap<>(Map.of("default-tenant", 500L, "team-blue", 12_345L)),
            new TreeMap<>(Map.of("malformed", 2L, "wrong_credential", 3L)),
            counts(12_000, 845, 0),
            4_200_000,
            31_000_000);

    @Test
    void a_table_shows_totals_rates_and_what_a_refusal_means() {
        assertThat(String.join("\n", FiguresText.table(NOW, BEFORE))).isEqualTo("""
                accepted samples, by tenant                total    a second
                  default-tenant                             500         250
                  team-blue                               12,345       5,673

                refused writes, by reason                  total      status
                  malformed                                    2         400
                  wrong_credential                             3         401

                stand-in receivers                       samples      writes
                  stand-in receiver 1                     12,000          12
                  stand-in receiver 2                        845           0
                  stand-in receiver 3                          0           0

                a write takes its sender p50 4.2 ms, p99 31.0 ms""");
    }

    @Test
    void a_line_shows_the_same() {
        assertThat(FiguresText.line(NOW, BEFORE))
                .isEqualTo("  3 s  accepted samples default-tenant 500 (250/s), team-blue 12,345 (5,673/s)"
                        + " | refused writes malformed 2, wrong_credential 3"
                        + " | stand-in receivers counted 12,000 + 845 + 0"
                        + " | p50 4.2 ms p99 31.0 ms");
    }

    @Test
    void before_the_first_write_there_is_nothing_and_it_says_so() {
        Figures nothing = new Figures(0, Map.of(), Map.of(), counts(0, 0, 0), 0, 0);

        assertThat(FiguresText.line(nothing, nothing))
                .isEqualTo("  0 s  accepted samples none | refused writes none"
                        + " | stand-in receivers counted 0 + 0 + 0 | p50 - p99 -");
    }

    @Test
    void a_bad_write_stands_out() {
        Figures figures = new Figures(0, Map.of(), Map.of(), List.of(new DemoReceiver.Count(5, 1, 2)), 0, 0);

        assertThat(FiguresText.table(figures, figures)).anyMatch(line -> line.endsWith("5           1  2 BAD"));
        assertThat(FiguresText.line(figures, figures)).contains("5 and 2 BAD");
    }

    private static List<DemoReceiver.Count> counts(long first, long second, long third) {
        return List.of(
                new DemoReceiver.Count(first, first / 1_000, 0),
                new DemoReceiver.Count(second, second / 1_000, 0),
                new DemoReceiver.Count(third, third / 1_000, 0));
    }
}
