package io.ringgate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.AccessLogConfig;
import io.ringgate.http.AccessLogSink;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.testing.Await;
import io.ringgate.testing.FlatJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

    @TempDir
    private Path folder;

    private final PrometheusMetrics metrics = new PrometheusMetrics(() -> 0);
    private final ByteArrayOutputStream standard = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        metrics.close();
    }

    private AccessLog open(@Nullable Path file, OutputStream out) {
        return new AccessLog(to(file), () -> 0, new PrintStream(out, true, StandardCharsets.UTF_8), metrics);
    }

    private static AccessLogConfig to(@Nullable Path file) {
        return new AccessLogConfig(true, file, 1, Duration.ofSeconds(1));
    }

    private static List<String> ids(String text) {
        return text.lines()
                .map(line -> FlatJson.read(line).getOrDefault("request_id", "?"))
                .toList();
    }

    /** The ids in the file, once there are so many. */
    private static List<String> ids(Path file, int many) {
        Await.until(file + " has " + many + " lines", () -> Files.exists(file) && count(file) >= many);
        return ids(text(file));
    }

    private static long count(Path file) {
        return text(file).chars().filter(c -> c == '\n').count();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private double dropped() {
        return metrics.page()
                .lines()
                .filter(line -> line.startsWith("ringgate_access_log_dropped_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    @Test
    void what_was_taken_before_the_end_is_written_in_order() {
        AccessLog log = open(null, standard);
        log.append(AccessLineTest.stored("r-1"));
        log.append(AccessLineTest.stored("r-2"));

        log.close();

        assertThat(ids(standard.toString(StandardCharsets.UTF_8))).containsExactly("r-1", "r-2");
        assertThat(dropped()).isZero();
    }

    @Test
    void a_reader_that_stands_still_costs_lines_and_never_blocks() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (AccessLog log = open(null, stuckUntil(goOn))) {
            for (int i = 0; i < 2 * AccessLog.MOST_WAITING; i++) {
                log.append(AccessLineTest.stored("r-" + i));
            }
            double lost = dropped();
            goOn.countDown();

            assertThat(lost).isBetween(AccessLog.MOST_WAITING - 300.0, (double) AccessLog.MOST_WAITING);
        }
        assertThat(ids(standard.toString(StandardCharsets.UTF_8)))
                .hasSize(2 * AccessLog.MOST_WAITING - (int) dropped());
    }

    private OutputStream stuckUntil(CountDownLatch goOn) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                standard.write(bytes, from, length);
            }
        };
    }

    @Test
    void a_renamed_file_is_followed_by_a_new_one() throws IOException {
        Path file = folder.resolve("access.jsonl");
        Path old = folder.resolve("access.jsonl.1");
        try (AccessLog log = open(file, standard)) {
            log.append(AccessLineTest.stored("r-1"));
            ids(file, 1);
            Files.move(file, old);
            log.append(AccessLineTest.stored("r-2"));

            assertThat(ids(file, 1)).containsExactly("r-2");
            assertThat(ids(old, 1)).containsExactly("r-1");
        }
    }

    @Test
    void a_truncated_file_goes_on_from_its_beginning() throws IOException {
        Path file = folder.resolve("access.jsonl");
        try (AccessLog log = open(file, standard)) {
            log.append(AccessLineTest.stored("r-1"));
            ids(file, 1);
            Files.writeString(file, "");
            log.append(AccessLineTest.stored("r-2"));

            assertThat(ids(file, 1)).containsExactly("r-2");
        }
    }

    @Test
    void a_file_that_is_there_is_added_to() throws IOException {
        Path file = folder.resolve("access.jsonl");
        open(file, standard).close();
        try (AccessLog log = open(file, standard)) {
            log.append(AccessLineTest.stored("r-1"));
            ids(file, 1);
        }
        try (AccessLog log = open(file, standard)) {
            log.append(AccessLineTest.stored("r-2"));

            assertThat(ids(file, 2)).containsExactly("r-1", "r-2");
        }
    }

    @Test
    void lines_that_cannot_be_written_are_counted_and_the_next_ones_go_on() throws IOException {
        Path file = folder.resolve("later").resolve("access.jsonl");
        try (AccessLog log = open(file, standard)) {
            log.append(AccessLineTest.stored("r-1"));
            Await.until("the lost line is counted", () -> dropped() == 1);
            Files.createDirectory(file.getParent());
            log.append(AccessLineTest.stored("r-2"));

            assertThat(ids(file, 1)).containsExactly("r-2");
        }
    }

    @Test
    void a_new_configuration_moves_it_and_may_end_it() {
        Path file = folder.resolve("access.jsonl");
        try (AccessLog log = open(null, standard)) {
            log.configure(to(file));
            log.append(AccessLineTest.stored("r-1"));
            assertThat(ids(file, 1)).containsExactly("r-1");

            log.configure(new AccessLogConfig(false, null, 1, Duration.ofSeconds(1)));

            assertThat(log.rule()).isEqualTo(AccessLogSink.Rule.NOTHING);
        }
    }
}
