package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.TestEdges;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -",
                "-, -, 0.1.0",
                "application/x-protobuf, snappy, 0.1.0",
                "Application/X-Protobuf, SNAPPY, -",
                "application/x-protobuf;proto=prometheus.WriteRequest, snappy, 2.0.0",
                "application/x-protobuf ; Proto=\"prometheus.WriteRequest\", snappy, -",
                "application/x-protobuf; charset=x; proto=prometheus.WriteRequest;, -, -"
            })
    void version_1_is_taken(@Nullable String type, @Nullable String encoding, @Nullable String version) {
        assertThat(check(type, encoding, version)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "application/x-protobuf;proto=io.prometheus.write.v2.Request, snappy, 2.0.0, WRONG_MEDIA_TYPE",
                "-, snappy, 2.0.0, WRONG_MEDIA_TYPE",
                "application/json, snappy, -, WRONG_MEDIA_TYPE",
                "application/x-protobuffer, snappy, -, WRONG_MEDIA_TYPE",
                "application/x-protobuf;proto, snappy, -, WRONG_MEDIA_TYPE",
                "application/x-protobuf, gzip, -, WRONG_ENCODING",
                "application/x-protobuf, 'snappy, gzip', -, WRONG_ENCODING",
                "application/x-protobuf, '', -, WRONG_ENCODING"
            })
    void everything_else_is_415(
            @Nullable String type, @Nullable String encoding, @Nullable String version, Reason reason) {
        Rejection refusal = check(type, encoding, version);

        assertThat(refusal).isNotNull().extracting(Rejection::reason).isEqualTo(reason);
        assertThat(reason.status()).isEqualTo(415);
    }

    private static @Nullable Rejection check(
            @Nullable String type, @Nullable String encoding, @Nullable String version) {
        return Protocol.check(
                new WriteHead(true, TestEdges.header(null), type, encoding, version, 0, "r", null, false, 0));
    }
}
