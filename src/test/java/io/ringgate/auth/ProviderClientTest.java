package io.ringgate.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringgate.tls.ProviderTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderClientTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer provider;
    private ProviderClient client;

    @BeforeEach
    void open() throws Exception {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setExecutor(threads);
        provider.start();
        client = new ProviderClient(ProviderTrust.of(List.of()));
    }

    @AfterEach
    void close() {
        over.countDown();
        client.close();
        provider.stop(0);
        threads.close();
    }

    private URI page(String path) {
        return URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + path);
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

        ProviderClient.Reply reply = client.get(page("/keys"), LONG).get(10, TimeUnit.SECONDS);

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

        ProviderClient.Reply reply = client.post(page("/ask"), "token=x", Map.of("Authorization", "Basic y"), LONG)
                .get(10, TimeUnit.SECONDS);

        assertThat(reply.body()).isEqualTo("Basic y application/x-www-form-urlencoded token=x");
    }

    @Test
    void a_provider_cannot_send_us_elsewhere() throws Exception {
        provider.createContext("/from", exchange -> {
            exchange.getResponseHeaders().set("Location", page("/to").toString());
            answer(exchange, 302, new byte[0]);
        });

        assertThat(client.get(page("/from"), LONG).get(10, TimeUnit.SECONDS).status())
                .isEqualTo(302);
    }

    @Test
    void a_huge_answer_is_none() {
        provider.createContext("/huge", exchange -> answer(exchange, 200, new byte[(int) ProviderClient.LARGEST + 1]));

        assertThatThrownBy(() -> client.get(page("/huge"), LONG).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void an_answer_that_stalls_is_late() {
        provider.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitQuietly();
        });

        assertThatThrownBy(
                        () -> client.get(page("/slow"), Duration.ofMillis(200)).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TimeoutException.class);
    }

    private void awaitQuietly() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
