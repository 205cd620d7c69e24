package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values by another program's MD5; that a real receiver shows the same is in {@code k8s/MonitoringIT}. */
class FileHashTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | 167710846702039", "[{\"endpoints\": [\"a:1\"]}] | 236767543446614"})
    void the_first_six_bytes_of_the_md5_are_a_number_whose_least_significant_byte_comes_first(
            String text, long expected) {
        assertThat(FileHash.of(text.getBytes(StandardCharsets.UTF_8)).value()).isEqualTo(expected);
    }
}
