package io.ringgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void counters_are_summed_by_a_label() {
        MetricsPage page = MetricsPage.parse("""
                # HELP refused_total
                # TYPE refused_total counter
                refused_total{reason="malformed",tenant="a"} 2.0
                refused_total{reason="malformed",tenant="b"} 1.0
                refused_total{reason="odd \\"one\\", here",tenant=""} 1.0E3
                refused_total{reason="never",tenant=""} 0.0
                other_total{reason="malformed"} 7.0
                plain 1.0
                """);

        assertThat(page.by("reason", "refused_total"))
                .isEqualTo(Map.of("malformed", 3L, "odd \\\"one\\\", here", 1_000L));
    }

    @Test
    void nothing_is_found_on_an_empty_page() {
        assertThat(MetricsPage.parse("").by("reason", "refused_total")).isEmpty();
    }
}
