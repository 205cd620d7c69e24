package io.ringgate.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.metrics.Descriptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names of metrics and their help have the form that Prometheus advises. */
class MetricNamesTest {

    private static final Pattern USE = Pattern.compile("\\b(counter|timer|gauge)\\(\\s*\"(ringgate_[a-z0-9_]*)\"");

    /** The last word of a name, and what the help must say for it. */
    private static final Map<String, Pattern> UNITS = Map.of(
            "seconds", Pattern.compile("(?i).*\\bseconds\\b.*"),
            "bytes", Pattern.compile("(?i).*\\bbytes\\b.*"),
            "days", Pattern.compile("(?i).*\\bdays\\b.*"),
            "ratio", Pattern.compile("(?i).*\\bshare\\b.*"));

    private static Map<String, String> kinds() throws IOException {
        Map<String, String> kinds = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("gateway/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher use = USE.matcher(Files.readString(file));
                while (use.find()) {
                    assertThat(kinds.merge(use.group(2), use.group(1), (old, now) -> old.equals(now) ? old : "both"))
                            .as(use.group(2))
                            .isEqualTo(use.group(1));
                }
            }
        }
        return kinds;
    }

    @Test
    void counters_end_in_total_timers_in_seconds_and_gauges_in_neither_total() throws IOException {
        Map<String, String> kinds = kinds();

        assertThat(kinds).hasSizeGreaterThan(50).allSatisfy((name, kind) -> {
            assertThat(name).matches("ringgate(_[a-z0-9]+)+");
            switch (kind) {
                case "counter" -> assertThat(name).endsWith("_total");
                case "timer" -> assertThat(name).endsWith("_seconds");
                default -> assertThat(name).doesNotEndWith("_total");
            }
        });
    }

    @Test
    void help_is_one_clause_of_at_most_120_characters_that_begins_with_a_noun() {
        assertThat(Descriptions.all())
                .allSatisfy((name, help) -> assertThat(help)
                        .as(name)
                        .hasSizeLessThanOrEqualTo(120)
                        .matches("[A-Z][A-Za-z0-9_ ,:'-]+\\.")
                        .doesNotMatch("(Is|Are|Has|How|What|When|The|By|A|An|Of|While) .*")
                        .doesNotContain(" we ", " us "));
    }

    @Test
    void help_says_the_unit_of_the_name() {
        Descriptions.all().forEach((name, help) -> {
            String base = name.replaceFirst("_total$", "");
            Pattern unit = UNITS.get(base.substring(base.lastIndexOf('_') + 1));
            if (unit != null) {
                assertThat(help).as(name).matches(unit);
            }
        });
    }
}
