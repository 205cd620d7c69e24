package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of two receivers is not well, and senders hardly notice. */
class HealthIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final String NOT_OPEN =
            "2 errors: replicate write request for endpoint a: store locally: " + "x".repeat(300) + " TSDB not ready\n";
    private static final int SENDERS = 4;
    private static final int WRITES_EACH = 300;

    private StandInReceiver good;
    private StandInReceiver bad;

    @BeforeEach
    void start() {
        good = StandInReceiver.start("127.0.0.1");
        bad = StandInReceiver.start("127.0.0.2");
    }

    @AfterEach
    void stop() {
        good.close();
        bad.close();
    }

    private TestGateway gateway(Path folder, String more) throws Exception {
        return TestGateway.in(folder)
                .receivers(
                        "  addresses: [\"127.0.0.1:" + good.port() + "\", \"127.0.0.2:" + bad.port() + "\"]\n" + more)
                .edge("berlin", "team-a")
                .settings("timeouts: {write_deadline: 8s, attempt: 500ms, connect: 200ms}")
                .start();
    }

    private static RawAnswer write(TestGateway gateway) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write("berlin", UP)).answer();
        }
    }

    private String ofBad(String metric) {
        return metric + "{receiver=\"127.0.0.2:" + bad.port() + "\"}";
    }

    private static double ejections(TestGateway gateway) {
        return new ScrapedPage(gateway.gateway().metricsPage()).sum("ringgate_receiver_ejections_total");
    }

    enum Ailment {
        KILLED {
            @Override
            void befalls(StandInReceiver receiver) {
                receiver.kill();
            }
        },
        HANGS_UP {
            @Override
            void befalls(StandInReceiver receiver) {
                receiver.reply(new Reply.HangUp());
            }
        },
        SAYS_503 {
            @Override
            void befalls(StandInReceiver receiver) {
                receiver.reply(Reply.status(503, "no"));
            }
        },
        SAYS_500 {
            @Override
            void befalls(StandInReceiver receiver) {
                receiver.reply(Reply.status(500, "no"));
            }
        },
        SAYS_RUBBISH {
            @Override
            void befalls(StandInReceiver receiver) {
                receiver.reply(new Reply.Say("rubbish\r\n\r\n"));
            }
        },
        NEVER_ANSWERS {
            @Override
            void befalls(StandInReceiver receiver) {
                receiver.reply(new Reply.Never());
            }
        };

        abstract void befalls(StandInReceiver receiver);
    }

    /** The first two seconds are for finding out. */
    @ParameterizedTest
    @EnumSource(Ailment.class)
    void after_two_seconds_under_one_percent_of_the_writes_fail(Ailment ailment, @TempDir Path folder)
            throws Exception {
        try (TestGateway gateway = gateway(folder, "")) {
            for (int i = 0; i < 10; i++) {
                write(gateway);
            }
            ailment.befalls(bad);
            long start = System.nanoTime();
            AtomicInteger failed = new AtomicInteger();
            AtomicReference<Throwable> broken = new AtomicReference<>();
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(Thread.ofVirtual().start(() -> {
                    try (RawClient client = RawClient.plain(gateway.plainPort())) {
                        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(2)) {
                            client.send(Request.write("berlin", UP)).answer();
                        }
                        for (int n = 0; n < WRITES_EACH; n++) {
                            int status = client.send(Request.write("berlin", UP))
                                    .answer()
                                    .status();
                            failed.addAndGet(status == 204 ? 0 : 1);
                        }
                    } catch (IOException | RuntimeException | Error e) {
                        broken.set(e);
                    }
                }));
            }
            for (Thread sender : senders) {
                sender.join();
            }

            assertThat(broken.get()).isNull();
            assertThat(failed.get()).as("of %d", SENDERS * WRITES_EACH).isLessThan(SENDERS * WRITES_EACH / 100);
        }
    }

    @Test
    void an_ejected_receiver_is_shown_and_comes_back_by_itself(@TempDir Path folder) throws Exception {
        try (TestGateway gateway = gateway(folder, "")) {
            bad.reply(Reply.status(500, "disk full"));
            Await.until("ejected", () -> tried(gateway) && gateway.metric(ofBad("ringgate_receiver_ejected")) == 1);
            assertThat(status(gateway))
                    .containsPattern("\"state\" : \"(ejected|half_open)\"")
                    .contains("answered 500: disk full");

            bad.reset();

            Await.until("back", () -> tried(gateway) && gateway.metric(ofBad("ringgate_receiver_ejected")) == 0);
            assertThat(bad.received()).isNotEmpty();
            assertThat(status(gateway)).doesNotContain("ejected");
        }
    }

    private static boolean tried(TestGateway gateway) {
        try {
            return write(gateway).status() > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String status(TestGateway gateway) throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            return client.send(Request.of("GET", "/status")).answer().body();
        }
    }

    @Test
    void a_tenant_whose_database_is_being_opened_waits_and_nobody_is_blamed(@TempDir Path folder) throws Exception {
        try (TestGateway gateway = gateway(folder, "")) {
            AtomicInteger left = new AtomicInteger(3);
            Reply opening = new Reply.First(left, Reply.status(500, NOT_OPEN), Reply.stored());
            good.reply(opening);
            bad.reply(opening);

            RawAnswer answer = write(gateway);

            assertThat(answer.status()).isEqualTo(204);
            assertThat(good.received().size() + bad.received().size()).isEqualTo(4);
            assertThat(gateway.metric("ringgate_receiver_retries_total")).isEqualTo(3);
            assertThat(ejections(gateway)).isZero();
        }
    }

    @Test
    void a_database_that_is_never_opened_is_503_within_the_deadline(@TempDir Path folder) throws Exception {
        try (TestGateway gateway = gateway(folder, "")) {
            good.reply(Reply.status(500, NOT_OPEN));
            bad.reply(Reply.status(500, NOT_OPEN));

            RawAnswer answer = write(gateway);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).startsWith("the receiver failed on this write, ");
            assertThat(good.received().size() + bad.received().size()).isGreaterThan(3);
            assertThat(ejections(gateway)).isZero();
        }
    }

    @Test
    void a_sender_that_leaves_while_its_write_waits_leaves_nothing_behind(@TempDir Path folder) throws Exception {
        try (TestGateway gateway = gateway(folder, "")) {
            good.reply(Reply.status(500, NOT_OPEN));
            bad.reply(Reply.status(500, NOT_OPEN));
            try (RawClient client = RawClient.plain(gateway.plainPort())) {
                client.send(Request.write("berlin", UP));
                Await.until(
                        "the write was tried",
                        () -> good.received().size() + bad.received().size() > 0);
                client.reset();
            }
            good.reset();
            bad.reset();

            Await.until("nothing is held", () -> gateway.gateway().writesInFlight() == 0);
            assertThat(gateway.gateway().reservedBytes()).isZero();
        }
    }

    @Test
    void one_that_says_it_is_not_ready_is_asked_only_when_the_other_is_gone(@TempDir Path folder) throws Exception {
        HttpServer health = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0), 0);
        health.createContext("/-/ready", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        health.start();
        try (TestGateway gateway =
                gateway(folder, "  health: {port: " + health.getAddress().getPort() + "}")) {
            Await.until("the hint came", () -> gateway.metric(ofBad("ringgate_receiver_ready")) == 0);
            for (int i = 0; i < 20; i++) {
                assertThat(write(gateway).status()).isEqualTo(204);
            }
            assertThat(bad.received()).isEmpty();
            assertThat(ejections(gateway)).isZero();

            good.kill();

            assertThat(write(gateway).status()).isEqualTo(204);
            assertThat(bad.received()).hasSize(1);
        } finally {
            health.stop(0);
        }
    }

    @Test
    void a_trace_goes_on_and_no_header_of_the_client_does(@TempDir Path folder) throws Exception {
        String id = "4bf92f3577b34da6a3ce929d0e0e4736";
        bad.kill();
        try (TestGateway gateway = gateway(folder, "");
                RawClient client = RawClient.plain(gateway.plainPort())) {
            String theirs = "00-" + id + "-00f067aa0ba902b7-01";
            client.send(Request.write("berlin", UP)
                            .header("traceparent", theirs)
                            .header("tracestate", "a=b"))
                    .answer();
            client.send(Request.write("berlin", UP).header("traceparent", theirs + "-x"))
                    .answer();
            client.send(Request.write("berlin", UP)).answer();

            List<String> traces =
                    good.received().stream().map(w -> w.header("traceparent")).toList();
            assertThat(traces.get(0)).matches("00-" + id + "-[0-9a-f]{16}-01").isNotEqualTo(theirs);
            assertThat(traces.get(1)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00").doesNotContain(id);
            assertThat(traces.get(2)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
            assertThat(good.received().getFirst().headerNames()).doesNotContain("tracestate");
        }
    }
}
