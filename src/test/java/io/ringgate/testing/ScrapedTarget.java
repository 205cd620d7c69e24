package io.ringgate.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** A page to be scraped that knows how often it was. */
public final class ScrapedTarget implements AutoCloseable {

    private static final String TEXT = "text/plain; version=0.0.4";

    private final HttpServer server;
    private final AtomicLong scrapes = new AtomicLong();

    private ScrapedTarget(String contentType, LongFunction<byte[]> page) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                byte[] body = page.apply(scrapes.incrementAndGet());
                exchange.getResponseHeaders().set("Content-Type", contentType);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    /** A page that is the same on every scrape. */
    static ScrapedTarget showing(String page) {
        return showing(TEXT, page.getBytes(StandardCharsets.UTF_8));
    }

    static ScrapedTarget showing(String contentType, byte[] page) {
        return new ScrapedTarget(contentType, scrape -> page);
    }

    /** A counter of that name that is 1 on the first scrape and one more on each that follows. */
    static ScrapedTarget counting(String metric) {
        return new ScrapedTarget(TEXT, scrape -> page(metric, metric + " " + scrape + "\n"));
    }

    /** Such a counter in many series that are told apart by {@code row}, from 0. */
    static ScrapedTarget counting(String metric, int rows) {
        return new ScrapedTarget(TEXT, scrape -> {
            StringBuilder lines = new StringBuilder();
            for (int row = 0; row < rows; row++) {
                lines.append("%s{row=\"%d\"} %d\n".formatted(metric, row, scrape));
            }
            return page(metric, lines.toString());
        });
    }

    private static byte[] page(String metric, String lines) {
        return ("# TYPE " + metric + " counter\n" + lines).getBytes(StandardCharsets.UTF_8);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** How often it was scraped, which is what a counting page showed last. */
    public long scrapes() {
        return scrapes.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
