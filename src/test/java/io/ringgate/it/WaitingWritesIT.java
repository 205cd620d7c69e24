package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringgate.cli.SampleWrites;
import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An edge may have one write under way, and the receiver answers it when it is told to: the others wait. */
class WaitingWritesIT {

    private static final boolean PORTABLE = "portable".equals(System.getProperty("ringgate.it.platform"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final byte[] BODY =
            Proto.write(Proto.gauge("__name__", "up")).packed();

    /** Of some 80 kB: more than is read ahead, and less than the kernel takes. */
    private static final byte[] LARGE =
            SampleWrites.body(2_000, 12, 1, new SplittableRandom(1)).packed();

    private final CountDownLatch gate = new CountDownLatch(1);
    private StandInReceiver receiver;
    private TestGateway gateway;
    private RawClient first;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        receiver.reply(new Reply.After(gate, Reply.stored()));
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .edge("silent", "team-b")
                .settings("max_concurrent_writes: 1")
                .start();
        first = RawClient.plain(gateway.plainPort()).send(Request.write("berlin", BODY));
        Await.until("the first is under way", () -> gateway.gateway().writesInFlight() == 1);
    }

    @AfterEach
    void stop() throws IOException {
        gate.countDown();
        first.close();
        gateway.close();
        receiver.close();
    }

    private RawClient client(boolean tls) throws IOException {
        return tls ? RawClient.tls(gateway.tlsPort(), gateway.ca()) : RawClient.plain(gateway.plainPort());
    }

    private double waiting() {
        return gateway.metric("ringgate_admission_waiting");
    }

    @ParameterizedTest(name = "tls = {0}")
    @ValueSource(booleans = {true, false})
    void who_waits_is_served_when_there_is_a_place_and_one_after_the_other(boolean tls) throws IOException {
        List<RawClient> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(client(tls).send(Request.write("berlin", BODY)));
        }
        Await.until("they wait", () -> waiting() == 5);
        assertThat(gateway.gateway().writesInFlight()).isEqualTo(1);

        gate.countDown();

        assertThat(first.answer().status()).isEqualTo(204);
        for (RawClient each : others) {
            assertThat(each.answer().status()).isEqualTo(204);
            each.close();
        }
        assertThat(receiver.received()).hasSize(6);
        assertThat(gateway.metric("ringgate_admission_wait_seconds_count")).isEqualTo(5);
        assertThat(gateway.metric("ringgate_edge_admission_waits_total{edge=\"berlin\",outcome=\"granted\"}"))
                .isEqualTo(5);
    }

