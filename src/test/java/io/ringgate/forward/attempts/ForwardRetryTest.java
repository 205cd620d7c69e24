package io.ringgate.forward.attempts;

import static io.ringgate.forward.attempts.FakeReceiver.answer;
import static io.ringgate.forward.attempts.FakeReceiver.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.ringgate.forward.Outcome;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two receivers: the first is made the less loaded one and so is asked first. */
class ForwardRetryTest {

    private static final FakeReceiver.Script GOOD = answering(answer(204, ""));

    /** Makes the second receiver look busy while one write is sent. */
    private static Outcome sendToFirst(ForwardRig rig) throws Exception {
        rig.receiver(1).begin(1_000_000, Long.MAX_VALUE);
        try {
            return rig.send();
        } finally {
            rig.receiver(1).end(1_000_000);
        }
    }

    private static Outcome firstPlays(FakeReceiver.Script first, int requestsAtSecond) throws Exception {
        try (FakeReceiver bad = new FakeReceiver(first);
                FakeReceiver good = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, bad.port(), good.port())) {
            Outcome outcome = sendToFirst(rig);
            assertThat(good.requests()).hasSize(requestsAtSecond);
            assertThat(rig.metrics.count("ringgate_receiver_retries_total")).isEqualTo(requestsAtSecond);
            return outcome;
        }
    }

    @Test
    void a_refused_connection_is_retried_on_another_receiver() throws Exception {
        try (FakeReceiver good = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, ForwardOutcomeTest.closedPort(), good.port())) {
            assertThat(sendToFirst(rig)).isEqualTo(new Outcome.Stored());
            assertThat(rig.receiver(0).health().isUnreachable()).isTrue();
            assertThat(good.requests()).hasSize(1);
        }
    }

    @Test
    void a_503_is_retried_on_another_receiver() throws Exception {
        assertThat(firstPlays(answering(answer(503, "not ready")), 1)).isEqualTo(new Outcome.Stored());
    }

    @Test
    void a_reset_before_the_answer_is_retried_on_another_receiver() throws Exception {
        FakeReceiver.Script resets = peer -> {
            peer.request();
            peer.reset();
        };
        assertThat(firstPlays(resets, 1)).isEqualTo(new Outcome.Stored());
    }

    @Test
    void a_close_in_the_middle_of_an_answer_is_retried_on_another_receiver() throws Exception {
        FakeReceiver.Script breaksOff = peer -> {
            peer.request();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
        };
        assertThat(firstPlays(breaksOff, 1)).isEqualTo(new Outcome.Stored());
    }

    @Test
    void a_500_is_not_retried() throws Exception {
        assertThat(firstPlays(answering(answer(500, "")), 0)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void a_conflict_is_not_retried() throws Exception {
        assertThat(firstPlays(answering(answer(409, "out of order sample")), 0)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void rubbish_is_not_retried() throws Exception {
        assertThat(firstPlays(answering("rubbish\r\n\r\n"), 0)).isInstanceOf(Outcome.Misconfigured.class);
    }

    @Test
    void there_is_one_retry_only() throws Exception {
        FakeReceiver.Script busy = answering(answer(503, "busy"));
        try (FakeReceiver a = new FakeReceiver(busy);
                FakeReceiver b = new FakeReceiver(busy);
                FakeReceiver c = new FakeReceiver(busy);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, a.port(), b.port(), c.port())) {
            assertThat(rig.send()).isInstanceOf(Outcome.Failed.class);
            assertThat(a.requests().size() + b.requests().size() + c.requests().size())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_lone_receiver_is_not_asked_twice() throws Exception {
        try (FakeReceiver busy = new FakeReceiver(answering(answer(503, "busy")));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, busy.port())) {
            assertThat(rig.send()).isInstanceOf(Outcome.Failed.class);
            assertThat(busy.requests()).hasSize(1);
        }
    }

    @Test
    void a_deadline_after_sending_is_not_retried() throws Exception {
        CountDownLatch judged = new CountDownLatch(1);
        FakeReceiver.Script silent = peer -> {
            peer.request();
            judged.await();
        };
        try (FakeReceiver bad = new FakeReceiver(silent);
                FakeReceiver good = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.SHORT, bad.port(), good.port())) {
            rig.stopClock();
            rig.receiver(1).begin(1_000_000, Long.MAX_VALUE);
            CompletableFuture<Outcome> outcome = rig.start(ForwardRig.body(100), ForwardRig.LONG);
            ForwardRig.until("sent", () -> !bad.requests().isEmpty());
            rig.skew.addAndGet(ForwardRig.SHORT.toNanos());

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unavailable.class);
            assertThat(good.requests()).isEmpty();
            rig.receiver(1).end(1_000_000);
            judged.countDown();
        }
    }

    @Test
    void a_handshake_without_end_is_a_deadline_before_anything_was_sent_and_is_retried() throws Exception {
        // Plain stand-ins never answer a TLS hello: each attempt ends while it is still connecting.
        try (FakeReceiver a = new FakeReceiver(FakeReceiver.Peer::drain);
                FakeReceiver b = new FakeReceiver(FakeReceiver.Peer::drain);
                ForwardRig rig = new ForwardRig(ForwardRig.SHORT, TlsFiles.untrusting(), a.port(), b.port())) {
            assertThat(rig.send()).isInstanceOf(Outcome.Unavailable.class);
            ForwardRig.until("each was tried", () -> a.connections() == 1 && b.connections() == 1);
        }
    }

    @Test
    void the_writes_own_deadline_ends_everything() throws Exception {
        CountDownLatch judged = new CountDownLatch(1);
        ByteBuf body = ForwardRig.body(100);
        try (FakeReceiver silent = new FakeReceiver(peer -> judged.await());
                FakeReceiver other = new FakeReceiver(peer -> judged.await());
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, silent.port(), other.port())) {
            Outcome outcome = rig.start(body, ForwardRig.SHORT).get(10, TimeUnit.SECONDS);
            judged.countDown();

            assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
            assertThat(body.refCnt()).isZero();
        }
    }

    @Test
    void a_write_whose_time_is_over_is_not_sent() throws Exception {
        ByteBuf body = ForwardRig.body(100);
        try (FakeReceiver good = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, good.port())) {
            Outcome outcome = rig.start(body, Duration.ZERO).get(10, TimeUnit.SECONDS);

            assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
            assertThat(body.refCnt()).isZero();
            assertThat(good.connections()).isZero();
        }
    }

    @Test
    void a_receiver_that_came_back_is_found_by_a_bare_connection() throws Exception {
        try (FakeReceiver revived = new FakeReceiver(GOOD);
                FakeReceiver good = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, revived.port(), good.port())) {
            rig.stopClock();
            rig.receiver(0).health().unreached("refused", new SplittableRandom(1), rig.now());
            rig.send();
            assertThat(rig.receiver(0).health().isUnreachable()).isTrue();

            rig.skew.addAndGet(TimeUnit.SECONDS.toNanos(2));
            rig.send();

            ForwardRig.until("reached again", () -> !rig.receiver(0).health().isUnreachable());
            assertThat(revived.requests()).isEmpty();
            assertThat(good.requests()).hasSize(2);
        }
    }
}
