package io.ringgate.bench;

import io.ringgate.auth.basic.NewHash;
import io.ringgate.cli.SampleWrites;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the writes of a well-behaved edge take, quiet and while a thousand wrong passwords a second come from elsewhere:
 * by turns, in one process on one machine, over plain HTTP on loopback. Ends by itself.
 */
public final class Guesses {

    private static final int GUESSES_A_SECOND = 1_000;
    private static final int WRITES_A_SECOND = 100;
    private static final int CONNECTIONS = 300;
    private static final InetAddress AGENT = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress GUESSER = InetAddress.ofLiteral("127.0.0.9");
    private static final InetAddress NEWCOMER = InetAddress.ofLiteral("127.0.0.3");

    private final TestGateway gateway;
    private final byte[] body = SampleWrites.body(200, 12, System.currentTimeMillis(), new SplittableRandom(1))
            .packed();
    private final Map<Integer, LongAdder> heard = new ConcurrentHashMap<>();
    private final AtomicInteger guess = new AtomicInteger();

    private Guesses(TestGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Prints a line for each turn.
     *
     * @param args seconds of each turn and how many rounds
     */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 8;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        Path folder = Files.createTempDirectory("ringgate-guesses");
        String hash = NewHash.of(
                TestGateway.PASSWORD.getBytes(StandardCharsets.UTF_8), NewHash.USUAL_COST, new SecureRandom());
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway started = TestGateway.in(folder)
                        .receiverPorts(receiver.port())
                        .accessLog("file: off")
                        .edge("berlin", "team-a")
                        .hash("berlin", hash)
                        .edge("seoul", "team-a")
                        .hash("seoul", hash)
                        .start()) {
            Guesses bench = new Guesses(started);
            PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            for (int i = 0; i < rounds; i++) {
                out.println("quiet     " + bench.writes(seconds, receiver));
                out.println("guessing  " + bench.guessing(seconds, receiver, i == rounds - 1));
            }
        }
    }

    private String guessing(int seconds, StandInReceiver receiver, boolean newcomer) throws Exception {
        heard.clear();
        AtomicBoolean over = new AtomicBoolean();
        Semaphore permits = new Semaphore(0);
        Thread clock = Thread.ofPlatform().start(() -> tick(permits, over));
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread.ofVirtual().start(() -> guess(permits, over));
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        String result = writes(seconds, receiver);
        if (newcomer) {
            result += ", a first log-in from elsewhere " + logIn() + " ms";
        }
        over.set(true);
        clock.join();
        permits.release(CONNECTIONS);
        return result + ", the guesser heard " + new TreeMap<>(heard);
    }

    private static void tick(Semaphore permits, AtomicBoolean over) {
        long next = System.nanoTime();
        while (!over.get()) {
            next += TimeUnit.SECONDS.toNanos(1) / GUESSES_A_SECOND;
            LockSupport.parkNanos(next - System.nanoTime());
            permits.release();
        }
    }

    private void guess(Semaphore permits, AtomicBoolean over) {
        try (RawClient client = RawClient.plain(gateway.plainPort(), GUESSER)) {
            while (!over.get()) {
                permits.acquire();
                int number = guess.incrementAndGet();
                int status = client.send(Request.write("berlin", body)
                                .credential(number % 2 == 0 ? "berlin" : "user-" + number, "guess " + number))
                        .answer()
                        .status();
                heard.computeIfAbsent(status, key -> new LongAdder()).increment();
            }
        } catch (IOException e) {
            heard.computeIfAbsent(-1, key -> new LongAdder()).increment();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long logIn() throws IOException {
        long begin = System.nanoTime();
        while (true) {
            try (RawClient client = RawClient.plain(gateway.plainPort(), NEWCOMER)) {
                if (client.send(Request.write("seoul", body)).answer().status() == 204) {
                    return (System.nanoTime() - begin) / 1_000_000;
                }
            }
        }
    }

    private String writes(int seconds, StandInReceiver receiver) throws IOException {
        long[] nanos = new long[seconds * WRITES_A_SECOND];
        try (RawClient client = RawClient.plain(gateway.plainPort(), AGENT)) {
            client.send(Request.write("berlin", body)).answer();
            long next = System.nanoTime();
            for (int i = 0; i < nanos.length; i++) {
                next += TimeUnit.SECONDS.toNanos(1) / WRITES_A_SECOND;
                LockSupport.parkNanos(next - System.nanoTime());
                long begin = System.nanoTime();
                int status = client.send(Request.write("berlin", body)).answer().status();
                nanos[i] = System.nanoTime() - begin;
                if (status != 204) {
                    throw new IOException("a good write was answered " + status);
                }
            }
        }
        receiver.reset();
        Arrays.sort(nanos);
        return "p50 %.2f ms, p99 %.2f ms, max %.1f ms of %d writes"
                .formatted(
                        nanos[nanos.length / 2] / 1e6,
                        nanos[nanos.length * 99 / 100] / 1e6,
                        nanos[nanos.length - 1] / 1e6,
                        nanos.length);
    }
}
