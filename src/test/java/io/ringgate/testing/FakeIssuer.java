package io.ringgate.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A fake identity provider: publishes keys and a description of itself, or any page that a test sets. */
public final class FakeIssuer implements AutoCloseable {

    public static final String KEYS = "/realm/keys";
    public static final String DESCRIPTION = "/realm/.well-known/openid-configuration";

    /** What a page gives. */
    public interface Page {

        void answer(HttpExchange exchange) throws IOException;

        static Page of(int status, String type, String body) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return exchange -> {
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            };
        }

        static Page json(String body) {
            return of(200, "application/json", body);
        }

        static Page redirect(String to) {
            return exchange -> {
                exchange.getResponseHeaders().set("Location", to);
                exchange.sendResponseHeaders(302, -1);
            };
        }
    }

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    private @Nullable HttpServer server;

    private FakeIssuer() {
        this.port = open(0);
        page(DESCRIPTION, Page.json(description(url(KEYS))));
    }

    public static FakeIssuer start() {
        return new FakeIssuer();
    }

    private int open(int wanted) {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            fresh.setExecutor(threads);
            fresh.createContext("/", this::answer);
            fresh.start();
            server = fresh;
            return fresh.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
        try (exchange) {
            pages.getOrDefault(path, Page.of(404, "text/html", "<h1>nothing here</h1>"))
                    .answer(exchange);
        }
    }

    /** The {@code iss} of its tokens. */
    public String issuer() {
        return url("/realm");
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    public String description(String keyPage) {
        return "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + keyPage + "\",\"more\":[1,{}]}";
    }

    public FakeIssuer page(String path, Page page) {
        pages.put(path, page);
        return this;
    }

    /** From now on these are its keys. */
    public FakeIssuer publish(SigningKey... keys) {
        return page(KEYS, Page.json(SigningKey.set(keys)));
    }

    /** Nothing, until the end of the test. */
    public Page never() {
        return exchange -> awaitEnd();
    }

    /** How often the page was asked for. */
    public int asked(String path) {
        AtomicInteger count = asked.get(path);
        return count == null ? 0 : count.get();
    }

    /** Connections are refused. */
    public void goDown() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    public void comeUp() {
        open(port);
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        goDown();
        threads.close();
    }
}
