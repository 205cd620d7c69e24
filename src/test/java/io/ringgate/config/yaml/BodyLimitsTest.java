package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.BodyLimits;
import io.ringgate.wire.WriteCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyLimitsTest {

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        assertThat(new ConfigFixture(folder).taken().body())
                .isEqualTo(new BodyLimits(16_777_216, 67_108_864, 8_192, Duration.ofSeconds(5)));
    }

    @Test
    void every_key() throws IOException, ReflectiveOperationException {
        BodyLimits body = FullConfigTest.load(folder).settings().body();

        assertThat(body).isEqualTo(new BodyLimits(1_048_576, 2_097_152, 1_024, Duration.ofSeconds(6)));
        ConfigFixture.assertNothingIsDefault(
                body, new ConfigFixture(folder).taken().body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max_packed: 16MB             | body.max_packed: 16MB is not in a form we read, write 16MiB
            max_packed: 100m             | body.max_packed: 100m is not in a form we read, write 100MiB
            max_packed: 16 MiB           | body.max_packed: "16 MiB" is not in a form we read, write 16MiB
            max_packed: 1.5GiB           | body.max_packed: 1.5GiB is not a size, write bytes or a number with KiB, MiB or GiB, for example 16MiB
            max_packed: -1               | body.max_packed: -1 is not a size, write bytes or a number with KiB, MiB or GiB, for example 16MiB
            max_packed: 1023             | body.max_packed: 1023 is too small, write 1KiB or more
            max_packed: 2GiB             | body.max_packed: 2GiB is too large, write 1GiB or less
            max_unpacked: 1GiB           | body.max_unpacked: 1GiB is too large, write 512MiB or less
            max_unpacked: 999999999999GiB | body.max_unpacked: 999999999999GiB is too large, write 512MiB or less
            max_unpacked:                | body.max_unpacked: has no value, write one or leave the key out
            max_unpacked: [1]            | body.max_unpacked: is a list, write one value
            min_rate: fast               | body.min_rate: fast is not a size, write bytes or a number with KiB, MiB or GiB, for example 16MiB
            min_rate_after: 5            | body.min_rate_after: 5 has no unit, write 5s for seconds
            max_paked: 1MiB              | body.max_paked: unknown key `max_paked`, did you mean `max_packed`?
            maxPacked: 1MiB              | body.maxPacked: unknown key `maxPacked`, did you mean `max_packed`?
            size: 1MiB                   | body.size: unknown key `size`, known here: max_packed, max_unpacked, min_rate, min_rate_after
            max_packed: 65MiB            | warning: body.max_packed: 65MiB is more than max_unpacked allows once it is unpacked, write 64MiB or less
            """)
    void bad_values(String line, String message) throws IOException {
        assertThat(new ConfigFixture(folder).with("body: {" + line + "}\n").problems())
                .containsExactly("ringgate.yaml:3: " + message);
    }

    @Test
    void the_largest_message_is_the_codecs() {
        assertThat(BodyLimits.MOST_UNPACKED).isEqualTo(WriteCodec.LARGEST);
    }

    @Test
    void a_section_that_is_no_section() throws IOException {
        assertThat(new ConfigFixture(folder).with("body: 16MiB\n").problems())
                .containsExactly("ringgate.yaml:3: body: is text, write keys under it");
    }

    @Test
    void a_section_with_everything_commented_out_has_its_defaults() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .with("body:\n#  max_packed: 1MiB\n")
                        .taken()
                        .body())
                .isEqualTo(new ConfigFixture(folder).taken().body());
    }
}
