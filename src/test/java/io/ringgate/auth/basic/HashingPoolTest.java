package io.ringgate.auth.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.ringgate.auth.HeaderDigest;
import io.ringgate.auth.Presented;
import io.ringgate.auth.Verdict;
import io.ringgate.edge.Edge;
import io.ringgate.secret.Secret;
import io.ringgate.testing.Proven;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads: the bound of the queue, and the way back to the caller. */
class HashingPoolTest {

    private static final Edge EDGE = Proven.edge("edge", "team");
    private static final Presented CORRECT_HORSE = Proven.header("Basic YWdlbnQ6Y29ycmVjdCBob3JzZQ==");

    private final CountingMetrics metrics = new CountingMetrics();
    private final HashingPool pool = new HashingPool(1, 2, metrics);
    private final BasicAuthenticator authenticator = new BasicAuthenticator(
            Users.of(
                    Htpasswd.parse("agent:$apr1$24TaCi9j$h5aZgbAsV24hGa0Ha9vba."),
                    Map.of("agent", new Users.Entry(Proven.login(EDGE), null))),
            new HeaderDigest(Secret.of("0123456789abcdef")),
            () -> 0,
            pool,
            metrics);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void what_has_no_room_is_refused_and_the_length_is_seen() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        pool.execute(() -> {
            running.countDown();
            awaitQuietly(end);
        });
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        pool.execute(() -> {});
        pool.execute(() -> {});

        assertThat(metrics.gauge("ringgate_auth_hash_queue_length")).isEqualTo(2);
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(() -> {}));
        end.countDown();
    }

    @Test
    void the_threads_have_a_name_and_do_not_keep_the_process_alive() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        pool.execute(() -> thread.complete(Thread.currentThread()));

        assertThat(thread.get(10, TimeUnit.SECONDS))
                .satisfies(t -> assertThat(t.isDaemon()).isTrue())
                .satisfies(t -> assertThat(t.getName()).isEqualTo("ringgate-hashing-1"));
    }

    @Test
    void the_answer_comes_back_on_the_vertx_context_of_the_caller() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Context context = vertx.getOrCreateContext();
            CompletableFuture<Context> seen = new CompletableFuture<>();
            CompletableFuture<Verdict> verdict = new CompletableFuture<>();

            context.runOnContext(
                    nothing -> Proven.ask(authenticator, CORRECT_HORSE).onSuccess(v -> {
                        seen.complete(Vertx.currentContext());
                        verdict.complete(v);
                    }));

            assertThat(verdict.get(10, TimeUnit.SECONDS)).isEqualTo(Proven.known(EDGE));
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

            loop.execute(
                    () -> Proven.ask(authenticator, CORRECT_HORSE).onSuccess(v -> onLoop.complete(loop.inEventLoop())));

            assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
