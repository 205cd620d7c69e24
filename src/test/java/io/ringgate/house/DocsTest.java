package io.ringgate.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents that name code name code that is there. */
class DocsTest {

    private static final Pattern CLASS_IN_CODE = Pattern.compile("`((?:[a-z]+\\.)+)([A-Z]\\w+)[.\\w]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern LAYER_ROW = Pattern.compile("\\| (\\d) \\| \\*?`([a-z]+)`\\*? \\|.*");

    @Test
    void a_class_that_a_document_names_is_there() throws IOException {
        TreeSet<String> missing = new TreeSet<>();
        int named = 0;
        for (Path document : documents()) {
            Matcher found = CLASS_IN_CODE.matcher(Files.readString(document));
            while (found.find()) {
                named++;
                String file = found.group(1).replace('.', '/') + found.group(2) + ".java";
                if (!Files.exists(Path.of("gateway/java/io/ringgate", file))
                        && !Files.exists(Path.of("src/test/java/io/ringgate", file))) {
                    missing.add(document + ": " + found.group());
                }
            }
        }
        assertThat(named).isGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    @Test
    void a_link_leads_to_a_file() throws IOException {
        TreeSet<String> broken = new TreeSet<>();
        for (Path document : documents()) {
            Matcher found = LINK.matcher(Files.readString(document));
            while (found.find()) {
                if (!Files.exists(document.resolveSibling(found.group(1)))) {
                    broken.add(document + ": " + found.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void the_layer_table_is_the_one_that_is_held() throws IOException {
        Map<String, Integer> written = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/ARCHITECTURE.md"))) {
            Matcher row = LAYER_ROW.matcher(line);
            if (row.matches()) {
                written.put(row.group(2), Integer.valueOf(row.group(1)));
            }
        }
        assertThat(written).isEqualTo(new TreeMap<>(LayersTest.LAYER));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            docs,
                            Stream.of(
                                    Path.of("README.md"),
                                    Path.of("CHANGELOG.md"),
                                    Path.of("bench/README.md"),
                                    Path.of("certs/README.md")))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
