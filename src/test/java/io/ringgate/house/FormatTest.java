package io.ringgate.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every source file is as the formatter would leave it. {@code mvn test -Dtest=FormatTest -Dformat.apply=true} rewrites
 * what is not.
 */
class FormatTest {

    private static final List<Path> SOURCES =
            List.of(Path.of("gateway/java"), Path.of("src/test/java"), Path.of("bench/java"));

    @Test
    void sources_are_formatted() throws Exception {
        boolean apply = Boolean.getBoolean("format.apply");
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        TreeSet<String> unformatted = new TreeSet<>();
        int seen = 0;
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    seen++;
                    String text = Files.readString(file);
                    String formatted = formatter.formatSource(RemoveUnusedImports.removeUnusedImports(
                            ImportOrderer.reorderImports(text, JavaFormatterOptions.Style.PALANTIR)));
                    if (!formatted.equals(text)) {
                        unformatted.add(file.toString());
                        if (apply) {
                            Files.writeString(file, formatted);
                        }
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(10);
        if (!apply) {
            assertThat(unformatted)
                    .as("run `mvn test -Dtest=FormatTest -Dformat.apply=true`")
                    .isEmpty();
        }
    }
}
