package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that fail, one or both, as a sender sees it. */
class RetryIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final int WRITES = 20;
    private static final String RETRIES = "ringgate_receiver_retries_total";

    private static StandInReceiver good;
    private static StandInReceiver bad;
    private static TestGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        good = StandInReceiver.start();
        bad = StandInReceiver.start();
        gateway = TestGateway.in(folder)
                .receiverPorts(good.port(), bad.port())
                .edge("berlin", "team-a")
                .settings("timeouts: {write_deadline: 3s, attempt: 500ms, connect: 200ms}")
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        good.close();
        bad.close();
    }

    @BeforeEach
    void reset() {
        good.reset();
        bad.reset();
    }

    private static RawAnswer write() throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write("berlin", UP)).answer();
        }
    }

    private static void everyWriteIsStored() throws IOException {
        for (int i = 0; i < WRITES; i++) {
            assertThat(write().status()).isEqualTo(204);
        }
        assertThat(good.received()).hasSize(WRITES);
    }

    @Test
    void while_all_is_well_nothing_is_sent_twice() throws IOException {
        double retries = gateway.metric(RETRIES);

        for (int i = 0; i < WRITES; i++) {
            assertThat(write().status()).isEqualTo(204);
        }

        assertThat(good.received().size() + bad.received().size()).isEqualTo(WRITES);
        assertThat(gateway.metric(RETRIES)).isEqualTo(retries);
    }

    @Test
    void a_killed_receiver_costs_no_write() throws IOException {
        for (int i = 0; i < WRITES; i++) {
            write();
        }
        good.reset();
        bad.kill();

        everyWriteIsStored();
    }

    @Test
    void a_receiver_that_hangs_up_costs_no_write() throws IOException {
        bad.reply(new Reply.HangUp());

        noWriteIsLostUntilTheBadOneWasAsked();
    }

    @Test
    void a_receiver_that_says_503_costs_no_write() throws IOException {
        bad.reply(Reply.status(503, "starting"));

        noWriteIsLostUntilTheBadOneWasAsked();
    }

    /** It may be passed over for a second after a test before has killed it. */
    private static void noWriteIsLostUntilTheBadOneWasAsked() {
        Await.until(
                "the bad one was asked",
                () -> status() != 204 || !bad.received().isEmpty());
        assertThat(status()).isEqualTo(204);
        assertThat(bad.received()).isNotEmpty();
    }

    private static int status() {
        try {
            return write().status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 429, 500, 502})
    void what_a_receiver_decided_is_not_tried_elsewhere(int status) throws IOException {
        good.reply(Reply.status(status, "no"));
        bad.reply(Reply.status(status, "no"));

        write();

        assertThat(good.received().size() + bad.received().size()).isEqualTo(1);
    }

    @Test
    void when_both_are_down_the_sender_is_told_to_come_again() throws IOException {
        good.kill();
        bad.kill();

        RawAnswer answer = write();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.body()).startsWith("no receiver could take this write now, ");
    }

    @Test
    void when_both_say_503_each_is_asked_once() throws IOException {
        good.reply(Reply.status(503, "no"));
        bad.reply(Reply.status(503, "no"));

        assertThat(write().status()).isEqualTo(503);

        assertThat(good.received()).hasSize(1);
        assertThat(bad.received()).hasSize(1);
    }

    @Test
    void a_frozen_receiver_is_left_at_the_attempts_deadline() throws IOException {
        good.reply(new Reply.Never());
        bad.reply(new Reply.Never());

        RawAnswer answer = write();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .startsWith("no receiver could take this write now, ")
                .doesNotContain("127.0.0.1");
        assertThat(good.received().size() + bad.received().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n"
            })
    void whatever_else_a_receiver_says_is_503(String said) throws IOException {
        good.reply(new Reply.Say(said));
        bad.reply(new Reply.Say(said));

        RawAnswer answer = write();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void a_receiver_that_is_back_gets_writes_again() throws IOException {
        good.kill();
        bad.kill();
        assertThat(write().status()).isEqualTo(503);

        good.reset();
        bad.reset();

        assertThat(write().status()).isEqualTo(204);
    }
}
