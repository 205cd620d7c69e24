package io.ringgate.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents name code that is there, link to pages and sections that are there, and can be read in a terminal. */
class DocsTest {

    private static final Path OPERATIONS = Path.of("docs/operations");
    private static final int COLUMNS = 120;
    private static final int LINES_OF_A_PAGE = 250;

    private static final Pattern CLASS_IN_CODE = Pattern.compile("`((?:[a-z]+\\.)+)([A-Z]\\w+)[.\\w]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]*)(?:#([^)]*))?\\)");
    private static final Pattern NAMED_PAGE = Pattern.compile("docs/operations/[a-z]+\\.md");
    private static final Pattern NAMED_SECTION =
            Pattern.compile("(docs/operations/[a-z]+\\.md), ([A-Z][^.)]*?(?:[0-9]\\.[0-9]+)?)(?=[.)\"\n]|$)");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
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
    void a_link_leads_to_a_file_and_to_a_section_of_it() throws IOException {
        TreeSet<String> broken = new TreeSet<>();
        int sections = 0;
        for (Path document : documents()) {
            Matcher found = LINK.matcher(Files.readString(document));
            while (found.find()) {
                Path target = found.group(1).isEmpty() ? document : document.resolveSibling(found.group(1));
                String section = found.group(2);
                sections += section == null ? 0 : 1;
                if (!Files.exists(target)
                        || (section != null && !anchors(target).contains(section))) {
                    broken.add(document + ": " + found.group());
                }
            }
        }
        assertThat(sections).isGreaterThan(20);
        assertThat(broken).isEmpty();
    }

    /** Alerts, samples, messages of programs: "docs/operations/reload.md, Changes that wait". */
    @Test
    void a_page_for_operators_that_anything_names_is_there_with_its_section() throws IOException {
        TreeSet<String> broken = new TreeSet<>();
        int named = 0;
        for (Path file : namingPages()) {
            String text = Files.readString(file);
            for (String page :
                    NAMED_PAGE.matcher(text).results().map(m -> m.group()).toList()) {
                named++;
                if (!Files.exists(Path.of(page))) {
                    broken.add(file + ": " + page);
                }
            }
            Matcher section = NAMED_SECTION.matcher(text);
            while (section.find()) {
                if (!anchors(Path.of(section.group(1))).contains(anchor(section.group(2)))) {
                    broken.add(file + ": " + section.group());
                }
            }
        }
        assertThat(named).isGreaterThan(20);
        assertThat(broken).isEmpty();
    }

    @Test
    void a_page_for_operators_is_short() throws IOException {
        try (Stream<Path> pages = Files.list(OPERATIONS)) {
            assertThat(pages)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(page ->
                            assertThat(Files.readAllLines(page)).as("%s", page).hasSizeLessThan(LINES_OF_A_PAGE));
        }
    }

    @Test
    void the_first_page_for_operators_names_all_others() throws IOException {
        String index = Files.readString(OPERATIONS.resolve("README.md"));
        try (Stream<Path> pages = Files.list(OPERATIONS)) {
            assertThat(pages.map(page -> page.getFileName().toString()).filter(page -> !page.equals("README.md")))
                    .allSatisfy(page -> assertThat(index).contains("| [" + page + "](" + page + ") |"));
        }
    }

    @Test
    void the_first_page_for_operators_names_every_alert() throws IOException {
        String index = Files.readString(OPERATIONS.resolve("README.md"));
        TreeSet<String> missing = new TreeSet<>();
        int alerts = 0;
        for (Path file : files(Path.of("k8s/base/monitoring"), "-alerts.yaml")) {
            for (MatchResult alert :
                    ALERT.matcher(Files.readString(file)).results().toList()) {
                alerts++;
                if (!Pattern.compile("\\b" + alert.group(1) + "\\b")
                        .matcher(index)
                        .find()) {
                    missing.add(alert.group(1));
                }
            }
        }
        assertThat(alerts).isGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    /** Rows of tables and lines of code cannot be broken and are exempt; a heading, a list and prose are not. */
    @Test
    void prose_has_at_most_120_columns() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path document : documents()) {
            boolean fenced = false;
            int number = 0;
            for (String line : Files.readAllLines(document)) {
                number++;
                fenced ^= line.startsWith("```");
                boolean exempt = fenced || line.startsWith("|") || line.startsWith("    ");
                if (!exempt && line.codePointCount(0, line.length()) > COLUMNS) {
                    wide.add(document + ":" + number);
                }
            }
        }
        assertThat(wide).isEmpty();
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
        List<Path> all = new ArrayList<>(List.of(
                Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of("bench/README.md"), Path.of("certs/README.md")));
        for (Path folder : List.of(Path.of("docs"), Path.of("k8s"))) {
            all.addAll(files(folder, ".md"));
        }
        return all;
    }

    private static List<Path> namingPages() throws IOException {
        List<Path> all = new ArrayList<>(documents());
        for (Path folder : List.of(Path.of("k8s"), Path.of("config"))) {
            all.addAll(files(folder, ".yaml"));
        }
        for (Path folder : List.of(Path.of("gateway/java"), Path.of("src/test/java"))) {
            all.addAll(files(folder, ".java"));
        }
        return all;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    /** The sections of a page as links name them. */
    private static Set<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> anchor(line.replaceFirst("#+ ", "")))
                .collect(Collectors.toSet());
    }

    /** As GitHub makes it of a heading: small letters, a dash for a blank, punctuation left out. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
