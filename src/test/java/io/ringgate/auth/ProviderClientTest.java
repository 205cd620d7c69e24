package io.ringgate.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringgate.testing.TestCertificates;
import io.ringgate.tls.ClientTls;
import io.ringgate.tls.ProviderTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderClientTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer provider;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private ProviderClient client;

    @BeforeEach
    void open() throws Exception {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setExecutor(threads);
        provider.start();
        client = new ProviderClient(vertx, ProviderTrust.of(List.of()));
    }

    @AfterEach
    void close() {
        over.countDown();
        client.close();
        provider.stop(0);
        threads.close();
        vertx.close().await();
    }

    private URI page(String path) {
        return URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + path);
    }

    private static ProviderClient.Reply await(Future<ProviderClient.Reply> reply) throws Exception {
        return reply.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void an_answer_comes_whole() throws Exception {
        provider.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
        });

        ProviderClient.Reply reply = await(client.get(page("/keys"), LONG));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).isEqualTo("application/json");
        assertThat(reply.body()).isEqualTo("{}");
    }

    @Test
    void a_form_is_posted_with_its_headers() throws Exception {
        provider.createContext("/ask", exchange -> {
            String said = exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(exchange, 200, said.getBytes(StandardCharsets.UTF_8));
        });

        ProviderClient.Reply reply =
                await(client.post(page("/ask"), "token=x", Map.of("Authorization", "Basic y"), LONG));

        assertThat(reply.body()).isEqualTo("Basic y application/x-www-form-urlencoded token=x");
    }

    @Test
    void a_provider_cannot_send_us_elsewhere() throws Exception {
        provider.createContext("/from", exchange -> {
            exchange.getResponseHeaders().set("Location", page("/to").toString());
            answer(exchange, 302, new byte[0]);
        });

        assertThat(await(client.get(page("/from"), LONG)).status()).isEqualTo(302);
    }

    @Test
    void a_huge_answer_is_none() {
        provider.createContext("/huge", exchange -> answer(exchange, 200, new byte[ProviderClient.LARGEST_BODY + 1]));
        provider.createContext("/large", exchange -> answer(exchange, 200, new byte[ProviderClient.LARGEST_BODY]));

        assertThatThrownBy(() -> await(client.get(page("/huge"), LONG)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("sends more than 524288 bytes");
        assertThatCode(() -> await(client.get(page("/large"), LONG))).doesNotThrowAnyException();
    }

    /** Sends for as long as anybody reads. */
    private CountDownLatch endless(String path) {
        CountDownLatch cut = new CountDownLatch(1);
        provider.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (over.getCount() > 0) {
                    body.write(new byte[64 * 1024]);
                }
            } catch (IOException closed) {
                cut.countDown();
            }
        });
        return cut;
    }

    @Test
    void an_answer_without_an_end_is_cut_off() throws Exception {
        CountDownLatch cut = endless("/endless");

        assertThatThrownBy(() -> await(client.get(page("/endless"), LONG)))
                .hasMessageContaining("sends more than 524288 bytes");

        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void an_answer_that_stalls_is_late() {
        provider.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitQuietly();
        });

        assertThatThrownBy(() -> await(client.get(page("/slow"), Duration.ofMillis(200))))
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void an_answer_that_drips_is_late_and_cut_off() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        provider.createContext("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!over.await(20, TimeUnit.MILLISECONDS)) {
                    body.write(' ');
                    body.flush();
                }
            } catch (IOException closed) {
                cut.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatThrownBy(() -> await(client.get(page("/drip"), Duration.ofMillis(300))))
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("no whole answer within 300 ms")
                .hasMessageNotContaining("drip");

        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_head_that_never_comes_is_late() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI page = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");

            assertThatThrownBy(() -> await(client.get(page, Duration.ofMillis(200))))
                    .hasCauseInstanceOf(TimeoutException.class);

            try (Socket asked = silent.accept()) {
                asked.setSoTimeout(10_000);
                assertThat(new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("GET / HTTP/1.1");
            }
        }
    }

    @Test
    void a_handshake_that_never_ends_is_late_and_nothing_is_sent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI page = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");

            assertThatThrownBy(() -> await(client.post(page, "token=x", Map.of(), Duration.ofMillis(200))))
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void an_answer_that_breaks_off_is_none() {
        provider.createContext("/half", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            throw new IOException("enough");
        });

        assertThatThrownBy(() -> await(client.get(page("/half"), LONG))).isInstanceOf(ExecutionException.class);
    }

    @Test
    void a_head_may_be_large_but_not_huge() {
        provider.createContext("/head", exchange -> {
            int size = Integer.parseInt(exchange.getRequestURI().getQuery());
            exchange.getResponseHeaders().set("X-Policy", "p".repeat(size));
            answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
        });

        assertThatCode(() -> await(client.get(page("/head?30000"), LONG))).doesNotThrowAnyException();
        assertThatThrownBy(() -> await(client.get(page("/head?40000"), LONG))).isInstanceOf(ExecutionException.class);
    }

    @Test
    void the_query_arrives_as_it_is_written() throws Exception {
        provider.createContext(
                "/keys",
                exchange -> answer(
                        exchange, 200, exchange.getRequestURI().getRawQuery().getBytes(StandardCharsets.UTF_8)));

        assertThat(await(client.get(page("/keys?a=%2F&b=%20"), LONG)).body()).isEqualTo("a=%2F&b=%20");
    }

    @Test
    void a_connection_serves_many_forms() throws Exception {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        provider.createContext("/ask", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            exchange.getRequestBody().readAllBytes();
            answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
        });

        for (int i = 0; i < 20; i++) {
            await(client.post(page("/ask"), "token=x", Map.of(), LONG));
        }

        // An answer may be told just before its connection is free again.
        assertThat(ports).hasSizeLessThan(10);
    }

    @Test
    void a_connection_for_a_page_ends_with_its_answer() throws Exception {
        AtomicReference<String> said = new AtomicReference<>();
        provider.createContext("/keys", exchange -> {
            said.set(exchange.getRequestHeaders().getFirst("Connection"));
            answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
        });

        await(client.get(page("/keys"), LONG));

        assertThat(said).hasValue("close");
    }

    @Test
    void nobody_there_is_told_in_the_words_of_the_jdk() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThatThrownBy(() -> await(client.get(URI.create("http://127.0.0.1:" + free + "/?key=hidden"), LONG)))
                .cause()
                .isExactlyInstanceOf(ConnectException.class)
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "DNS:localhost, localhost, true",
        "IP:127.0.0.1, 127.0.0.1, true",
        "IP:::1, [::1], true",
        "DNS:localhost, [::1], false",
        "DNS:elsewhere.example, localhost, false",
        "DNS:localhost, 127.0.0.1, false",
        "email:a@localhost, localhost, false"
    })
    void a_provider_is_known_by_its_alternative_names(String name, String host, boolean known, @TempDir Path folder)
            throws Exception {
        TestCertificates certificates = new TestCertificates(folder).issue("localhost", name);
        HttpServerOptions tls = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificates.certificate("localhost").toString())
                        .addKeyPath(certificates.key("localhost").toString()));
        int port = vertx.createHttpServer(tls)
                .requestHandler(request -> request.response().end("{}"))
                .listen(0, host.startsWith("[") ? "::1" : "127.0.0.1")
                .await()
                .actualPort();
        URI page = URI.create("https://" + host + ":" + port + "/");
        ProviderClient trusting = new ProviderClient(vertx, ProviderTrust.of(ClientTls.authorities(certificates.ca())));

        if (known) {
            assertThat(await(trusting.get(page, LONG)).body()).isEqualTo("{}");
        } else {
            assertThatThrownBy(() -> await(trusting.get(page, LONG))).hasCauseInstanceOf(SSLException.class);
        }
        assertThatThrownBy(() -> await(client.get(page, LONG)))
                .as("of another authority")
                .hasCauseInstanceOf(SSLException.class);
    }

    @Test
    void what_is_under_way_fails_when_it_is_closed() {
        provider.createContext("/slow", exchange -> awaitQuietly());
        Future<ProviderClient.Reply> reply = client.get(page("/slow"), LONG);

        client.close();

        assertThatThrownBy(() -> await(reply)).isInstanceOf(ExecutionException.class);
    }

    private void awaitQuietly() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
