package io.ringgate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.auth.basic.BasicMethod;
import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.basic.Users;
import io.ringgate.edge.Address;
import io.ringgate.edge.Edge;
import io.ringgate.edge.Network;
import io.ringgate.secret.Secret;
import io.ringgate.testing.Await;
import io.ringgate.testing.CountingMetrics;
import io.ringgate.testing.TestEdges;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads: the bounds, the pauses, and the way back to the caller. */
class VerificationPoolTest {

    private static final Edge EDGE = TestEdges.edge("edge", "team");
    private static final PresentedCredentials CORRECT_HORSE = TestEdges.header("Basic YWdlbnQ6Y29ycmVjdCBob3JzZQ==");
    private static final Network HERE = Address.NONE.source();
    private static final Network THERE = new Address(false, 0, 1).source();
    private static final Network ELSEWHERE = new Address(false, 0, 2).source();

    private final CountingMetrics metrics = new CountingMetrics();
    private final List<String> dropped = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final AtomicLong cpu = new AtomicLong();
    private final VerificationPool pool =
            new VerificationPool(1, 4, 20, new VerificationPool.Clocks(now::get, cpu::get), metrics);
    private final BasicMethod authenticator = new BasicMethod(
            Users.of(
                    Htpasswd.parse("agent:$apr1$24TaCi9j$h5aZgbAsV24hGa0Ha9vba."),
                    Map.of("agent", new Users.Entry(TestEdges.login(EDGE), null))),
            new HeaderDigest(Secret.of("0123456789abcdef")),
            () -> 0,
            pool,
            metrics);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void what_has_no_place_is_refused_and_the_length_is_seen() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        begin(HERE, "a", () -> {
            running.countDown();
            return awaitQuietly(end);
        });
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(begin(HERE, "b", () -> true)).isTrue();
        assertThat(begin(HERE, "c", () -> true)).isTrue();
        assertThat(begin(HERE, "d", () -> true)).isFalse();
        assertThat(metrics.gauge("ringgate_auth_hash_queue_length")).isEqualTo(2);
        assertThat(metrics.get("ringgate_auth_proofs_refused_total{reason=queue_full}"))
                .isEqualTo(1);
        assertThat(begin(THERE, "e", () -> true)).isTrue();
        assertThat(begin(THERE, "f", () -> true)).isTrue();
        assertThat(begin(ELSEWHERE, "g", () -> true)).isTrue();
        assertThat(dropped).as("the newest of one that has two").containsExactly("d", "c");
        end.countDown();
    }

    @Test
    void a_name_that_failed_too_often_is_refused_from_there() {
        AtomicInteger made = new AtomicInteger();
        for (int i = 1; i <= 10; i++) {
            assertThat(begin(HERE, "a", () -> made.incrementAndGet() < 0)).isTrue();
            int so = i;
            Await.until("it is made", () -> made.get() == so && metrics.gauge("ringgate_auth_hash_queue_length") == 0);
        }

        assertThat(begin(HERE, "a", () -> true)).isFalse();
        assertThat(begin(HERE, "b", () -> true)).isTrue();
        assertThat(metrics.get("ringgate_auth_proofs_refused_total{reason=failed_too_often}"))
                .isEqualTo(1);
    }

    @Test
    void what_costs_more_than_there_is_makes_the_next_wait_until_the_share_is_raised() {
        AtomicInteger made = new AtomicInteger();
        begin(HERE, "a", () -> {
            cpu.addAndGet(TimeUnit.HOURS.toNanos(1));
            return made.incrementAndGet() > 0;
        });
        Await.until("one is made", () -> made.get() == 1);
        begin(HERE, "b", () -> made.incrementAndGet() > 0);
        assertThat(metrics.gauge("ringgate_auth_hash_queue_length")).isEqualTo(1);

        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        pool.resize(100);
        assertThat(made).hasValue(1);
        // The first may be charged only after it was seen to be made: from then on it is one hour.
        Await.until("the other is made", () -> {
            now.addAndGet(TimeUnit.HOURS.toNanos(1));
            pool.resize(100);
            return made.get() == 2;
        });
    }

    @Test
    void a_check_that_breaks_off_counts_against_nobody_and_the_thread_lives_on() {
        for (int i = 0; i < 20; i++) {
            assertThat(begin(HERE, "a", () -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .isTrue();
            Await.until("it is over", () -> metrics.gauge("ringgate_auth_hash_queue_length") == 0);
        }
    }

    @Test
    void the_threads_have_a_name_and_do_not_keep_the_process_alive() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        begin(HERE, "a", () -> thread.complete(Thread.currentThread()));

        assertThat(thread.get(10, TimeUnit.SECONDS))
                .satisfies(t -> assertThat(t.isDaemon()).isTrue())
                .satisfies(t -> assertThat(t.getName()).isEqualTo("ringgate-verification-1"));
    }

    @Test
    void a_closed_one_takes_nothing() {
        pool.close();

        assertThat(begin(HERE, "a", () -> true)).isFalse();
    }

    @Test
    void the_answer_comes_back_on_the_vertx_context_of_the_caller() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Context context = vertx.getOrCreateContext();
            CompletableFuture<Context> seen = new CompletableFuture<>();
            CompletableFuture<Verdict> verdict = new CompletableFuture<>();

            context.runOnContext(
                    nothing -> TestEdges.ask(authenticator, CORRECT_HORSE).onSuccess(v -> {
                        seen.complete(Vertx.currentContext());
                        verdict.complete(v);
                    }));

            assertThat(verdict.get(10, TimeUnit.SECONDS)).isEqualTo(TestEdges.known(EDGE));
            assertThat(seen.get(10, TimeUnit.SECONDS)).isSameAs(context);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_answer_comes_back_on_the_event_loop_of_a_netty_handler() throws Exception {
        try (MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory())) {
            EventLoop loop = group.next();
            CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

            loop.execute(() ->
                    TestEdges.ask(authenticator, CORRECT_HORSE).onSuccess(v -> onLoop.complete(loop.inEventLoop())));

            assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** False when it is refused at once. */
    private boolean begin(Network source, String claimed, Supplier<Boolean> made) {
        int before = dropped.size();
        pool.submit(source, claimed, Tasks.of(made, why -> dropped.add(claimed)));
        return dropped.size() == before || !dropped.getLast().equals(claimed);
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
