package io.ringgate.forward.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.ReceiverMeters;
import io.ringgate.metrics.Metrics;
import io.ringgate.testing.Await;
import io.ringgate.testing.LogEvents;
import io.ringgate.testing.SelfSignedServer;
import io.ringgate.tls.TlsEngine;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.HttpClientRequestImpl;
import io.vertx.core.impl.ContextImpl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client of health ports reads of a page, and what it refuses, through real sockets. */
class HealthClientTest {

    static {
        // Tests share a JVM, and the JDK reads what TlsEngine sets once, before its first handshake.
        assertThat(TlsEngine.values()).isNotEmpty();
    }

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Await.until("Vert.x closed", vertx.close()::isComplete);
    }

    /** Answers every request by a head and then, if wanted, by a body without an end. */
    private static final class Page implements AutoCloseable {

        final AtomicLong requests = new AtomicLong();
        final AtomicLong sent = new AtomicLong();
        final AtomicLong cutOff = new AtomicLong();
        volatile String host = "";
        private final ServerSocket server;

        Page(ServerSocket server, String head, boolean endless) {
            this.server = server;
            Thread.ofVirtual().start(() -> {
                while (true) {
                    try (Socket socket = server.accept()) {
                        answer(socket, head, endless);
                    } catch (IOException e) {
                        if (server.isClosed()) {
                            return;
                        }
                        cutOff.incrementAndGet();
                    }
                }
            });
        }

        private void answer(Socket socket, String head, boolean endless) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                host = line.toLowerCase(java.util.Locale.ROOT).startsWith("host: ") ? line.substring(6) : host;
            }
            requests.incrementAndGet();
            OutputStream out = socket.getOutputStream();
            out.write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[8 * 1024];
            while (endless) {
                out.write(piece);
                sent.addAndGet(piece.length);
            }
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static ServerSocket plain() throws IOException {
        return new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    /** Takes this many bytes of a body. */
    private static final class Taken implements PageReader {

        private final long most;
        volatile int status;
        private final AtomicLong taken = new AtomicLong();
        volatile boolean ended;
        volatile @Nullable Throwable failure;

        Taken(long most) {
            this.most = most;
        }

        long bytes() {
            return taken.get();
        }

        @Override
        public void sending() {}

        @Override
        public boolean head(int status, MultiMap headers) {
            this.status = status;
            return most > 0;
        }

        @Override
        public boolean piece(Buffer piece) {
            return taken.addAndGet(piece.length()) < most;
        }

        @Override
        public void ended() {
            ended = true;
        }

        @Override
        public void failed(Throwable cause) {
            failure = cause;
        }
    }

    private static Receiver receiver(int port) {
        return new Receiver(
                new ReceiverAddress("receive.thanos.svc", 19291),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                new ReceiverMeters("receive.thanos.svc:19291", Metrics.none()));
    }

    private Taken get(Page page, long most) {
        Taken taken = new Taken(most);
        HealthPort port = new HealthPort(false, page.port(), "/-/ready", null, null);
        try (HealthClient client = HealthClient.open(vertx, port, 2_000)) {
            client.get("/-/ready", receiver(page.port()), 5_000, taken);
            Await.until("an end", () -> taken.ended || taken.failure != null);
        }
        return taken;
    }

    @Test
    void a_status_is_told_without_the_body_and_the_connection_is_closed() throws IOException {
        try (Page page = new Page(plain(), "HTTP/1.1 200 OK\r\n", true)) {
            Taken taken = get(page, 0);

            assertThat(taken.status).isEqualTo(200);
            assertThat(taken.bytes()).isZero();
            Await.until("the page notices", () -> page.cutOff.get() == 1);
        }
    }

    @Test
    void one_that_is_stopped_before_there_is_a_connection_logs_nothing() throws IOException {
        Taken taken = new Taken(0);
        try (Page page = new Page(plain(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", false);
                LogEvents events = LogEvents.of(HttpClientRequestImpl.class).start();
                LogEvents unhandled = LogEvents.of(ContextImpl.class).start();
                HealthClient client =
                        HealthClient.open(vertx, new HealthPort(false, page.port(), "/-/ready", null, null), 2_000)) {
            client.get("/-/ready", receiver(page.port()), 5_000, taken).stop();
            Await.until("an end", () -> taken.failure != null);
            assertThat(page.requests).hasValue(0);

            // What the first one left behind on its event loop has run when a second one is answered.
            Taken second = new Taken(0);
            client.get("/-/ready", receiver(page.port()), 5_000, second);
            Await.until("an end", () -> second.ended || second.failure != null);
            assertThat(events.all()).isEmpty();
            assertThat(unhandled.all()).isEmpty();
        }
    }

    @Test
    void a_body_is_read_up_to_the_bound_and_the_connection_is_closed() throws IOException {
        try (Page page = new Page(plain(), "HTTP/1.1 200 OK\r\n", true)) {
            Taken taken = get(page, 100_000);

            assertThat(taken.bytes()).isBetween(100_000L, 200_000L);
            Await.until("the page notices", () -> page.cutOff.get() == 1);
        }
    }

    @Test
    void a_page_with_an_end_is_read_whole_under_the_operators_name() throws IOException {
        try (Page page = new Page(plain(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", false)) {
            Taken taken = get(page, 100);

            assertThat(taken.ended).isTrue();
            assertThat(page.host).startsWith("receive.thanos.svc");
        }
    }

    @Test
    void no_redirect_is_followed() throws IOException {
        try (Page elsewhere = new Page(plain(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", false);
                Page page = new Page(
                        plain(),
                        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:" + elsewhere.port()
                                + "/\r\n",
                        false)) {
            assertThat(get(page, 100).status).isEqualTo(302);
            assertThat(elsewhere.requests).hasValue(0);
        }
    }

    @Test
    void it_goes_to_one_address_and_holds_the_certificate_to_another_name() throws Exception {
        Path ca = folder.resolve("ca.pem");
        try (Page page = new Page(secured(ca), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", false)) {
            assertThat(overTls(page, ca, "receive.thanos.svc").status).isEqualTo(200);

            Taken other = overTls(page, ca, "other.thanos.svc");
            assertThat(other.status).isZero();
            assertThat(other.failure).hasStackTraceContaining("other.thanos.svc");
        }
    }

    private Taken overTls(Page page, Path ca, String serverName) {
        Taken taken = new Taken(100);
        HealthPort port = new HealthPort(true, page.port(), "/-/ready", ca, serverName);
        try (HealthClient client = HealthClient.open(vertx, port, 2_000)) {
            client.get("/-/ready", receiver(page.port()), 5_000, taken);
            Await.until("an end", () -> taken.ended || taken.failure != null);
        }
        return taken;
    }

    /** A server whose certificate is for receive.thanos.svc and for no address. */
    private ServerSocket secured(Path ca) throws Exception {
        SelfSignedServer server = SelfSignedServer.create(folder, "dns:receive.thanos.svc");
        Files.writeString(
                ca,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(server.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        return server.listen();
    }
}
