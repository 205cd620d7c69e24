package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Load balancers say where clients come from. The trusted one has the address 127.0.0.1; the edge berlin may write from
 * 192.0.2.0/24 and 2001:db8::/32 only, world from every address, seoul from anywhere.
 */
class TrustedProxyIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final InetAddress STRANGER = InetAddress.ofLiteral("127.0.0.2");

    private static StandInReceiver receiver;
    private static TestGateway plain;
    private static TestGateway tls;
    private static TestGateway forwarded;

    @BeforeAll
    static void start(@TempDir Path one, @TempDir Path two, @TempDir Path three) throws Exception {
        receiver = StandInReceiver.start();
        plain = gateway(one, "unsafe_plaintext: true, proxy_protocol: true");
        tls = gateway(two, "tls: {certificates: [" + TestGateway.certificate() + "]}, proxy_protocol: true");
        forwarded = gateway(three, "unsafe_plaintext: true, forwarded_for: true");
    }

    private static TestGateway gateway(Path folder, String listener) throws Exception {
        return TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a", "    allowed_sources: [192.0.2.0/24, \"2001:db8::/32\"]")
                .edge("seoul", "team-a")
                .edge("world", "team-a", "    allowed_sources: [0.0.0.0/0, \"::/0\"]")
                .settings("trusted_proxies: [127.0.0.1, 10.9.0.0/16]")
                .settings("connections: {max_per_source: 20}")
                .settings("timeouts: {tls_handshake: 1s}")
                .listener("{address: \"127.0.0.1:0\", " + listener + "}")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        plain.close();
        tls.close();
        forwarded.close();
        receiver.close();
    }

    private static int port(TestGateway gateway) {
        return gateway.gateway().ports().get(2);
    }

    private static byte[] version1(String line) {
        return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A header of version 2: command and version, family and transport, addresses. */
    private static byte[] version2(int command, int family, int... rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII));
        bytes.write(command);
        bytes.write(family);
        bytes.write(rest.length >> 8);
        bytes.write(rest.length);
        for (int b : rest) {
            bytes.write(b);
        }
        return bytes.toByteArray();
    }

    private static byte[] from192(int last) {
        return version2(0x21, 0x11, 192, 0, 2, last, 127, 0, 0, 1, 0x12, 0x34, 0x4b, 0x5b);
    }

    private static RawAnswer write(byte[] header, String user) throws IOException {
        try (RawClient client = RawClient.plain(port(plain))) {
            return client.send(header).send(Request.write(user, UP)).answer();
        }
    }

    private static final String EVICTED = "ringgate_connections_evicted_total{reason=\"max_per_source\"}";

    private static double refused(TestGateway gateway, String reason) {
        return gateway.metric("ringgate_connections_refused_total{reason=\"" + reason + "\"}");
    }

    private static boolean isClosedUnheard(RawClient client) {
        try {
            return client.rest().isEmpty();
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void a_header_of_version_1_says_where_the_client_is() throws IOException {
        assertThat(write(version1("PROXY TCP4 192.0.2.7 127.0.0.1 4660 19291"), "berlin")
                        .status())
                .isEqualTo(204);
        assertThat(write(version1("PROXY TCP6 2001:db8::7 ::1 4660 19291"), "berlin")
                        .status())
                .isEqualTo(204);
        RawAnswer other = write(version1("PROXY TCP4 198.51.100.7 127.0.0.1 4660 19291"), "berlin");

        assertThat(other.status()).isEqualTo(403);
        assertThat(other.body()).contains("198.51.100.7");
    }

    @Test
    void a_header_of_version_2_says_where_the_client_is_and_the_access_log_tells_it() throws IOException {
        assertThat(write(from192(8), "berlin").status()).isEqualTo(204);

        assertThat(plain.logged("source=192.0.2.8"))
                .containsEntry("source_port", "4660")
                .containsEntry("edge", "berlin");
    }

    @Test
    void the_header_comes_before_tls() throws IOException {
        try (RawClient client = RawClient.tls(port(tls), tls.ca(), from192(9))) {
            assertThat(client.send(Request.write("berlin", UP)).answer().status())
                    .isEqualTo(204);
            assertThat(client.send(Request.write("berlin", UP)).answer().status())
                    .isEqualTo(204);
        }
    }

    @Test
    void the_proxy_s_own_probe_keeps_its_address() throws IOException {
        byte[] local = version2(0x20, 0);
        try (RawClient client = RawClient.plain(port(plain))) {
            assertThat(client.send(local)
                            .send(Request.of("GET", "/-/ready"))
                            .answer()
                            .status())
                    .isEqualTo(200);
        }

        assertThat(write(local, "berlin").body()).contains("127.0.0.1");
    }

    @Test
    void a_client_whom_the_proxy_does_not_name_is_nowhere_and_its_probes_are_answered() throws IOException {
        for (byte[] nobody :
                new byte[][] {version1("PROXY UNKNOWN"), version2(0x21, 0), version2(0x21, 0x31, new int[216])}) {
            try (RawClient client = RawClient.plain(port(plain))) {
                assertThat(client.send(nobody)
                                .send(Request.of("GET", "/-/ready"))
                                .answer()
                                .status())
                        .isEqualTo(200);
            }
            assertThat(write(nobody, "berlin").status()).isEqualTo(403);
            assertThat(write(nobody, "seoul").status()).isEqualTo(204);
        }
    }

    /** The families of version 2: 1 is IPv4, 2 IPv6, 3 UNIX; then 1 is a stream, 2 a datagram. */
    private static Stream<byte[]> headersWithoutAnAddress() {
        return Stream.of(
                version1("PROXY UNKNOWN"),
                version1("PROXY UNKNOWN 192.0.2.7 127.0.0.1 1 1"),
                version2(0x21, 0),
                version2(0x21, 0x31, unixPath("192.0.2.7")),
                version2(0x21, 0x31, unixPath("2001:db8::7")),
                version2(0x21, 0x32, unixPath("192.0.2.7")),
                version2(0x21, 0x12, 192, 0, 2, 7, 127, 0, 0, 1, 0x12, 0x34, 0x4b, 0x5b),
                version2(0x21, 0x11, 0, 0, 0, 0, 127, 0, 0, 1, 0x12, 0x34, 0x4b, 0x5b),
                version1("PROXY TCP4 0.0.0.0 127.0.0.1 1 1"),
                version1("PROXY TCP6 :: ::1 1 1"));
    }

    private static int[] unixPath(String text) {
        int[] both = new int[216];
        for (int i = 0; i < text.length(); i++) {
            both[i] = text.charAt(i);
            both[108 + i] = text.charAt(i);
        }
        return both;
    }

    @ParameterizedTest
    @MethodSource("headersWithoutAnAddress")
    void what_is_no_internet_address_passes_no_list_of_allowed_sources(byte[] header) throws IOException {
        assertThat(write(header, "berlin").status()).isEqualTo(403);
        assertThat(write(header, "world").status()).isEqualTo(403);
        assertThat(write(header, "world").body()).contains("unknown address").doesNotContain("0.0.0.0");
        assertThat(write(header, "seoul").status()).isEqualTo(204);
        assertThat(write(from192(7), "world").status()).isEqualTo(204);
    }

    @Test
    void clients_without_an_address_share_no_place_that_they_could_shut() throws IOException {
        double before = plain.metric(EVICTED);
        RawClient[] clients = new RawClient[50];
        try {
            for (int i = 0; i < clients.length; i++) {
                clients[i] = RawClient.plain(port(plain)).send(version2(0x21, 0));
                RawAnswer ready = clients[i].send(Request.of("GET", "/-/ready")).answer();
                assertThat(ready.status()).isEqualTo(200);
            }
            assertThat(write(version1("PROXY UNKNOWN"), "seoul").status()).isEqualTo(204);
            assertThat(plain.metric(EVICTED)).isEqualTo(before);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        Await.until("they are gone", () -> plain.gateway().connections() == 0);
    }

    private static void withdrawProxy(TestGateway gateway) throws IOException {
        gateway.edit("ringgate.yaml", yaml -> yaml.replace("[127.0.0.1, 10.9.0.0/16]", "[10.9.0.0/16]"));
        assertThat(gateway.reload()).contains("gateway: applied");
    }

    @Test
    void a_proxy_that_is_withdrawn_named_the_clients_of_open_connections_in_vain(@TempDir Path folder)
            throws Exception {
        try (TestGateway own = gateway(folder, "unsafe_plaintext: true, proxy_protocol: true");
                RawClient idle = RawClient.plain(port(own)).send(from192(7));
                RawClient busy = RawClient.plain(port(own)).send(from192(8));
                RawClient late = RawClient.plain(port(own)).send("PROXY TCP4 192.0.2.9 ")) {
            assertThat(idle.send(Request.write("berlin", UP)).answer().status()).isEqualTo(204);
            byte[] request = Request.write("berlin", UP).bytes();
            busy.send(Arrays.copyOf(request, request.length - 1));
            Await.until("its body is waited for", () -> own.gateway().writesInFlight() == 1);
            withdrawProxy(own);

            assertThat(isClosedUnheard(idle)).isTrue();
            RawAnswer begunBefore = busy.send(Arrays.copyOfRange(request, request.length - 1, request.length))
                    .answer();
            assertThat(begunBefore.status()).isEqualTo(204);
            assertThat(begunBefore.header("connection")).isEqualTo("close");
            late.send("127.0.0.1 1 1\r\n").send(request);
            assertThat(isClosedUnheard(late)).isTrue();
            assertThat(refused(own, "untrusted_proxy")).isEqualTo(2);
        }
    }

    @Test
    void a_proxy_that_is_withdrawn_is_not_believed_on_open_connections(@TempDir Path folder) throws Exception {
        try (TestGateway own = gateway(folder, "unsafe_plaintext: true, forwarded_for: true");
                RawClient client = RawClient.plain(port(own))) {
            assertThat(forwardedWrite(client, "192.0.2.5").status()).isEqualTo(204);
            withdrawProxy(own);

            RawAnswer after = forwardedWrite(client, "192.0.2.5");
            assertThat(after.body()).contains("may not write from 127.0.0.1");
        }
    }

    @Test
    void who_is_not_trusted_is_closed_unheard() throws IOException {
        double before = refused(plain, "untrusted_proxy");
        try (RawClient client = RawClient.plain(port(plain), STRANGER)) {
            assertThat(isClosedUnheard(client)).isTrue();
        }
        assertThat(refused(plain, "untrusted_proxy")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n",
                "PROXY TCP4 192.0.2.7\r\nmore than thirteen bytes",
                "PROXY TCP4 192.0.2.700 127.0.0.1 1 1\r\n",
                "PROXY TCP4 example.org 127.0.0.1 1 1\r\n",
                "PROXY TCP4 2001:db8::7 127.0.0.1 1 1\r\n",
                "\r\n\r\n\0\r\nQUIT\n!\21\0\4\1\2\3\4",
                "\r\n\r\n\0\r\nQUIT\n1\21\0\4\1\2\3\4",
                "\r\n\r\n\0\r\nQUIT\n!\21\177\377\1\2\3\4"
            })
    void a_header_that_is_broken_or_missing_closes(String bytes) throws IOException {
        double before = refused(plain, "bad_proxy_header");
        try (RawClient client = RawClient.plain(port(plain))) {
            client.send(bytes);
            assertThat(isClosedUnheard(client)).isTrue();
        }
        Await.until("it is counted", () -> refused(plain, "bad_proxy_header") == before + 1);
    }

    @Test
    void a_header_that_does_not_come_in_time_closes() throws IOException {
        double before = refused(tls, "bad_proxy_header");
        try (RawClient client = RawClient.plain(port(tls))) {
            client.send("PROXY TCP4 192");
            assertThat(isClosedUnheard(client)).isTrue();
        }
        assertThat(refused(tls, "bad_proxy_header")).isEqualTo(before + 1);
    }

    @Test
    void its_clients_are_counted_one_by_one_and_the_proxy_is_not() throws IOException {
        double before = plain.metric(EVICTED);
        RawClient[] clients = new RawClient[41];
        try {
            for (int i = 0; i < 40; i++) {
                clients[i] = RawClient.plain(port(plain)).send(from192(100 + i % 2));
                RawAnswer ready = clients[i].send(Request.of("GET", "/-/ready")).answer();
                assertThat(ready.status()).isEqualTo(200);
            }
            clients[40] = RawClient.plain(port(plain)).send(from192(100));
            assertThat(isClosedUnheard(clients[0])).isTrue();
            assertThat(plain.metric(EVICTED)).isEqualTo(before + 1);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        Await.until("they are gone", () -> plain.gateway().connections() == 0);
    }

    private static RawAnswer forwardedWrite(RawClient client, String... headers) throws IOException {
        String request = new String(Request.write("berlin", UP).bytes(), StandardCharsets.ISO_8859_1);
        StringBuilder more = new StringBuilder();
        for (String header : headers) {
            more.append("X-Forwarded-For: ").append(header).append("\r\n");
        }
        int end = request.indexOf("\r\n\r\n") + 2;
        return client.send(request.substring(0, end) + more + request.substring(end))
                .answer();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.5                          | 204
            1.2.3.4, 192.0.2.5, 10.9.0.1       | 204
            2001:db8::5                        | 204
            192.0.2.5, 1.2.3.4                 | 403
            10.9.0.1                           | 403
            unknown                            | 400
            0.0.0.0                            | 400
            ::                                 | 400
            192.0.2.5, unknown                 | 400
            """)
    void a_trusted_proxy_s_forwarded_for_says_where_the_request_comes_from(String header, int status)
            throws IOException {
        try (RawClient client = RawClient.plain(port(forwarded))) {
            assertThat(forwardedWrite(client, header).status()).isEqualTo(status);
        }
    }

    @Test
    void each_request_of_a_connection_has_its_own_and_several_lines_are_one() throws IOException {
        try (RawClient client = RawClient.plain(port(forwarded))) {
            assertThat(forwardedWrite(client, "1.2.3.4", "192.0.2.6").status()).isEqualTo(204);
            assertThat(forwardedWrite(client, "192.0.2.6", "1.2.3.4").status()).isEqualTo(403);
            assertThat(forwardedWrite(client).body()).contains("127.0.0.1");
        }
        assertThat(forwarded.logged("source=192.0.2.6", "status=204").get("source_port"))
                .isEmpty();
    }

    @Test
    void nobody_else_is_believed() throws IOException {
        try (RawClient client = RawClient.plain(port(forwarded), STRANGER)) {
            assertThat(forwardedWrite(client, "192.0.2.5").body()).contains("127.0.0.2");
            assertThat(forwardedWrite(client, "rubbish").status()).isEqualTo(403);
        }
        try (RawClient client = RawClient.plain(forwarded.plainPort())) {
            assertThat(forwardedWrite(client, "192.0.2.5").body()).contains("127.0.0.1");
        }
    }

    @Test
    void without_a_header_tls_does_not_begin() {
        assertThatThrownBy(() -> RawClient.tls(port(tls), tls.ca())).isInstanceOf(IOException.class);
    }
}
