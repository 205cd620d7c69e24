package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values by another program's digests; that a real receiver shows the same is in {@code k8s/MonitoringIT}. */
class FileHashTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | 167710846702039 | 47883010003791",
                "[{\"endpoints\": [\"a:1\"]}] | 236767543446614 | 214814492727750"
            })
    void the_first_six_bytes_of_a_digest_are_a_number_whose_least_significant_byte_comes_first(
            String text, long md5, long sha256) {
        FileHash hash = FileHash.of(text.getBytes(StandardCharsets.UTF_8));
        assertThat(hash).isEqualTo(new FileHash(md5, sha256));
        assertThat(hash.isShownAs((double) md5)).isTrue();
        assertThat(hash.isShownAs((double) sha256)).isTrue();
        assertThat(hash.isShownAs(1)).isFalse();
    }
}
