package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.Timeouts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsTest {

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        assertThat(new ConfigFixture(folder).taken().timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2)));
    }

    @Test
    void every_key() throws IOException, ReflectiveOperationException {
        Timeouts timeouts = FullConfigTest.load(folder).settings().timeouts();

        assertThat(timeouts)
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(11),
                        Duration.ofSeconds(13),
                        Duration.ofSeconds(12),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(9),
                        Duration.ofMillis(1500)));
        ConfigFixture.assertNothingIsDefault(
                timeouts, new ConfigFixture(folder).taken().timeouts());
    }

    @Test
    void the_default_of_an_inner_step_shrinks_with_the_outer_one() throws IOException {
        Timeouts timeouts = new ConfigFixture(folder)
                .with("timeouts: {write_deadline: 1s}\n")
                .taken()
                .timeouts();

        assertThat(timeouts.attempt()).isEqualTo(Duration.ofSeconds(1));
        assertThat(timeouts.connect()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1h30m | 5400000
            1d    | 86400000
            1m1ms | 60001
            090s  | 90000
            """)
    void forms_of_a_duration(String text, long millis) throws IOException {
        assertThat(new ConfigFixture(folder)
                        .with("timeouts: {idle: " + text + "}\n")
                        .taken()
                        .timeouts()
                        .idle())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tls_handshake: 10            | timeouts.tls_handshake: 10 has no unit, write 10s for seconds
            tls_handshake: 10 s          | timeouts.tls_handshake: "10 s" is not a duration, write for example 30s, 2m, 1h30m or 500ms
            tls_handshake: 0             | timeouts.tls_handshake: 0 is too short, write 1ms or more
            request_headers: 1s1m        | timeouts.request_headers: 1s1m is not a duration, write for example 30s, 2m, 1h30m or 500ms
            request_headers: 1.5s        | timeouts.request_headers: 1.5s is not a duration, write for example 30s, 2m, 1h30m or 500ms
            request_headers: ""          | timeouts.request_headers: "" is not a duration, write for example 30s, 2m, 1h30m or 500ms
            idle: 25h                    | timeouts.idle: 25h is too long, write 1d or less
            idle: 2M                     | timeouts.idle: 2M is not a duration, write for example 30s, 2m, 1h30m or 500ms
            attempt: 26s                 | timeouts.attempt: 26s is longer than write_deadline, write 25s or less
            connect: 11s                 | timeouts.connect: 11s is longer than attempt, write 10s or less
            write_deadline: 30s          | warning: timeouts.write_deadline: 30s is not below the 30s after which Prometheus gives up, write 25s, or raise remote_timeout at every sender
            """)
    void bad_values(String line, String message) throws IOException {
        assertThat(new ConfigFixture(folder).with("timeouts: {" + line + "}\n").problems())
                .containsExactly("ringgate.yaml:3: " + message);
    }
}
