package io.ringgate.forward.attempts;

import static io.ringgate.forward.attempts.FakeReceiver.answer;
import static io.ringgate.forward.attempts.FakeReceiver.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.ringgate.edge.TenantId;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.discovery.NameLookup;
import io.ringgate.forward.discovery.ReceiverRing;
import io.ringgate.forward.discovery.Receivers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What attempts teach of receivers, over real sockets. */
class ForwardHealthTest {

    private static final FakeReceiver.Script GOOD = answering(answer(204, ""));
    private static final String NOT_OPEN = answer(500, "x".repeat(500) + ": TSDB not ready");

    private static void sendUntilEjected(ForwardRig rig) throws Exception {
        for (int i = 0; i < 1_000 && !rig.receiver(0).health().isEjected(); i++) {
            rig.send();
            // Doubt of one failure is over after a second.
            rig.skew.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
        }
        assertThat(rig.receiver(0).health().isEjected()).isTrue();
    }

    @Test
    void one_that_fails_all_is_ejected_and_costs_one_write_for_each_trial() throws Exception {
        try (FakeReceiver bad = new FakeReceiver(answering(answer(500, "no")));
                FakeReceiver good = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, bad.port(), good.port())) {
            rig.stopClock();
            sendUntilEjected(rig);
            int before = bad.requests().size();
            for (int i = 0; i < 5; i++) {
                assertThat(rig.send()).isEqualTo(new Outcome.Stored());
            }
            assertThat(bad.requests()).hasSize(before);

            rig.skew.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertThat(rig.send()).as("the trial").isInstanceOf(Outcome.Failed.class);
            assertThat(rig.send()).isEqualTo(new Outcome.Stored());
            assertThat(bad.requests()).hasSize(before + 1);
        }
    }

    @Test
    void one_that_recovers_is_back_with_the_first_trial() throws Exception {
        FakeReceiver.Script recovers = answering(answer(500, ""), answer(500, ""), answer(500, ""), answer(204, ""));
        try (FakeReceiver bad = new FakeReceiver(recovers);
                FakeReceiver good = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, bad.port(), good.port())) {
            sendUntilEjected(rig);

            rig.skew.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertThat(rig.send()).isEqualTo(new Outcome.Stored());

            assertThat(rig.receiver(0).healthSnapshot(rig.now()).state()).isEqualTo("serving");
        }
    }

    @Test
    void answers_that_blame_the_write_eject_nobody() throws Exception {
        try (FakeReceiver picky = new FakeReceiver(answering(answer(409, "out of order sample")));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, picky.port(), picky.port())) {
            for (int i = 0; i < 10; i++) {
                assertThat(rig.send()).isInstanceOf(Outcome.Refused.class);
                rig.skew.addAndGet(TimeUnit.SECONDS.toNanos(1));
            }
            assertThat(rig.receiver(0).health().isEjected()).isFalse();
        }
    }

    @Test
    void a_database_that_is_being_opened_is_asked_again() throws Exception {
        try (FakeReceiver receiver = new FakeReceiver(answering(NOT_OPEN, NOT_OPEN, answer(204, "")));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            assertThat(rig.send()).isEqualTo(new Outcome.Stored());

            assertThat(receiver.requests()).hasSize(3);
            assertThat(rig.receiver(0).health().isSuspect(rig.now())).isFalse();
        }
    }

    @Test
    void a_wait_that_would_pass_the_deadline_is_not_begun() throws Exception {
        try (FakeReceiver receiver = new FakeReceiver(answering(NOT_OPEN));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            Outcome outcome =
                    rig.start(ForwardRig.body(10), Duration.ofMillis(190)).get(10, TimeUnit.SECONDS);

            assertThat(outcome).isNotEqualTo(new Outcome.Stored());
            assertThat(receiver.requests()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void closing_ends_a_write_that_waits() throws Exception {
        ByteBuf body = ForwardRig.body(10);
        CountDownLatch asked = new CountDownLatch(1);
        FakeReceiver.Script notOpen = peer -> {
            while (peer.request() != null) {
                peer.say(NOT_OPEN);
                asked.countDown();
            }
        };
        try (FakeReceiver receiver = new FakeReceiver(notOpen);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            CompletableFuture<Outcome> outcome = rig.start(body, ForwardRig.LONG);
            asked.await();
            ForwardRig.until("waits", () -> rig.metrics.count("ringgate_receiver_retries_total") > 0);

            rig.forwarder.close();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unavailable.class);
            assertThat(body.refCnt()).isZero();
        }
    }

    @Test
    void retries_end_with_their_budget_and_the_outcome_stands() throws Exception {
        try (FakeReceiver one = new FakeReceiver(answering(answer(503, "no")));
                FakeReceiver two = new FakeReceiver(answering(answer(503, "no")));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, one.port(), two.port())) {
            rig.stopClock();
            for (int i = 0; i < 10; i++) {
                rig.policy.grantRetry(rig.now());
            }
            long before = rig.metrics.count("ringgate_receiver_retries_total");

            assertThat(rig.send()).isInstanceOf(Outcome.Failed.class);

            assertThat(rig.metrics.count("ringgate_receiver_retries_total")).isEqualTo(before);
            assertThat(one.requests().size() + two.requests().size()).isEqualTo(1);
        }
    }

    @Test
    void when_every_receiver_has_its_share_waiting_the_answer_comes_at_once() throws Exception {
        try (FakeReceiver one = new FakeReceiver(GOOD);
                FakeReceiver two = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, one.port(), two.port())) {
            rig.receiver(0).begin(ForwardRig.MEMORY / 2, Long.MAX_VALUE);
            assertThat(rig.send()).as("the other has room").isEqualTo(new Outcome.Stored());

            rig.receiver(1).begin(ForwardRig.MEMORY / 2, Long.MAX_VALUE);
            assertThat(rig.send()).isInstanceOf(Outcome.Unavailable.class);

            rig.receiver(0).end(ForwardRig.MEMORY / 2);
            rig.receiver(1).end(ForwardRig.MEMORY / 2);
            assertThat(one.requests().size() + two.requests().size()).isEqualTo(1);
        }
    }

    @Test
    void a_ring_that_stands_still_holds_no_more_than_its_receivers_share() throws Exception {
        ReceiverAddress other = new ReceiverAddress("127.0.0.1", 1);
        try (FakeReceiver one = new FakeReceiver(GOOD)) {
            ReceiverAddress mine = new ReceiverAddress("127.0.0.1", one.port());
            List<ReceiverRing> rings = List.of(
                    new ReceiverRing("a", new TenantId("team-a")::equals, List.of(mine), false),
                    new ReceiverRing("b", tenant -> true, List.of(other), false));
            try (ForwardRig rig = new ForwardRig(
                    ForwardRig.LONG, null, metrics -> Receivers.inRings(rings, NameLookup.system(), metrics))) {
                rig.receiver(0).begin(ForwardRig.MEMORY / 2, Long.MAX_VALUE);

                assertThat(rig.send()).isInstanceOf(Outcome.Unavailable.class);

                rig.receiver(0).end(ForwardRig.MEMORY / 2);
                assertThat(one.requests()).isEmpty();
            }
        }
    }

    @Test
    void one_that_fails_writes_but_can_be_reached_goes_before_one_that_is_gone() throws Exception {
        FakeReceiver gone = new FakeReceiver(GOOD);
        try (FakeReceiver alive = new FakeReceiver(answering(answer(500, "")));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, alive.port(), gone.port())) {
            sendUntilEjected(rig);
            gone.close();

            for (int i = 0; i < 10; i++) {
                assertThat(rig.send()).as("write %d was answered", i).isInstanceOf(Outcome.Failed.class);
            }
        }
    }

    @Test
    void a_write_with_little_time_left_blames_nobody() throws Exception {
        // A plain stand-in never answers a TLS hello: the connection is still being made when the write's time is up.
        try (FakeReceiver silent = new FakeReceiver(FakeReceiver.Peer::drain);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, TlsFiles.untrusting(), silent.port())) {
            Outcome outcome = rig.start(ForwardRig.body(10), ForwardRig.SHORT).get(10, TimeUnit.SECONDS);

            assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
            assertThat(rig.receiver(0).health().isUnreachable()).isFalse();
        }
    }

    @Test
    void an_answer_that_had_little_time_to_come_blames_nobody() throws Exception {
        try (FakeReceiver silent = new FakeReceiver(FakeReceiver.Peer::drain);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, silent.port())) {
            rig.start(ForwardRig.body(10), ForwardRig.SHORT).get(10, TimeUnit.SECONDS);

            assertThat(rig.receiver(0).healthSnapshot(System.nanoTime()).lastFailure())
                    .isEmpty();
        }
    }
}
