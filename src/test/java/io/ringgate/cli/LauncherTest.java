package io.ringgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bin/ringgate gives to java, from the memory and the processors it is told of. */
class LauncherTest {

    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({"512, 320, 64", "1024, 640, 128", "4096, 2560, 512", "200, 125, 32", "65536, 40960, 8192"})
    void heap_and_direct_memory_are_shares_of_what_is_granted(long memory, String heap, String direct)
            throws Exception {
        List<String> flags = flags(Map.of("RINGGATE_MEMORY_BYTES", Long.toString(memory * MIB)));

        assertThat(flags)
                .contains(
                        "-Xmx" + heap + "m",
                        "-XX:MaxDirectMemorySize=" + direct + "m",
                        "-Dringgate.memory.bytes=" + memory * MIB);
    }

    @Test
    void the_default_budget_fits_twice_and_a_quarter_stays_for_the_rest() throws Exception {
        long seed = 512;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) {
            long memory = random.nextLong(512, 131_072) * MIB;
            List<String> flags = flags(Map.of("RINGGATE_MEMORY_BYTES", Long.toString(memory)));

            long heap = mebibytes(flags, "-Xmx");
            long direct = mebibytes(flags, "-XX:MaxDirectMemorySize=");
            long budget = Math.max(memory / 4, 128 * MIB);
            assertThat(heap).as("seed %d, memory %d", seed, memory).isGreaterThanOrEqualTo(2 * budget + 63 * MIB);
            assertThat(heap + direct).as("seed %d, memory %d", seed, memory).isLessThanOrEqualTo(memory / 4 * 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, -XX:+UseSerialGC", "2, -XX:+UseG1GC", "16, -XX:+UseG1GC"})
    void the_collector_follows_the_processors(String cpus, String collector) throws Exception {
        assertThat(flags(Map.of("RINGGATE_CPUS", cpus))).contains(collector);
    }

    @Test
    void a_collector_that_the_operator_chose_is_the_only_one() throws Exception {
        assertThat(flags(Map.of("JAVA_OPTS", "-XX:+UseParallelGC"))).noneMatch(flag -> flag.matches(".*Use.*GC"));
    }

    @Test
    void without_a_word_the_machine_decides() throws Exception {
        List<String> flags = flags(Map.of());

        assertThat(mebibytes(flags, "-Xmx")).isGreaterThan(100 * MIB);
    }

    @Test
    void a_wrong_figure_is_a_sentence() throws Exception {
        Process script = start(Map.of("RINGGATE_MEMORY_BYTES", "2g"));

        String said = new String(script.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(script.waitFor()).isEqualTo(1);
        assertThat(said).isEqualTo("ringgate: RINGGATE_MEMORY_BYTES must be a number of bytes.\n");
    }

    private static long mebibytes(List<String> flags, String name) {
        return flags.stream()
                .filter(flag -> flag.startsWith(name))
                .mapToLong(flag -> Long.parseLong(flag.substring(name.length(), flag.length() - 1)) * MIB)
                .sum();
    }

    private static List<String> flags(Map<String, String> environment) throws Exception {
        Process script = start(environment);
        List<String> flags = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(script.waitFor()).isZero();
        return flags;
    }

    private static Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder script = new ProcessBuilder("bin/ringgate", "--print-flags");
        script.environment().keySet().removeAll(List.of("RINGGATE_MEMORY_BYTES", "RINGGATE_CPUS", "JAVA_OPTS"));
        script.environment().putAll(environment);
        return script.start();
    }
}
