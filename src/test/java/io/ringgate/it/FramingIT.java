package io.ringgate.it;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.SharedGateway;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not strictly framed ends the connection, and nothing behind it is served. */
class FramingIT {

    private static final String BAD = "bad_framing";
    private static final String LARGE = "headers_too_large";
    private static final String AUTH = "Authorization: Basic "
            + Base64.getEncoder().encodeToString(("berlin:" + TestGateway.PASSWORD).getBytes(StandardCharsets.US_ASCII))
            + "\r\n";
    private static final String POST = "POST /api/v1/receive HTTP/1.1\r\n";
    private static final String HOST = "Host: localhost\r\n";
    private static final String CHUNKED = POST + HOST + AUTH + "Transfer-Encoding: chunked\r\n";

    @RegisterExtension
    static final SharedGateway DOOR = SharedGateway.with(setup -> setup.edge("berlin", "team-a"));

    /** By name: the bytes up to the end of the head, or beyond where the body is what is broken. */
    private static final Map<String, String> CASES = Map.ofEntries(
            entry("both lengths", CHUNKED + "Content-Length: 5\r\n\r\n0\r\n\r\n"),
            entry(
                    "both lengths, the other way round",
                    POST + HOST + AUTH + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            entry("a coding that only looks like chunked", POST + HOST + AUTH + "Transfer-Encoding: xchunked\r\n\r\n"),
            entry("chunked twice", POST + HOST + AUTH + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
            entry("chunked twice in two headers", CHUNKED + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            entry("a coding before chunked", POST + HOST + AUTH + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
            entry("a coding behind chunked", POST + HOST + AUTH + "Transfer-Encoding: chunked, identity\r\n\r\n"),
            entry("an empty coding", POST + HOST + AUTH + "Transfer-Encoding:\r\n\r\n"),
            entry("a vertical tab before chunked", POST + HOST + AUTH + "Transfer-Encoding: \u000bchunked\r\n\r\n"),
            entry("a blank before the colon", POST + HOST + AUTH + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
            entry(
                    "a transfer coding in HTTP/1.0",
                    "POST /api/v1/receive HTTP/1.0\r\n" + HOST + AUTH + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            entry("a folded line", POST + HOST + AUTH + "X-Folded: one\r\n two\r\n\r\n"),
            entry("a folded line by a tab", POST + HOST + AUTH + "X-Folded: one\r\n\ttwo\r\n\r\n"),
            entry("a first header that is folded", POST + " x: y\r\n" + HOST + AUTH + "\r\n"),
            entry("no host", POST + AUTH + "\r\n"),
            entry("two hosts", POST + HOST + "Host: elsewhere\r\n" + AUTH + "\r\n"),
            entry("the same host twice", POST + HOST + HOST + AUTH + "\r\n"),
            entry("a host with a blank", POST + "Host: a b\r\n" + AUTH + "\r\n"),
            entry(
                    "a target that names another host",
                    "POST http://elsewhere/api/v1/receive HTTP/1.1\r\n" + HOST + AUTH + "\r\n"),
            entry("a target that is neither path nor URL", "POST api/v1/receive HTTP/1.1\r\n" + HOST + AUTH + "\r\n"),
            entry("a tunnel", "CONNECT localhost:443 HTTP/1.1\r\n" + HOST + AUTH + "\r\n"),
            entry("HTTP/2.0", "POST /api/v1/receive HTTP/2.0\r\n" + HOST + AUTH + "\r\n"),
            entry("HTTP/1.2", "POST /api/v1/receive HTTP/1.2\r\n" + HOST + AUTH + "\r\n"),
            entry("HTTP/0.9", "POST /api/v1/receive HTTP/0.9\r\n" + HOST + AUTH + "\r\n"),
            entry("no version", "POST /api/v1/receive\r\n" + HOST + AUTH + "\r\n"),
            entry("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
            entry("a credential twice", POST + HOST + AUTH + AUTH + "\r\n"),
            entry("a media type twice", POST + HOST + AUTH + "Content-Type: a/b\r\ncontent-type: a/b\r\n\r\n"),
            entry(
                    "an encoding twice",
                    POST + HOST + AUTH + "Content-Encoding: snappy\r\nContent-Encoding: snappy\r\n\r\n"),
            entry("lengths that differ", POST + HOST + AUTH + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
            entry("lengths that differ in one header", POST + HOST + AUTH + "Content-Length: 5, 6\r\n\r\nabcdef"),
            entry("a length with a sign", POST + HOST + AUTH + "Content-Length: +5\r\n\r\nabcde"),
            entry("a negative length", POST + HOST + AUTH + "Content-Length: -5\r\n\r\nabcde"),
            entry("a length in hexadecimal", POST + HOST + AUTH + "Content-Length: 0x5\r\n\r\nabcde"),
            entry("a length beyond all numbers", POST + HOST + AUTH + "Content-Length: 18446744073709551621\r\n\r\n"),
            entry("an empty length", POST + HOST + AUTH + "Content-Length:\r\n\r\n"),
            entry("NUL in a header value", POST + HOST + AUTH + "X-Nul: a\0b\r\n\r\n"),
            entry("NUL in a header name", POST + HOST + AUTH + "X-\0Nul: ab\r\n\r\n"),
            entry("NUL in the target", "POST /api/v1/\0receive HTTP/1.1\r\n" + HOST + AUTH + "\r\n"),
            entry("NUL in the method", "PO\0ST /api/v1/receive HTTP/1.1\r\n" + HOST + AUTH + "\r\n"),
            entry("lines that end with LF alone", (POST + HOST + AUTH + "\r\n").replace("\r", "")),
            entry("one line that ends with LF alone", POST + "X: y\n" + HOST + AUTH + "\r\n"),
            entry("a CR inside a line", POST + HOST + AUTH + "X: a\rb\r\n\r\n"),
            entry("a header without a colon", POST + HOST + AUTH + "nonsense\r\n\r\n"),
            entry("a header without a name", POST + HOST + AUTH + ": value\r\n\r\n"),
            entry("an empty line before the request", "\r\n" + POST + HOST + AUTH + "\r\n"),
            entry("an expectation that nobody knows", POST + HOST + AUTH + "Expect: miracles\r\n\r\n"));

    /** By name: a body in chunks that breaks somewhere. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            entry("a chunk size that is no number", "zz\r\n"),
            entry("an empty chunk size", "\r\n\r\n"),
            entry("a negative chunk size", "-1\r\n\r\n"),
            entry("a chunk size of 17 digits", "10000000000000005\r\nabcde\r\n0\r\n\r\n"),
            entry("a chunk that is longer than its size", "3\r\nabcde\r\n0\r\n\r\n"),
            entry("a chunk size that ends with LF alone", "3\nabc\r\n0\r\n\r\n"),
            entry("a blank behind the chunk size", "3 \r\nabc\r\n0\r\n\r\n"),
            entry("NUL in a chunk extension", "3;a=\0\r\nabc\r\n0\r\n\r\n"),
            entry("a folded trailer", "0\r\n x: y\r\n\r\n"),
            entry("a second chunk that is broken", "3\r\nabc\r\nrubbish\r\n"));

    static Stream<Arguments> cases() {
        return Stream.concat(
                        CASES.entrySet().stream(),
                        BODIES.entrySet().stream().map(e -> entry(e.getKey(), CHUNKED + "\r\n" + e.getValue())))
                .sorted(Map.Entry.comparingByKey())
                .map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void ends_a_plain_connection(String name, String bytes) throws IOException {
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            isRefusedAndNothingBehindItServed(client, bytes);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void ends_a_tls_connection(String name, String bytes) throws IOException {
        try (RawClient client =
                RawClient.tls(DOOR.gateway().tlsPort(), DOOR.gateway().ca())) {
            isRefusedAndNothingBehindItServed(client, bytes);
        }
    }

    private static void isRefusedAndNothingBehindItServed(RawClient client, String bytes) throws IOException {
        double before = refused(BAD);
        String smuggled = new String(
                Request.write(
                                "berlin",
                                Proto.write(Proto.gauge("__name__", "smuggled")).packed())
                        .bytes(),
                StandardCharsets.ISO_8859_1);

        client.send(bytes + smuggled);

        refusal(client, 400);
        assertThat(DOOR.receiver().received()).isEmpty();
        assertThat(refused(BAD)).isEqualTo(before + 1);
    }

    private static void refusal(RawClient client, int status) throws IOException {
        RawAnswer answer = client.answer();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.body()).matches("[ -~]{20,} \\(request [0-9a-z-]+\\)\n");
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void the_body_breaks_after_its_beginning_was_taken() throws IOException {
        double before = refused(BAD);
        byte[] packed = Proto.write(Proto.gauge("__name__", "up")).packed();
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            client.send(CHUNKED + "Expect: 100-continue\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(100);
            client.send(Integer.toHexString(packed.length) + "\r\n").send(packed);

            client.send("no end of a chunk");

            refusal(client, 400);
        }
        assertThat(DOOR.receiver().received()).isEmpty();
        assertThat(refused(BAD)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one long header", "many headers", "a long target", "no end of a line"})
    void headers_over_32_kib_are_431_and_end_the_connection(String kind) throws IOException {
        double before = refused(LARGE);
        String large = "x".repeat(40 * 1024);
        String bytes = switch (kind) {
            case "one long header" -> POST + HOST + AUTH + "X-Long: " + large + "\r\n\r\n";
            case "many headers" -> POST + HOST + AUTH + "X-Many: xxxxxxxxxxxxxxxxx\r\n".repeat(1600) + "\r\n";
            case "a long target" -> "POST /" + large + " HTTP/1.1\r\n" + HOST + AUTH + "\r\n";
            default -> large;
        };
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            client.send(bytes);

            refusal(client, 431);
        }
        assertThat(refused(LARGE)).isEqualTo(before + 1);
    }

    @Test
    void headers_of_almost_32_kib_are_read() throws IOException {
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            client.send("GET /-/ready HTTP/1.1\r\n" + HOST + "X-Long: " + "x".repeat(32_600) + "\r\n\r\n");

            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_read_as_if_it_came_at_once() throws IOException {
        byte[] request = Request.write(
                        "berlin", Proto.write(Proto.gauge("__name__", "up")).packed())
                .bytes();
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            for (byte b : request) {
                client.send(new byte[] {b});
            }

            assertThat(client.answer().status()).isEqualTo(204);
        }
    }

    @Test
    void an_offer_to_speak_http_2_in_the_clear_is_not_taken_up() throws IOException {
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            client.send(
                    "GET /-/ready HTTP/1.1\r\n" + HOST
                            + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");

            assertThat(client.answer().status()).isEqualTo(200);
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            refusal(client, 400);
        }
    }

    @Test
    void alpn_offers_http_1_1_and_nothing_else() throws IOException {
        try (RawClient client =
                RawClient.tls(DOOR.gateway().tlsPort(), DOOR.gateway().ca(), "h2", "http/1.1")) {
            assertThat(client.protocol()).isEqualTo("http/1.1");
            client.send("GET /-/ready HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_target_that_names_the_host_itself_is_a_path() throws IOException {
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            client.send("GET http://localhost/-/ready HTTP/1.1\r\n" + HOST + "\r\n");

            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    /** Of a body that breaks it is known whose it is, of a head it is not. */
    private static double refused(String reason) {
        return DOOR.gateway().metric("ringgate_refused_writes_total{reason=\"" + reason + "\",tenant=\"\"}")
                + DOOR.gateway().metric("ringgate_refused_writes_total{reason=\"" + reason + "\",tenant=\"team-a\"}");
    }
}
