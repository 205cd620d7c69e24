package io.ringgate.it;

import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.TestGateway;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A sender that writes without a pause, each second with a new token, and remembers every answer that is no 2xx. */
final class TokenWriter implements AutoCloseable {

    private static final long TOKEN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final TestGateway gateway;
    private final Tokens tokens;
    private final String name;
    private final AtomicInteger written = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean over;
    private volatile @Nullable String token;

    /** Where it gets them. */
    interface Tokens {
        String fresh() throws Exception;
    }

    private TokenWriter(String name, TestGateway gateway, Tokens tokens) {
        this.name = name;
        this.gateway = gateway;
        this.tokens = tokens;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    /** @param name of its series */
    static TokenWriter start(String name, TestGateway gateway, Tokens tokens) {
        return new TokenWriter(name, gateway, tokens);
    }

    private byte[] sample() {
        Proto series = Proto.series("__name__", name).message(2, Proto.sample(1, System.currentTimeMillis()));
        return Proto.write(series).packed();
    }

    private void run() {
        try (RawClient client = RawClient.tls(gateway.tlsPort(), gateway.ca(), "http/1.1")) {
            long since = 0;
            while (!over) {
                String with = token;
                if (with == null || System.nanoTime() - since > TOKEN_NANOS) {
                    with = tokens.fresh();
                    token = with;
                    since = System.nanoTime();
                }
                int status = client.send(Request.write("nobody", sample()).header("Authorization", "Bearer " + with))
                        .answer()
                        .status();
                if (status / 100 == 2) {
                    written.incrementAndGet();
                } else {
                    failures.add("status " + status);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (Exception e) {
            failures.add(e.toString());
        }
    }

    /** What it writes with now. */
    @Nullable
    String token() {
        return token;
    }

    int written() {
        return written.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
