package io.ringgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encodings as X.690 and published certificates have them. */
class DerWriterTest {

    @ParameterizedTest
    @CsvSource({
        "2.5.29.17, 0603551d11",
        "1.2.840.10045.4.3.2, 06082a8648ce3d040302",
        "1.2.840.113549.1.1.11, 06092a864886f70d01010b",
        "1.3.6.1.5.5.7.3.1, 06082b06010505070301",
    })
    void an_object_identifier_has_its_arcs_in_base_128(String dotted, String bytes) {
        assertThat(hex(DerWriter.oid(dotted))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0, 0400", "127, 047f", "128, 048180", "255, 0481ff", "256, 04820100", "1000, 048203e8"})
    void a_length_takes_as_few_bytes_as_it_can(int length, String head) {
        assertThat(hex(DerWriter.octets(new byte[length]))).startsWith(head).hasSize(head.length() + 2 * length);
    }

    @Test
    void a_positive_number_never_looks_negative() {
        assertThat(hex(DerWriter.integer(BigInteger.valueOf(200)))).isEqualTo("020200c8");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
