package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.RinggateProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the program itself: {@code ringgate run --log-format ... --log-level ...}. */
@Tag("launcher")
class LogFormatIT {

    private static final Pattern TEXT_LINE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (DEBUG|INFO |WARN |ERROR) [A-Za-z]\\S* .+");

    /** The last of the lines that a start writes. */
    private static final String STARTED = "admin";

    @TempDir
    private static Path folder;

    private static Path configuration() throws IOException {
        Path own = Files.createTempDirectory(folder, "run");
        Files.writeString(own.resolve("htpasswd"), "alpha:" + Md5Crypt.apr1Crypt("open sesame") + "\n");
        Files.writeString(
                own.resolve("edges.yaml"),
                "edges:\n  - {name: alpha, tenant: acme, credentials: [{basic: {user: alpha}}]}\n");
        return Files.writeString(own.resolve("ringgate.yaml"), """
                listeners: [{address: 127.0.0.1:0, unsafe_plaintext: true}]
                admin: {address: 127.0.0.1:0}
                drain: {keep_serving: 0s}
                receivers: {addresses: [127.0.0.1:9]}
                """);
    }

    private static RinggateProcess start(Path yaml, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--config", yaml.toString()));
        arguments.addAll(List.of(options));
        return RinggateProcess.start(folder, arguments.toArray(String[]::new));
    }

    /** What a run with a refused reload logs, from its start to its end. */
    private static String logged(String... options) throws Exception {
        Path yaml = configuration();
        try (RinggateProcess run = start(yaml, options)) {
            Eventually.becomes("it runs", () -> !run.isAlive() || run.err().contains(STARTED));
            Files.writeString(yaml.resolveSibling("edges.yaml"), "edges: nonsense\n");
            run.hangUp();
            Eventually.becomes("it refuses", () -> run.err().contains("SIGHUP"));
            run.terminate();
            assertThat(run.exitCode()).as(run.err()).isZero();
            return run.err();
        }
    }

    @Test
    void each_line_of_json_is_an_object_with_time_level_logger_and_message() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : logged("--log-format", "json").lines().toList()) {
            lines.add(mapper.readTree(line));
        }

        assertThat(lines).hasSizeGreaterThan(3).allSatisfy(line -> {
            assertThat(OffsetDateTime.parse(line.get("time").asText())).isNotNull();
            assertThat(line.get("level").asText()).isIn("info", "warn", "error");
            assertThat(line.get("logger").asText()).startsWith("io.ringgate.");
            assertThat(line.get("message").asText()).isNotEmpty();
        });
        assertThat(lines).anyMatch(line -> line.get("level").asText().equals("error"));
    }

    @Test
    void each_line_of_text_is_one_event() throws Exception {
        assertThat(logged().lines())
                .hasSizeGreaterThan(3)
                .allMatch(line -> TEXT_LINE.matcher(line).matches());
    }

    @Test
    void debug_says_more_of_ours_and_nothing_of_the_libraries_insides() throws Exception {
        String log = logged("--log-level", "debug", "--log-format", "JSON");

        assertThat(log).contains("\"level\":\"debug\"");
        assertThat(log.lines().filter(line -> line.contains("\"level\":\"debug\"")))
                .allMatch(line -> line.contains("\"logger\":\"io.ringgate."));
    }

    @Test
    void error_says_errors_only() throws Exception {
        Path yaml = configuration();
        try (RinggateProcess run = start(yaml, "--log-level", "error")) {
            Files.writeString(yaml.resolveSibling("edges.yaml"), "edges: nonsense\n");
            Eventually.becomes(
                    "it refuses the file at the start or at a reload",
                    () -> !run.isAlive() || run.err().contains(" ERROR "));

            assertThat(run.err()).doesNotContain(" INFO ").doesNotContain(" WARN ");
        }
    }

    @Test
    void an_unknown_format_or_level_is_a_usage_error() throws Exception {
        try (RinggateProcess run = start(configuration(), "--log-format", "xml")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("ringgate: Invalid value for option '--log-format': 'xml' is none of text, json.\n");
        }
        try (RinggateProcess run = start(configuration(), "--log-level", "loud")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("ringgate: Invalid value for option '--log-level': "
                            + "'loud' is none of debug, info, warn, error.\n");
        }
    }
}
