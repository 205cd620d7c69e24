package io.ringgate.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.metrics.Descriptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every metric that the code names is described and documented, and nothing else is. Names are found in the sources, as
 * texts that begin with {@code ringgate_}: a name that is put together from pieces fails here too.
 */
class MetricsTableTest {

    private static final Path SOURCES = Path.of("gateway/java/io/ringgate");
    private static final Pattern NAME = Pattern.compile("\"(ringgate_[a-z0-9_]*)\"");
    private static final Pattern ROW = Pattern.compile("\\| `(ringgate_[a-z0-9_]+)` \\|.*");

    @Test
    void a_metric_in_the_code_is_described() throws IOException {
        assertThat(named()).hasSizeGreaterThan(20).isEqualTo(described());
    }

    @Test
    void a_metric_is_a_row_in_the_operators_table() throws IOException {
        assertThat(documented()).isEqualTo(described());
    }

    @Test
    void a_description_is_one_sentence() {
        assertThat(Descriptions.all())
                .allSatisfy((name, help) -> assertThat(help).as(name).matches("[A-Z][^\\\\]{14,200}\\."));
    }

    private static Set<String> described() {
        return new TreeSet<>(Descriptions.all().keySet());
    }

    private static Set<String> documented() throws IOException {
        Set<String> rows = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("docs/operations/metrics.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(rows.add(row.group(1))).as("%s once", row.group(1)).isTrue();
            }
        }
        return rows;
    }

    /** Only {@code cli} reads metrics by name instead of counting. */
    private static Set<String> named() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !f.startsWith(SOURCES.resolve("cli")))
                    .toList()) {
                Matcher found = NAME.matcher(Files.readString(file));
                while (found.find()) {
                    names.add(found.group(1));
                }
            }
        }
        return names;
    }
}
