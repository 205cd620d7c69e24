package io.ringgate.forward.attempts;

import static io.ringgate.forward.attempts.FakeReceiver.answer;
import static io.ringgate.forward.attempts.FakeReceiver.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.connections.ReceiverConnection;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardConnectionTest {

    private static final FakeReceiver.Script GOOD = answering(answer(204, ""));

    @Test
    void the_request_is_these_bytes_and_nothing_else() throws Exception {
        try (FakeReceiver receiver = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            rig.send(ForwardRig.body(1234));

            FakeReceiver.Request request = receiver.requests().getFirst();
            assertThat(request.head().replaceFirst("[0-9a-f]{32}-[0-9a-f]{16}-00", "TRACE"))
                    .isEqualTo("POST /api/v1/receive HTTP/1.1\r\nHost: 127.0.0.1:" + receiver.port() + "\r\n"
                            + "User-Agent: Ringgate/test\r\n"
                            + "Content-Type: application/x-protobuf\r\n"
                            + "Content-Encoding: snappy\r\n"
                            + "X-Prometheus-Remote-Write-Version: 0.1.0\r\n"
                            + "Content-Length: 1234\r\n"
                            + "THANOS-TENANT: team-a\r\n"
                            + "X-Request-Id: id-1\r\n"
                            + "traceparent: 00-TRACE\r\n\r\n");
            assertThat(request.body()).isEqualTo(ForwardRig.body(1234).nioBuffer());
        }
    }

    @Test
    void two_writes_use_one_connection() throws Exception {
        try (FakeReceiver receiver = new FakeReceiver(GOOD);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            rig.send();
            rig.send();

            assertThat(receiver.requests()).hasSize(2);
            assertThat(receiver.connections()).isEqualTo(1);
            assertThat(rig.metrics.gauge("ringgate_receiver_connections 127.0.0.1:" + receiver.port()))
                    .isEqualTo(1.0);
        }
    }

    @Test
    void two_writes_at_once_use_two_connections() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        FakeReceiver.Script patient = peer -> {
            peer.request();
            both.countDown();
            both.await();
            peer.say(answer(204, ""));
            peer.drain();
        };
        try (FakeReceiver receiver = new FakeReceiver(patient);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            CompletableFuture<Outcome> one = rig.start(ForwardRig.body(10), ForwardRig.LONG);
            CompletableFuture<Outcome> two = rig.start(ForwardRig.body(10), ForwardRig.LONG);

            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome.Stored());
            assertThat(two.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome.Stored());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            })
    void a_connection_that_says_so_or_says_more_is_not_used_again(String bytes) throws Exception {
        try (FakeReceiver receiver = new FakeReceiver(answering(bytes));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            assertThat(rig.send()).isEqualTo(new Outcome.Stored());
            assertThat(rig.send()).isEqualTo(new Outcome.Stored());

            assertThat(receiver.connections()).isEqualTo(2);
        }
    }

    @Test
    void the_beginning_of_an_answer_that_nobody_asked_for_closes_the_connection() throws Exception {
        CountDownLatch stored = new CountDownLatch(1);
        FakeReceiver.Script eager = peer -> {
            peer.request();
            peer.say(answer(204, ""));
            stored.await();
            peer.say("HTTP/1.1 200 OK\r\n");
            peer.drain();
        };
        try (FakeReceiver receiver = new FakeReceiver(eager);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            rig.send();
            stored.countDown();

            ForwardRig.until("closed", () -> rig.connections() == 0);
        }
    }

    @Test
    void a_kept_connection_that_died_is_replaced_and_the_receiver_is_not_blamed() throws Exception {
        FakeReceiver.Script oneShot = peer -> {
            if (peer.request() != null) {
                peer.say(answer(204, ""));
                // The second request meets a reset; it cannot be seen before it is sent.
                peer.in().read();
                peer.reset();
            }
        };
        try (FakeReceiver receiver = new FakeReceiver(oneShot);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            // What is cut within a second was stale.
            rig.stopClock();
            rig.send();
            Outcome second = rig.send();

            assertThat(second).isEqualTo(new Outcome.Stored());
            assertThat(receiver.connections()).isEqualTo(2);
            assertThat(rig.metrics.count("ringgate_receiver_retries_total")).isZero();
            assertThat(rig.metrics.count(
                            "ringgate_receiver_attempts_total 127.0.0.1:" + receiver.port() + " unavailable"))
                    .isZero();
        }
    }

    @Test
    void a_kept_connection_that_is_cut_late_is_an_attempt_that_failed() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        FakeReceiver.Script cutsLate = peer -> {
            peer.request();
            peer.say(answer(204, ""));
            if (peer.request() != null) {
                late.await();
                peer.reset();
            }
        };
        try (FakeReceiver receiver = new FakeReceiver(cutsLate);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            rig.send();
            CompletableFuture<Outcome> second = rig.start(ForwardRig.body(10), ForwardRig.LONG);
            ForwardRig.until("received", () -> receiver.requests().size() == 2);
            rig.skew.addAndGet(TimeUnit.SECONDS.toNanos(2));
            late.countDown();

            assertThat(second.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unavailable.class);
            assertThat(receiver.connections()).isEqualTo(1);
            assertThat(rig.receiver(0).healthSnapshot(System.nanoTime()).lastFailure())
                    .contains("did not answer");
        }
    }

    @Test
    void a_big_body_arrives_whole_while_little_of_it_is_in_direct_memory() throws Exception {
        ByteBufAllocatorMetricProvider direct = (ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT;
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        FakeReceiver.Script slow = peer -> {
            peer.in().mark(2 << 20);
            peer.in().readNBytes(1 << 20);
            peer.in().reset();
            begun.countDown();
            go.await();
            peer.request();
            peer.say(answer(204, ""));
            peer.drain();
        };
        try (FakeReceiver receiver = new FakeReceiver(slow);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            long before = direct.metric().usedDirectMemory();
            ByteBuf body = ForwardRig.body(20 << 20);
            CompletableFuture<Outcome> outcome = rig.start(body, ForwardRig.LONG);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            long during = direct.metric().usedDirectMemory();
            go.countDown();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome.Stored());
            assertThat(receiver.requests().getFirst().body())
                    .isEqualTo(ForwardRig.body(20 << 20).nioBuffer());
            assertThat(during - before).isLessThan(5 << 20);
            assertThat(body.refCnt()).isZero();
        }
    }

    @Test
    void a_receiver_that_never_reads_costs_one_attempt_and_keeps_nothing() throws Exception {
        CountDownLatch judged = new CountDownLatch(1);
        ByteBuf body = ForwardRig.body(20 << 20);
        try (FakeReceiver deaf = new FakeReceiver(peer -> judged.await());
                ForwardRig rig = new ForwardRig(ForwardRig.SHORT, deaf.port())) {
            Outcome outcome = rig.send(body);

            assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
            assertThat(body.refCnt()).isZero();
            assertThat(rig.outstanding()).isZero();
            judged.countDown();
        }
    }

    @Test
    void the_deadline_of_a_second_write_holds_on_a_kept_connection() throws Exception {
        CountDownLatch judged = new CountDownLatch(1);
        FakeReceiver.Script tired = peer -> {
            peer.request();
            peer.say(answer(204, ""));
            peer.request();
            judged.await();
        };
        try (FakeReceiver receiver = new FakeReceiver(tired);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            rig.send();
            Outcome second = rig.start(ForwardRig.body(10), ForwardRig.SHORT).get(10, TimeUnit.SECONDS);

            assertThat(second).isInstanceOf(Outcome.Unavailable.class);
            judged.countDown();
        }
    }

    @Test
    void outstanding_bytes_are_seen_while_an_answer_is_due() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        FakeReceiver.Script slow = peer -> {
            peer.request();
            seen.await();
            peer.say(answer(204, ""));
            peer.drain();
        };
        try (FakeReceiver receiver = new FakeReceiver(slow);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            CompletableFuture<Outcome> outcome = rig.start(ForwardRig.body(777), ForwardRig.LONG);
            ForwardRig.until("received", () -> !receiver.requests().isEmpty());

            assertThat(rig.metrics.gauge("ringgate_receiver_outstanding_bytes 127.0.0.1:" + receiver.port()))
                    .isEqualTo(777.0);
            seen.countDown();
            outcome.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void no_more_idle_connections_are_kept_than_allowed() throws Exception {
        CountDownLatch all = new CountDownLatch(6);
        FakeReceiver.Script together = peer -> {
            peer.request();
            all.countDown();
            all.await();
            peer.say(answer(204, ""));
            peer.drain();
        };
        try (FakeReceiver receiver = new FakeReceiver(together);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, receiver.port())) {
            List<CompletableFuture<Outcome>> outcomes = java.util.stream.IntStream.range(0, 6)
                    .mapToObj(i -> rig.start(ForwardRig.body(10), ForwardRig.LONG))
                    .toList();
            for (CompletableFuture<Outcome> outcome : outcomes) {
                assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome.Stored());
            }

            ForwardRig.until("four left", () -> rig.connections() == 4);
        }
    }

    /** Stands where TLS would, and has no memory for what goes out. */
    private static final class Spent extends ChannelOutboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.executor().execute(() -> ctx.fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS));
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise promise) {
            ReferenceCountUtil.release(bytes);
            promise.setFailure(new OutOfMemoryError("no direct memory"));
        }
    }

    @Test
    void a_write_for_which_memory_is_spent_ends_at_once_and_blames_nobody() throws Exception {
        ByteBuf body = ForwardRig.body(200_000);
        try (FakeReceiver silent = new FakeReceiver(FakeReceiver.Peer::drain);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, (memory, peer, port) -> new Spent(), silent.port())) {
            assertThat(rig.send(body)).isInstanceOf(Outcome.Unavailable.class);
            assertThat(body.refCnt()).isZero();
            assertThat(rig.receiver(0).healthSnapshot(System.nanoTime()).lastFailure())
                    .isEmpty();
        }
    }

    @Test
    void a_connection_for_which_no_port_is_free_is_our_own_fault() {
        SocketException annotated = new SocketException("Cannot assign requested address: /10.0.0.1:19291");
        annotated.initCause(new BindException("Cannot assign requested address"));

        assertThat(ReceiverConnection.isOurFault(annotated)).isTrue();
        assertThat(ReceiverConnection.isOurFault(new OutOfMemoryError("direct")))
                .isTrue();
        assertThat(ReceiverConnection.isOurFault(new ConnectException("Connection refused")))
                .isFalse();
    }

    @Test
    void closing_ends_what_is_under_way_and_refuses_what_comes_later() throws Exception {
        ByteBuf body = ForwardRig.body(10);
        try (FakeReceiver silent = new FakeReceiver(FakeReceiver.Peer::drain);
                FakeReceiver other = new FakeReceiver(FakeReceiver.Peer::drain);
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, silent.port(), other.port())) {
            CompletableFuture<Outcome> under = rig.start(body, ForwardRig.LONG);
            ForwardRig.until("connected", () -> rig.connections() == 1);

            rig.forwarder.close();

            assertThat(under.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unavailable.class);
            assertThat(body.refCnt()).isZero();
            assertThat(rig.send()).isInstanceOf(Outcome.Unavailable.class);
        }
    }
}
