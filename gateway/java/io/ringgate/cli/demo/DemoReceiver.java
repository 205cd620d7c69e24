package io.ringgate.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in receiver on a free port of this machine: it checks every write with {@link ReceivedWriteCheck} and counts.
 * It stores nothing, and is no Prometheus and no Thanos.
 */
final class DemoReceiver implements AutoCloseable {

    private static final String TENANT_HEADER = "THANOS-TENANT";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder writes = new LongAdder();
    private final LongAdder samples = new LongAdder();
    private final LongAdder bad = new LongAdder();
    private final AtomicReference<@Nullable String> firstFault = new AtomicReference<>();

    private DemoReceiver(HttpServer server) {
        this.server = server;
    }

    static DemoReceiver open() throws IOException {
        DemoReceiver standIn =
                new DemoReceiver(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
        standIn.server.setExecutor(standIn.threads);
        standIn.server.createContext("/", standIn::handle);
        standIn.server.start();
        return standIn;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            samples.add(ReceivedWriteCheck.samples(
                    body, exchange.getRequestHeaders().getFirst(TENANT_HEADER)));
            writes.increment();
            exchange.sendResponseHeaders(204, -1);
        } catch (BadWrite found) {
            bad.increment();
            firstFault.compareAndSet(null, found.sentence());
            byte[] words = found.sentence().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, words.length);
            exchange.getResponseBody().write(words);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    Count count() {
        return new Count(samples.sum(), writes.sum(), bad.sum());
    }

    /** What was wrong with the first bad write; null while there was none. */
    @Nullable
    String firstFault() {
        return firstFault.get();
    }

    /**
     * What came so far.
     *
     * @param samples in good writes
     * @param writes good ones
     * @param bad writes the gateway should not have sent
     */
    record Count(long samples, long writes, long bad) {}

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
