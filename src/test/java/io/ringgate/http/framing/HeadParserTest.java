package io.ringgate.http.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ringgate.reject.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadParserTest {

    private final HeadParser parser = new HeadParser();

    @Test
    void a_head_keeps_what_matters_and_leaves_the_body_unread() {
        ByteBuf in = bytes(String.join(
                "\r\n",
                "POST /api/v1/receive?x=1 HTTP/1.1",
                "Host: gate:19291",
                "Content-Length: 3",
                "AUTHORIZATION:  Basic eHg6eQ== ",
                "Content-Type: application/x-protobuf",
                "Content-Encoding:snappy",
                "X-Prometheus-Remote-Write-Version: 0.1.0",
                "X-Other: y",
                "",
                "abc"));

        RequestHead head = complete(in);

        assertThat(head.method()).isEqualTo("POST");
        assertThat(head.path()).isEqualTo("/api/v1/receive");
        assertThat(head.host()).isEqualTo("gate:19291");
        assertThat(head.contentLength()).isEqualTo(3);
        assertThat(head.authorization()).isEqualTo("Basic eHg6eQ==");
        assertThat(head.contentType()).isEqualTo("application/x-protobuf");
        assertThat(head.contentEncoding()).isEqualTo("snappy");
        assertThat(head.protocolVersion()).isEqualTo("0.1.0");
        assertThat(head.keepAlive()).isTrue();
        assertThat(head.expectsContinue()).isFalse();
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("abc");
    }

    @Test
    void a_head_in_single_bytes_is_incomplete_until_its_last() {
        String text = "GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n";
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < text.length() - 1; i++) {
            in.writeByte(text.charAt(i));
            assertThat(parser.parse(in, new HeadScan()))
                    .as("after %d bytes", i + 1)
                    .isInstanceOf(ParsedHead.Incomplete.class);
        }
        in.writeByte('\n');

        assertThat(complete(in).path()).isEqualTo("/-/ready");
    }

    @ParameterizedTest
    @CsvSource({
        "'Connection: close', false",
        "'Connection: keep-alive', true",
        "'Connection: Upgrade, CLOSE', false",
        "'X: y', true"
    })
    void connection_options_decide_whether_it_lives(String header, boolean keeps) {
        assertThat(complete(get(header)).keepAlive()).isEqualTo(keeps);
    }

    @Test
    void http_1_0_needs_no_host_and_ends_after_one_answer() {
        RequestHead head = complete(bytes("GET / HTTP/1.0\r\n\r\n"));

        assertThat(head.host()).isNull();
        assertThat(head.keepAlive()).isFalse();
    }

    @Test
    void an_absolute_target_that_names_the_host_is_its_path() {
        assertThat(complete(bytes("POST http://Gate:80/api/v1/write HTTP/1.1\r\nHost: gate:80\r\n\r\n"))
                        .path())
                .isEqualTo("/api/v1/write");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3|Transfer-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
                "Transfer-Encoding:",
                "Content-Length: 3|Content-Length: 4",
                "Content-Length: 3|Content-Length: 3",
                "Content-Length: 3, 3",
                "Content-Length: +3",
                "Content-Length: -3",
                "Content-Length: 0x3",
                "Content-Length:",
                "Content-Length: 99999999999999999999",
                "Host: other",
                "Authorization: Basic eA==|Authorization: Basic eA==",
                "Content-Type: a/b|Content-Type: a/b",
                "Content-Encoding: snappy|Content-Encoding: snappy",
                "X-A: b| folded",
                "X-A: b|\tfolded",
                "X-A : b",
                " X-A: b",
                "X-A",
                ": b",
                "X\u0001A: b",
                "X-A: b\u0000c",
                "X-A: b\u0007c",
                "X-A: b\rc",
                "Expect: 200-ok"
            })
    void such_headers_are_refused(String headers) {
        refused(get(headers.replace("|", "\r\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\n\r\n",
                "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a\u0000b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                "GET /\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\n",
                "GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void such_requests_are_refused(String request) {
        refused(bytes(request));
    }

    @Test
    void headers_beyond_the_cap_have_a_status_of_their_own() {
        ParsedHead parsed = parser.parse(get("X: " + "y".repeat(HeadParser.MOST)), new HeadScan());

        assertThat(parsed)
                .isInstanceOfSatisfying(
                        ParsedHead.Bad.class, bad -> assertThat(bad.reason()).isEqualTo(Reason.HEADERS_TOO_LARGE));
    }

    private void refused(ByteBuf in) {
        assertThat(parser.parse(in, new HeadScan()))
                .isInstanceOfSatisfying(
                        ParsedHead.Bad.class, bad -> assertThat(bad.reason()).isEqualTo(Reason.BAD_FRAMING));
    }

    private RequestHead complete(ByteBuf in) {
        return switch (parser.parse(in, new HeadScan())) {
            case ParsedHead.Complete(RequestHead head) -> head;
            case ParsedHead other -> fail("not complete but " + other);
        };
    }

    private static ByteBuf get(String headers) {
        return bytes("GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n");
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    /** Eight times the bytes took 24 times as long and more, when each byte had the head read again from its beginning. */
    @Test
    void the_work_for_a_head_that_comes_byte_by_byte_grows_with_its_size() {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            least = Math.min(least, (double) nanosByteByByte(32_000) / nanosByteByByte(4_000));
        }
        assertThat(least).isLessThan(16);
    }

    private static long nanosByteByByte(int bytes) {
        HeadParser parser = new HeadParser();
        HeadScan scan = new HeadScan();
        byte[] head = ("GET / HTTP/1.1\r\n" + "a\r\n".repeat(bytes / 3)).getBytes(StandardCharsets.US_ASCII);
        ByteBuf in = Unpooled.wrappedBuffer(head).writerIndex(0);
        long begun = System.nanoTime();
        for (int i = 1; i <= head.length; i++) {
            assertThat(parser.parse(in.writerIndex(i), scan)).isInstanceOf(ParsedHead.Incomplete.class);
        }
        return System.nanoTime() - begun;
    }
}
