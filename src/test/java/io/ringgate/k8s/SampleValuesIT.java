package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** "Edit these before the first apply" in k8s/README.md has every sample value with every file that it stands in, and no other. */
@Tag("k8s")
class SampleValuesIT {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| (`[^|]+) \\| [^|]+ \\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Values that a site's own site.yaml takes the place of. */
    private static final Map<String, Set<String>> REPLACED = Map.of(
            "base/receivers/statefulset.yaml",
            Set.of("10Gi"),
            "components/letsencrypt/issuer.yaml",
            Set.of("platform@example.com", "ns1.example.com:53"));

    @Test
    void the_table_has_every_sample_value() throws IOException {
        Map<String, Set<String>> expected = SampleValues.all();
        REPLACED.forEach((file, values) -> {
            Set<String> there = expected.getOrDefault(file, Set.of());
            assertThat(there).containsAll(values);
            there.removeAll(values);
        });
        expected.values().removeIf(Set::isEmpty);

        assertThat(table()).isEqualTo(expected);
    }

    private static Map<String, Set<String>> table() throws IOException {
        String readme = Files.readString(Kustomize.FILES.resolve("README.md"));
        String section = readme.substring(readme.indexOf("## Edit these before the first apply"));
        Map<String, Set<String>> table = new TreeMap<>();
        ROW.matcher(section.substring(0, section.indexOf("\n## "))).results().forEach(row -> {
            for (String file : codes(row.group(2))) {
                table.computeIfAbsent(file, name -> new TreeSet<>()).addAll(codes(row.group(1)));
            }
        });
        return table;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }
}
