package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.Policy;
import io.ringgate.config.Strictness;
import io.ringgate.hashring.HashringFile;
import io.ringgate.reject.Limit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/CONFIGURATION.md has every key that a reader asks for, with its type and default as they are in the code, an example
 * that its reader takes, and a meaning. {@code mvn test -Dtest=ConfigurationPageTest -Dconfiguration.apply=true} writes keys,
 * types and defaults into the page; meanings and examples are written there by hand.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs/CONFIGURATION.md");
    private static final String HEAD = "| key | type | default | example | meaning |";
    private static final String RULE = "|---|---|---|---|---|";

    /** The part of the page for each file. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("## ringgate.yaml", "ringgate.yaml");
        PARTS.put("## edges.yaml", "edges.yaml");
        PARTS.put("## Policy files: limits/_default.yaml and limits/TENANT.yaml", "_default.yaml");
        PARTS.put("## The limits file of Thanos", "thanos.yaml");
    }

    private static final String RATES_ALONE = """
            requests_per_second: 10
            samples_per_second: 10
            bytes_per_second: 1KiB
            """;

    /** What the page says of a key by hand. */
    private record Words(String example, String meaning) {
        static final Words NONE = new Words("", "");
    }

    private final KeyTable table = new KeyTable();

    @TempDir
    Path folder;

    /** The least configuration goes first, so that a default which follows another key is the usual one. */
    @BeforeEach
    void fill() throws IOException {
        load(new ConfigFixture(folder));
        for (String settings : List.of(FullConfig.SETTINGS, FullConfig.DNS, FullConfig.HASHRINGS)) {
            load(new ConfigFixture(folder).settings(settings));
        }
        for (String edges : List.of(FullConfig.EDGES, FullConfig.TLS_INTROSPECTION)) {
            load(new ConfigFixture(folder).edges(edges));
        }
        load(new ConfigFixture(folder).file("limits/_default.yaml", RATES_ALONE));
        load(new ConfigFixture(folder).file("limits/_default.yaml", FullConfig.POLICY));
        load(new ConfigFixture(folder).settings(FullConfig.THANOS_SETTINGS).file("thanos.yaml", FullConfig.THANOS));
    }

    @Test
    void the_page_has_every_key_with_its_type_and_default() throws IOException {
        String generated = generated();
        if (Boolean.getBoolean("configuration.apply")) {
            Files.writeString(PAGE, generated);
        }
        assertThat(Files.readString(PAGE))
                .as("run `mvn test -Dtest=ConfigurationPageTest -Dconfiguration.apply=true`")
                .isEqualTo(generated);
    }

    @Test
    void every_key_has_a_meaning_and_every_value_an_example_that_its_reader_takes() throws IOException {
        Map<String, Words> written = written();
        List<String> faults = new ArrayList<>();
        PARTS.forEach((part, file) -> shown(file).forEach(key -> {
            Words words = written.getOrDefault(part + key.path, Words.NONE);
            if (!words.meaning().endsWith(".")) {
                faults.add(file + " " + key.path + " has no meaning");
            }
            String fault = table.hasValue(key) ? exampleFault(key, words.example()) : null;
            if (fault != null) {
                faults.add(file + " " + key.path + ": " + words.example() + " " + fault);
            }
        }));
        assertThat(faults).isEmpty();
        assertThat(written).hasSizeGreaterThan(120);
    }

    private @Nullable String exampleFault(KeyTable.Key key, String example) {
        try {
            table.read(key, example.replaceAll("^`|`$", ""));
            return null;
        } catch (InvalidValue unfit) {
            return unfit.reason();
        }
    }

    /** They are said once, at the top. */
    @Test
    void the_limits_of_each_edge_are_the_keys_of_the_tenant() {
        Set<String> top = paths("").stream()
                .filter(path -> !path.matches("(per_edge|edges)(\\..*)?"))
                .collect(Collectors.toSet());

        assertThat(paths("per_edge.")).isEqualTo(top);
        assertThat(paths("edges.*.")).isEqualTo(top);
    }

    @Test
    void the_page_has_every_key_of_a_hashring_file_and_an_example_that_is_read() throws Exception {
        String page = Files.readString(PAGE);
        String part = page.substring(page.indexOf("## hashrings.json"), page.indexOf("## Password files"));
        String example = part.substring(part.indexOf("```json") + 7, part.lastIndexOf("```"));

        assertThat(Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
                        .matcher(part)
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(HashringFile.KEYS);
        HashringFile read = HashringFile.read(example.getBytes(StandardCharsets.UTF_8));
        assertThat(read.rings()).hasSize(2);
        assertThat(read.unknownKeys()).isEmpty();
    }

    private Set<String> paths(String prefix) {
        return table.keys("_default.yaml").keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<KeyTable.Key> shown(String file) {
        return table.keys(file).values().stream()
                .filter(key -> isShown(file, key.path))
                .toList();
    }

    private static boolean isShown(String file, String path) {
        return !file.equals("_default.yaml") || !path.matches("(per_edge|edges)\\..*");
    }

    /** The page with its tables made again, its headings, prose, meanings and examples kept. */
    private String generated() throws IOException {
        Map<String, Words> written = written();
        List<String> lines = new ArrayList<>();
        String part = "";
        Set<String> made = new TreeSet<>();
        List<String> page = Files.readAllLines(PAGE);
        for (int i = 0; i < page.size(); i++) {
            String line = page.get(i);
            if (line.startsWith("## ")) {
                missing(part, made, written, lines);
                part = line;
                made.clear();
            }
            if (!line.equals(HEAD) || !PARTS.containsKey(part)) {
                lines.add(line);
                continue;
            }
            String section = section(page, i);
            made.add(section);
            lines.addAll(rows(part, section, written));
            while (i + 1 < page.size() && page.get(i + 1).startsWith("|")) {
                i++;
            }
        }
        missing(part, made, written, lines);
        return String.join("\n", lines) + "\n";
    }

    /** Sections that the page does not have yet. */
    private void missing(String part, Set<String> made, Map<String, Words> written, List<String> lines) {
        String file = PARTS.get(part);
        if (file == null) {
            return;
        }
        for (String section : table.sections(file)) {
            if (!made.contains(section) && isShown(file, section + ".")) {
                if (!section.isEmpty()) {
                    lines.addAll(List.of("### `" + section + "`", ""));
                }
                lines.addAll(rows(part, section, written));
                lines.add("");
            }
        }
    }

    private List<String> rows(String part, String section, Map<String, Words> written) {
        String file = Objects.requireNonNull(PARTS.get(part));
        List<String> rows = new ArrayList<>(List.of(HEAD, RULE));
        for (KeyTable.Key key : table.keysOf(file, section)) {
            Words words = written.getOrDefault(part + key.path, Words.NONE);
            String fallback = fallback(file, key);
            rows.add("| `" + key.name + "` | " + table.type(file, key) + " | "
                    + (key.isRequired ? "required" : fallback == null ? "" : "`" + fallback + "`") + " | "
                    + words.example() + " | " + words.meaning() + " |");
        }
        return rows;
    }

    private static @Nullable String fallback(String file, KeyTable.Key key) {
        return file.equals("_default.yaml") ? ofPolicy(key) : key.fallback;
    }

    /** What holds where no policy file has the key. */
    @SuppressWarnings("unchecked")
    private static @Nullable String ofPolicy(KeyTable.Key key) {
        for (Limit limit : Limit.values()) {
            long most = Policy.DEFAULTS.mostOf(limit);
            if (limit.key().equals(key.path) && most != Policy.NO_LIMIT) {
                return ((ValueKind<Long>) Objects.requireNonNull(key.kind)).write(most);
            }
        }
        return switch (key.path) {
            case "on_limit" ->
                Policy.NONE.onLimitOf(Limit.SAMPLES_PER_SECOND).name().toLowerCase(Locale.ROOT);
            case "observe" -> String.valueOf(Policy.NONE.observes());
            case "delay_status" -> String.valueOf(Policy.NONE.delayStatusOrDefault());
            case "weight" -> String.valueOf(Policy.NONE.weightOrDefault());
            default -> null;
        };
    }

    private static Map<String, Words> written() throws IOException {
        Map<String, Words> written = new LinkedHashMap<>();
        List<String> page = Files.readAllLines(PAGE);
        String part = "";
        String section = "";
        for (int i = 0; i < page.size(); i++) {
            String line = page.get(i);
            part = line.startsWith("## ") ? line : part;
            section = line.equals(HEAD) ? section(page, i) : section;
            List<String> cells = List.of(line.split(" \\| ", -1));
            if (line.startsWith("| `") && cells.size() == 5 && PARTS.containsKey(part)) {
                String key = cells.getFirst().replaceAll("^\\| `|`$", "");
                written.put(
                        part + (section.isEmpty() ? key : section + "." + key),
                        new Words(cells.get(3), cells.get(4).replaceFirst(" ?\\|$", "")));
            }
        }
        return written;
    }

    /** The section of a table: of the heading above it, or the top of the file. */
    private static String section(List<String> page, int table) {
        for (int i = table; i >= 0; i--) {
            String line = page.get(i);
            if (line.startsWith("### `")) {
                return line.replaceAll("^### `|`$", "");
            }
            if (line.startsWith("## ")) {
                return "";
            }
        }
        return "";
    }

    private void load(ConfigFixture trial) throws IOException {
        trial.load(Strictness.LENIENT, table);
    }
}
