package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, silent or gone hold nothing for long. What they held is counted after each test. */
class SlowClientIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    private static StandInReceiver receiver;
    private static TestGateway gateway;

    /** Ends what stands still. Clients that are to be heard do not come here: one that a busy machine holds up is not. */
    private static TestGateway hasty;

    /** Takes any rate, but not for long. */
    private static TestGateway patient;

    @BeforeAll
    static void start(@TempDir Path folder, @TempDir Path another, @TempDir Path other) throws Exception {
        receiver = StandInReceiver.start();
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .settings("timeouts: {idle: 2s, attempt: 3s}")
                .settings("body: {min_rate: 100KiB, min_rate_after: 300ms}")
                .start();
        hasty = TestGateway.in(another)
                .edge("berlin", "team-a")
                .settings("timeouts: {tls_handshake: 400ms, request_headers: 400ms, idle: 400ms}")
                .start();
        patient = TestGateway.in(other)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .settings("timeouts: {write_deadline: 3s}")
                .settings("body: {min_rate: 0}")
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        hasty.close();
        patient.close();
        receiver.close();
    }

    @BeforeEach
    void reset() {
        receiver.reset();
    }

    /** Loopback sockets hold a few MiB by themselves; what a client gets rid of beyond that lies in the gateway. */
    @Test
    void a_client_that_asks_and_does_not_read_is_not_read_either_and_gets_its_answers_later() throws IOException {
        byte[] ask = "GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        int answerLength =
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 3\r\n\r\nOK\n".length();
        try (SocketChannel client = SocketChannel.open()) {
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), patient.plainPort()));
            client.configureBlocking(false);
            ByteBuffer asks = ByteBuffer.wrap(repeated(ask, 2048));
            long pushed = 0;
            long[] written = {0};
            while (pushed < 64 << 20
                    && Await.within(Duration.ofSeconds(1), () -> (written[0] = push(client, asks)) > 0)) {
                pushed += written[0];
            }
            assertThat(pushed).isLessThan(32 << 20);

            // One is served in each turn, and a stranger has ten seconds: it cannot have all of them.
            long expected = Math.min(2_000, pushed / ask.length) * answerLength;
            long[] answered = {0};
            Await.until("answers are there", () -> (answered[0] += pull(client)) >= expected);
        }
    }

    private static byte[] repeated(byte[] piece, int times) {
        ByteBuffer all = ByteBuffer.allocate(piece.length * times);
        for (int i = 0; i < times; i++) {
            all.put(piece);
        }
        return all.array();
    }

    private static long push(SocketChannel client, ByteBuffer asks) {
        try {
            if (!asks.hasRemaining()) {
                asks.rewind();
            }
            return client.write(asks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long pull(SocketChannel client) {
        try {
            ByteBuffer some = ByteBuffer.allocate(1 << 20);
            return Math.max(0, client.read(some));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_below_the_minimum_rate_is_503_and_the_end(boolean begun) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            client.send(Request.write("berlin", new byte[200_000]).head()).send(new byte[begun ? 1000 : 0]);

            RawAnswer answer = client.answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.body()).contains("slower than body.min_rate (102400 bytes/s)");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_body_unfinished_at_the_write_deadline_is_503_and_the_end() throws IOException {
        try (RawClient client = RawClient.tls(patient.tlsPort(), patient.ca())) {
            client.send(Request.write("berlin", new byte[200_000]).head()).send(new byte[1000]);

            RawAnswer answer = client.answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.body()).contains("not complete after 3 s");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_sender_is_not_slow_while_a_receiver_is() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        receiver.reply(new Reply.After(gate, Reply.stored()));
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            client.send(Request.write("berlin", UP));
            long begun = System.nanoTime();
            Await.until("longer than the minimum rate is waited for", () -> System.nanoTime() - begun > 700_000_000L);
            gate.countDown();

            assertThat(client.answer().status()).isEqualTo(204);
        } finally {
            gate.countDown();
        }
    }

    @Test
    void a_head_that_does_not_end_ends_the_connection() throws IOException {
        try (RawClient client = RawClient.plain(hasty.plainPort())) {
            client.send("GET /-/ready HTTP/1.1\r\nHost: x\r\nX-Drip: ");

            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void dripping_does_not_help() throws IOException {
        try (RawClient client = RawClient.plain(hasty.plainPort())) {
            client.send("GET /-/ready HTTP/1.1\r\nHost: x\r\nX-Drip: ");
            boolean closed = Await.within(Duration.ofSeconds(5), () -> {
                try {
                    client.send("a");
                    return hasty.gateway().connections() == 0;
                } catch (IOException broken) {
                    return true;
                }
            });

            assertThat(closed).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_silent_connection_is_ended(boolean tls) throws IOException {
        try (RawClient client = RawClient.plain(tls ? hasty.tlsPort() : hasty.plainPort())) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_handshake_that_does_not_go_on_is_ended() throws IOException {
        try (RawClient client = RawClient.plain(hasty.tlsPort())) {
            client.send(new byte[] {22, 3, 1, 2, 0, 1});

            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void an_idle_connection_is_ended() throws IOException {
        try (RawClient client = RawClient.tls(gateway.tlsPort(), gateway.ca())) {
            assertThat(client.send(Request.write("berlin", UP)).answer().status())
                    .isEqualTo(204);

            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void the_rest_of_a_refused_body_is_not_waited_for_long() throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            client.send(Request.write("berlin", new byte[1000])
                    .credential("berlin", "wrong")
                    .head());
            assertThat(client.answer().status()).isEqualTo(401);

            assertThat(client.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 400, 1000})
    void a_client_that_goes_in_the_middle_of_its_request_leaves_nothing(int bytes) throws IOException {
        byte[] request = Request.write("berlin", new byte[100_000]).bytes();
        try (RawClient client = RawClient.tls(patient.tlsPort(), patient.ca())) {
            client.send(Arrays.copyOf(request, bytes));
            Await.until("it is there", () -> patient.gateway().connections() == 1);
        }
        gone(patient);
    }

    @Test
    void a_client_that_breaks_off_its_body_leaves_nothing() throws IOException {
        RawClient client = RawClient.plain(patient.plainPort());
        byte[] packed = UP.clone();
        client.send(Request.write("berlin", new byte[100_000]).head()).send(packed);
        Await.until("memory is held", () -> patient.gateway().reservedBytes() > 0);

        client.reset();

        gone(patient);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void a_client_that_goes_while_its_write_is_at_a_receiver_leaves_nothing() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        receiver.reply(new Reply.After(gate, Reply.stored()));
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            client.send(Request.write("berlin", UP));
            Await.until("the write is under way", () -> gateway.gateway().writesInFlight() == 1);
        }
        Await.until("the client is gone", () -> gateway.gateway().connections() == 0);
        gate.countDown();

        gone(gateway);
    }

    @Test
    void nor_does_one_whose_receiver_never_answers() throws IOException {
        receiver.reply(new Reply.Never());
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            client.send(Request.write("berlin", UP));
            Await.until("the write is under way", () -> gateway.gateway().writesInFlight() == 1);
        }
        gone(gateway);
    }

    @Test
    void nor_does_one_whose_large_write_is_being_coded() throws IOException {
        SampleWrites.Body large = SampleWrites.body(40_000, 12, 1_700_000_000_000L, new SplittableRandom(1));
        byte[] request = Request.write("berlin", large.packed()).bytes();
        for (int i = 0; i < 10; i++) {
            RawClient client = RawClient.plain(gateway.plainPort());
            client.send(request);
            client.reset();
        }
        gone(gateway);
    }

    private static void gone(TestGateway from) {
        Await.until(
                "nothing is held",
                () -> from.gateway().connections() == 0
                        && from.gateway().writesInFlight() == 0
                        && from.gateway().reservedBytes() == 0);
    }
}
