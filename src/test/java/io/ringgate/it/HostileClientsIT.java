package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While clients of all bad manners are there in numbers, one of good manners keeps writing. Afterwards nothing is held. */
class HostileClientsIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final int MANY = 60;
    private static final int WRITES = 40;
    private static final int MOST_PER_SOURCE = 200;

    /** Far above what a write takes, and far below what it would take if it waited for the others. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private final List<RawClient> hostile = new ArrayList<>();
    private StandInReceiver receiver;
    private TestGateway gateway;
    private RawClient good;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .edge("dripping", "team-b")
                .settings("timeouts: {tls_handshake: 8s, request_headers: 8s, idle: 8s}")
                .settings("body: {min_rate: 1KiB, min_rate_after: 8s}")
                .settings("connections: {max_per_source: " + MOST_PER_SOURCE + "}")
                .start();
        good = RawClient.tls(gateway.tlsPort(), gateway.ca());
        assertThat(good.send(Request.write("berlin", UP)).answer().status()).isEqualTo(204);
    }

    @AfterEach
    void nothing_is_left() throws IOException {
        good.close();
        for (RawClient client : hostile) {
            client.close();
        }
        Await.until("all are gone", () -> gateway.gateway().connections() == 0);
        assertThat(gateway.metric("ringgate_connections_unproven")).isZero();
        assertThat(gateway.metric("ringgate_connections_proven")).isZero();
        gateway.close();
        receiver.close();
    }

    private RawClient add(RawClient client) {
        hostile.add(client);
        return client;
    }

    /** Something a hostile client does again and again; it may well be cut off for it. */
    private void eachSends(byte[] piece) {
        for (RawClient client : hostile) {
            try {
                client.send(piece);
            } catch (IOException cutOff) {
                // That is what it is there for.
            }
        }
    }

    private void goodClientWrites(byte[] meanwhile) throws IOException {
        for (int i = 0; i < WRITES; i++) {
            eachSends(meanwhile);
            long begun = System.nanoTime();
            int status = good.send(Request.write("berlin", UP)).answer().status();
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);

            assertThat(status).isEqualTo(204);
            assertThat(taken).isLessThan(BOUND);
        }
    }

    @Test
    void heads_that_drip() throws Exception {
        for (int i = 0; i < MANY; i++) {
            add(RawClient.plain(gateway.plainPort())).send("GET /-/ready HTTP/1.1\r\nHost: x\r\nX-Drip: ");
        }
        goodClientWrites(new byte[] {'a'});
    }

    @Test
    void bodies_that_drip() throws Exception {
        for (int i = 0; i < MANY; i++) {
            byte[] head = Request.write("dripping", new byte[100_000]).head();
            add(RawClient.plain(gateway.plainPort())).send(head);
        }
        goodClientWrites(new byte[] {1});
    }

    @Test
    void clients_that_connect_and_say_nothing() throws Exception {
        for (int i = 0; i < MANY; i++) {
            add(RawClient.plain(i % 2 == 0 ? gateway.tlsPort() : gateway.plainPort()));
        }
        goodClientWrites(new byte[0]);
    }

    @Test
    void handshakes_that_stop_in_the_middle() throws Exception {
        byte[] hello = ClientHellos.complete();
        for (int i = 0; i < MANY; i++) {
            byte[] begun = i % 2 == 0 ? hello : Arrays.copyOf(hello, hello.length / 2);
            add(RawClient.plain(gateway.tlsPort())).send(begun);
        }
        goodClientWrites(new byte[0]);
    }

    @Test
    void a_storm_of_handshakes_that_wants_more_connections_than_a_source_may_have() throws Exception {
        byte[] hello = ClientHellos.complete();
        AtomicInteger done = new AtomicInteger();
        int storm = 3 * MOST_PER_SOURCE;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<RawClient>> begun = new ArrayList<>();
            for (int i = 0; i < storm; i++) {
                boolean half = i % 2 == 0;
                begun.add(threads.submit(() -> {
                    try {
                        return half
                                ? RawClient.plain(gateway.tlsPort()).send(hello)
                                : RawClient.tls(gateway.tlsPort(), gateway.ca());
                    } finally {
                        done.incrementAndGet();
                    }
                }));
            }
            while (done.get() < storm) {
                goodClientWrites(new byte[0]);
                assertThat(gateway.metric("ringgate_connections_unproven")).isLessThanOrEqualTo(MOST_PER_SOURCE);
            }
            for (Future<RawClient> each : begun) {
                if (each.state() == Future.State.SUCCESS) {
                    add(each.resultNow());
                }
            }
        }
        assertThat(gateway.metric("ringgate_connections_evicted_total{reason=\"max_per_source\"}"))
                .isPositive();
        goodClientWrites(new byte[0]);
    }
}
