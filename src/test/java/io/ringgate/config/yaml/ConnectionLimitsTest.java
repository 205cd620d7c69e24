package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.ConnectionLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimitsTest {

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        assertThat(new ConfigFixture(folder).taken().connections())
                .isEqualTo(new ConnectionLimits(OptionalInt.empty(), 1_000, 500, Duration.ofMinutes(10)));
    }

    @Test
    void every_key() throws IOException, ReflectiveOperationException {
        ConnectionLimits limits = FullConfigTest.load(folder).settings().connections();

        assertThat(limits).isEqualTo(new ConnectionLimits(OptionalInt.of(900), 90, 60, Duration.ofMinutes(3)));
        ConfigFixture.assertNothingIsDefault(
                limits, new ConfigFixture(folder).taken().connections());
    }

    @Test
    void connections_may_never_retire() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .with("connections: {retire_after: 0s}\n")
                        .taken()
                        .connections()
                        .retireAfter())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max: 0             | connections.max: 0 is not a number of connections, write a number from 1 to 1000000
            max_per_source: -1 | connections.max_per_source: -1 is not a number of connections, write a number from 1 to 1000000
            max_per_edge: 49   | warning: connections.max_per_edge: 49 is less than the 50 connections that one agent may open, write 50 for each agent of an edge or more
            age: 1m            | connections.age: unknown key `age`, known here: max, max_per_source, max_per_edge, retire_after
            """)
    void bad_values(String entry, String message) throws IOException {
        assertThat(new ConfigFixture(folder)
                        .with("connections: {" + entry + "}\n")
                        .problems())
                .containsExactly("ringgate.yaml:3: " + message);
    }
}
