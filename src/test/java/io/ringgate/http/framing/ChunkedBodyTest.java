package io.ringgate.http.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedBodyTest {

    private final ChunkedBody body = new ChunkedBody();
    private final StringBuilder content = new StringBuilder();

    @Test
    void chunks_are_joined_and_the_next_request_is_left_alone() {
        ByteBuf in = bytes("3\r\nabc\r\nA;name=\"x\"\r\n0123456789\r\n0\r\nTrailer: y\r\n\r\nPOST /");

        assertThat(read(in)).isTrue();

        assertThat(content).hasToString("abc0123456789");
        assertThat(body.done()).isTrue();
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("POST /");
    }

    @Test
    void pieces_of_any_size_mean_the_same() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        String text = "5\r\nhello\r\n6;a\r\n world\r\n0\r\nA: b\r\nC: d\r\n\r\n";
        for (int round = 0; round < 200; round++) {
            ChunkedBody each = new ChunkedBody();
            StringBuilder seen = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(7));
                ByteBuf piece = bytes(text.substring(at, end));
                assertThat(each.read(piece, some -> seen.append(some.toString(StandardCharsets.US_ASCII))))
                        .as("seed %d", seed)
                        .isTrue();
                at = end;
            }
            assertThat(seen).as("seed %d", seed).hasToString("hello world");
            assertThat(each.done()).as("seed %d", seed).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "x\r\n",
                "-1\r\n",
                " 3\r\nabc\r\n",
                "3 \r\nabc\r\n",
                "3\nabc\r\n",
                "3\r\nabcd\r\n",
                "3\r\nabc\n",
                "3\r\nabc0\r\n\r\n",
                "0x3\r\nabc\r\n",
                "1234567890abcdef\r\n",
                "3;a\nb\r\nabc\r\n",
                "0\r\n folded\r\n\r\n",
                "0\r\nA: b\n\r\n",
                "0\r\n\n"
            })
    void a_broken_chunk_is_the_end(String text) {
        assertThat(read(bytes(text))).isFalse();
        assertThat(body.done()).isFalse();
    }

    @Test
    void trailers_and_extensions_are_bounded() {
        assertThat(read(bytes("0\r\nA: " + "b".repeat(9000)))).isFalse();
    }

    private boolean read(ByteBuf in) {
        return body.read(in, piece -> content.append(piece.toString(StandardCharsets.US_ASCII)));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