    @ParameterizedTest(name = "tls = {0}")
    @ValueSource(booleans = {true, false})
    void who_waits_in_vain_gets_503_after_the_wait_and_may_go_on(boolean tls) throws IOException {
        long begun = System.nanoTime();
        try (RawClient other = client(tls)) {
            RawAnswer refused = other.send(Request.write("berlin", BODY)).answer();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isNotNull();
            assertThat(refused.body()).contains("max_concurrent_writes allows 1");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(6));

            gate.countDown();
            assertThat(first.answer().status()).isEqualTo(204);
            assertThat(other.send(Request.write("berlin", BODY)).answer().status())
                    .isEqualTo(204);
        }
    }

    @Test
    void the_status_page_counts_waiting_writes_and_the_waits_of_each_edge() throws IOException {
        List<RawClient> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.add(client(false).send(Request.write("berlin", BODY)));
        }
        Await.until("they wait", () -> waiting() == 3);

        JsonNode during = status();

        gate.countDown();
        for (RawClient each : others) {
            assertThat(each.answer().status()).isEqualTo(204);
            each.close();
        }
        JsonNode after = status();
        assertThat(during.at("/writes_waiting").asInt()).isEqualTo(3);
        assertThat(during.at("/edges/0/name").asText()).isEqualTo("berlin");
        assertThat(during.at("/edges/0/writes_in_flight").asInt()).isEqualTo(1);
        assertThat(during.at("/edges/0/admission_waits")).isEqualTo(waits(3, 0, 0));
        assertThat(during.at("/edges/1/admission_waits")).isEqualTo(waits(0, 0, 0));
        assertThat(after.at("/writes_waiting").asInt()).isZero();
        JsonNode ended = after.at("/edges/0/admission_waits");
        assertThat(ended).isEqualTo(waits(0, 3, ended.at("/seconds").asDouble()));
        assertThat(ended.at("/seconds").asDouble()).isPositive();
        assertThat(after.at("/edges/1/admission_waits")).isEqualTo(waits(0, 0, 0));
    }

    private JsonNode status() throws IOException {
        try (RawClient operator = RawClient.plain(gateway.adminPort())) {
            return JSON.readTree(
                    operator.send(Request.of("GET", "/status")).answer().body());
        }
    }

    private static JsonNode waits(int now, int granted, double seconds) throws IOException {
        return JSON.readTree(
                "{\"now\": %d, \"granted\": %d, \"refused\": 0, \"seconds\": %s}".formatted(now, granted, seconds));
    }

    @Test
    void who_is_asked_to_continue_is_asked_after_the_wait() throws IOException {
        Request expecting = Request.write("berlin", BODY).header("Expect", "100-continue");
        try (RawClient other = client(false).send(expecting.head())) {
            Await.until("it waits", () -> waiting() == 1);
            assertThat(other.answerIfThere()).isNull();

            gate.countDown();

            assertThat(other.answerToHead().status()).isEqualTo(100);
            assertThat(other.send(BODY).answer().status()).isEqualTo(204);
        }
    }

    /** How a client goes. */
    enum Leaving {
        CLOSE_NOTIFY {
            @Override
            void leave(RawClient client) throws IOException {
                client.closeNotify();
            }
        },
        FIN {
            @Override
            void leave(RawClient client) throws IOException {
                client.fin();
            }
        },
        RESET {
            @Override
            void leave(RawClient client) throws IOException {
                client.reset();
            }
        },
        CLOSE {
            @Override
            void leave(RawClient client) throws IOException {
                client.close();
            }
        };

        abstract void leave(RawClient client) throws IOException;
    }

    static List<Arguments> leavings() {
        List<Arguments> all = new ArrayList<>();
        for (Leaving how : Leaving.values()) {
            for (boolean large : new boolean[] {false, true}) {
                all.add(Arguments.of(how, true, large));
                if (how != Leaving.CLOSE_NOTIFY) {
                    all.add(Arguments.of(how, false, large));
                }
            }
        }
        return all;
    }

    /**
     * Behind a body that is not read nobody sees a close_notify, and what the kernel knows of FIN and reset only epoll
     * channels can ask for.
     */
    private static boolean isSeen(Leaving how, boolean large) {
        return !large || (how != Leaving.CLOSE_NOTIFY && !PORTABLE);
    }

    @ParameterizedTest(name = "{0}, tls = {1}, large = {2}")
    @MethodSource("leavings")
    void who_leaves_while_it_waits_is_granted_nothing(Leaving how, boolean tls, boolean large) throws IOException {
        RawClient other = client(tls).send(Request.write("berlin", large ? LARGE : BODY));
        Await.until("it waits", () -> waiting() == 1);

        how.leave(other);

        if (isSeen(how, large)) {
            Await.until("it waits no more", () -> waiting() == 0);
        }
        gate.countDown();
        assertThat(first.answer().status()).isEqualTo(204);
        Await.until("nothing is held", () -> gateway.gateway().writesInFlight() == 0 && waiting() == 0);
        assertThat(gateway.metric("ringgate_memory_reserved_bytes")).isZero();
        assertThat(gateway.metric("ringgate_admission_unused_grants_total")).isZero();
        if (isSeen(how, large)) {
            assertThat(receiver.received()).hasSize(1);
        }
        other.close();
    }

    /** The grant finds out itself, however short before it the client has left. */
    @ParameterizedTest(name = "{0}, tls = {1}, large = {2}")
    @MethodSource("leavings")
    void who_leaves_just_before_there_is_a_place_is_granted_nothing(Leaving how, boolean tls, boolean large)
            throws IOException {
        RawClient other = client(tls).send(Request.write("berlin", large ? LARGE : BODY));
        Await.until("it waits", () -> waiting() == 1);

        how.leave(other);
        gate.countDown();

        assertThat(first.answer().status()).isEqualTo(204);
        Await.until("nothing is held", () -> gateway.gateway().writesInFlight() == 0 && waiting() == 0);
        if (isSeen(how, true)) {
            assertThat(gateway.metric("ringgate_admission_unused_grants_total")).isZero();
            assertThat(receiver.received()).hasSize(1);
        }
        other.close();
    }
}
