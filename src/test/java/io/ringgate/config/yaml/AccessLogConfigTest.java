package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.AccessLogConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogConfigTest {

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        assertThat(new ConfigFixture(folder).taken().accessLog())
                .isEqualTo(new AccessLogConfig(true, null, 100, Duration.ofSeconds(1)));
    }

    @Test
    void it_can_be_switched_off() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .with("access_log: {file: off}\n")
                        .taken()
                        .accessLog()
                        .on())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {file: ""}             | access_log.file: "" is empty, write a value or leave the key out
            {file: nowhere/a.log}  | access_log.file: the folder of nowhere/a.log does not exist, make it
            {file: .}              | access_log.file: FOLDER is a folder, name a file
            {sample: -1}           | access_log.sample: -1 is not a number of writes, write a number from 0 to 1000000
            {slow: 1}              | access_log.slow: 1 has no unit, write 1s for seconds
            {flie: a.log}          | access_log.flie: unknown key `flie`, known here: file, sample, slow
            """)
    void bad_values(String log, String message) throws IOException {
        assertThat(new ConfigFixture(folder).with("access_log: " + log + "\n").problems())
                .map(problem -> problem.replace(folder.toString(), "FOLDER"))
                .containsExactly("ringgate.yaml:3: " + message);
    }
}
