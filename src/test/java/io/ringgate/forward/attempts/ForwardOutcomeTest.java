package io.ringgate.forward.attempts;

import static io.ringgate.forward.attempts.FakeReceiver.answer;
import static io.ringgate.forward.attempts.FakeReceiver.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.forward.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of a lone receiver means. */
class ForwardOutcomeTest {

    /** Bound and not listening: connections are refused, and no other program can take the port meanwhile. */
    private static final List<Socket> HELD = new ArrayList<>();

    private static Outcome of(FakeReceiver.Script script) throws Exception {
        try (FakeReceiver receiver = new FakeReceiver(script);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            return rig.send();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200,Stored",
        "204,Stored",
        "201,Misconfigured",
        "202,Misconfigured",
        "203,Misconfigured",
        "205,Misconfigured",
        "206,Misconfigured",
        "299,Misconfigured",
        "400,Refused",
        "409,Refused",
        "413,Refused",
        "422,Refused",
        "429,Limited",
        "100,Misconfigured",
        "101,Misconfigured",
        "301,Misconfigured",
        "304,Misconfigured",
        "401,Misconfigured",
        "403,Misconfigured",
        "404,Misconfigured",
        "405,Misconfigured",
        "408,Misconfigured",
        "431,Misconfigured",
        "500,Failed",
        "502,Failed",
        "503,Failed",
        "504,Failed",
        "599,Failed",
        "600,Misconfigured",
        "999,Misconfigured",
    })
    void a_status_becomes_an_outcome(int status, String outcome) throws Exception {
        String body = status / 100 == 4 ? "out of bounds" : "";
        assertThat(of(answering(answer(status, body))))
                .extracting(o -> o.getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
                "HTTP/1.0 409 Conflict\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 400 \r\n\r\n<html>\r\n<title>400 The plain HTTP request was sent to HTTPS port</title>",
                "HTTP/1.1 400 \r\n\r\nBad Request\r\nThis combination of host and port requires TLS.",
            })
    void what_a_port_for_tls_says_to_plain_http_does_not_refuse_the_write(String bytes) throws Exception {
        try (FakeReceiver wrongPort = new FakeReceiver(closing(bytes));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, wrongPort.port())) {
            assertThat(rig.send()).isInstanceOf(Outcome.Misconfigured.class);
            assertThat(rig.receiver(0).healthSnapshot(System.nanoTime()).lastFailure())
                    .as("a broken answer")
                    .contains("answered 4");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 408})
    void an_answer_of_the_wrong_place_is_held_against_the_receiver(int status) throws Exception {
        try (FakeReceiver wrong = new FakeReceiver(answering(answer(status, "")));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, wrong.port())) {
            rig.send();

            assertThat(rig.receiver(0).healthSnapshot(System.nanoTime()).lastFailure())
                    .contains("answered " + status);
        }
    }

    @Test
    void a_refusal_carries_the_first_line_of_the_body_quoted() throws Exception {
        Outcome outcome = of(answering(answer(409, "out of bounds \"x\" \u0001\nsecond line")));

        assertThat(outcome).isEqualTo(new Outcome.Refused(409, "out of bounds \\\"x\\\" \\x01"));
    }

    @Test
    void a_refusal_without_a_body_carries_the_reason_phrase() throws Exception {
        assertThat(of(answering(answer(422, "")))).isEqualTo(new Outcome.Unrecognised(422, "Some Reason"));
    }

    @Test
    void words_end_after_200_bytes() throws Exception {
        Outcome outcome = of(answering(answer(429, "x".repeat(5_000))));

        assertThat(((Outcome.Limited) outcome).words()).hasSizeBetween(190, 200).startsWith("xxx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            })
    void each_framing_is_read_also_byte_by_byte(String bytes) throws Exception {
        FakeReceiver.Script script = peer -> {
            peer.socket().setTcpNoDelay(true);
            peer.request();
            for (int i = 0; i < bytes.length(); i++) {
                peer.say(bytes.substring(i, i + 1));
            }
            peer.drain();
        };

        assertThat(of(script)).isEqualTo(new Outcome.Stored());
    }

    @Test
    void an_answer_that_ends_with_the_connection_is_complete() throws Exception {
        assertThat(of(closing("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok")))
                .isEqualTo(new Outcome.Stored());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 20",
            })
    void a_broken_off_success_is_not_stored(String bytes) throws Exception {
        assertThat(of(closing(bytes))).isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 two hundred\r\n\r\n",
            })
    void what_is_not_http_is_of_the_wrong_place(String bytes) throws Exception {
        assertThat(of(answering(bytes))).isInstanceOf(Outcome.Misconfigured.class);
    }

    @Test
    void a_success_that_never_ends_is_not_stored() throws Exception {
        FakeReceiver.Script endless = peer -> {
            peer.request();
            peer.say("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                peer.say("<html>".repeat(100));
            }
        };

        assertThat(of(endless)).isInstanceOf(Outcome.Misconfigured.class);
    }

    @Test
    void a_refusal_with_a_long_page_is_still_a_refusal() throws Exception {
        assertThat(of(answering(answer(413, "too many samples\n" + "x".repeat(200_000)))))
                .isEqualTo(new Outcome.Refused(413, "too many samples"));
    }

    @Test
    void a_success_before_the_body_was_read_is_not_believed() throws Exception {
        CountDownLatch judged = new CountDownLatch(1);
        FakeReceiver.Script hasty = peer -> {
            peer.say(answer(200, ""));
            judged.await();
        };
        try (FakeReceiver receiver = new FakeReceiver(hasty);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            Outcome outcome = rig.send(ForwardRig.body(20 << 20));
            judged.countDown();

            assertThat(outcome).isInstanceOf(Outcome.Misconfigured.class);
        }
    }

    @Test
    void a_refusal_before_the_body_was_read_is_heard_although_the_reset_came_with_it() throws Exception {
        CompletableFuture<ForwardRig> sender = new CompletableFuture<>();
        FakeReceiver.Script early = peer -> {
            CountDownLatch release = new CountDownLatch(1);
            peer.in().readNBytes(1_000);
            sender.get().hold(release);
            peer.say("HTTP/1.1 413 Big\r\nConnection: close\r\nContent-Length: 16\r\n\r\ntoo many samples");
            peer.reset();
            release.countDown();
        };
        try (FakeReceiver receiver = new FakeReceiver(early);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            sender.complete(rig);

            assertThat(rig.send(ForwardRig.body(20 << 20))).isEqualTo(new Outcome.Refused(413, "too many samples"));
        }
    }

    private static FakeReceiver.Script closing(String bytes) {
        return peer -> {
            peer.request();
            peer.say(bytes);
        };
    }

    @Test
    void nobody_listens() throws Exception {
        int port = closedPort();
        try (ForwardRig rig = new ForwardRig(ForwardRig.LONG, port)) {
            Outcome outcome = rig.send();

            assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
            assertThat(rig.receiver(0).health().isUnreachable()).isTrue();
            assertThat(rig.metrics.count("ringgate_receiver_connection_failures_total 127.0.0.1:" + port))
                    .isEqualTo(1);
        }
    }

    static int closedPort() throws IOException {
        Socket held = new Socket();
        held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        HELD.add(held);
        return held.getLocalPort();
    }
}
