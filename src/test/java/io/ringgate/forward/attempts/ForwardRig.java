package io.ringgate.forward.attempts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ringgate.edge.TenantId;
import io.ringgate.forward.CountedMetrics;
import io.ringgate.forward.ForwardSettings;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.OutgoingWrite;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.StoredStatuses;
import io.ringgate.forward.connections.ReceiverTls;
import io.ringgate.forward.discovery.NameLookup;
import io.ringgate.forward.discovery.Receivers;
import io.ringgate.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A forwarder on a real event loop, with its receivers. Times are short; a test changes what it is about. */
public final class ForwardRig implements AutoCloseable {

    public static final Duration LONG = Duration.ofSeconds(20);
    public static final Duration SHORT = Duration.ofMillis(250);
    public static final Duration DOUBT = Duration.ofMinutes(15);
    public static final long MEMORY = 64L << 20;

    public final AtomicLong skew = new AtomicLong();
    private volatile LongSupplier time = System::nanoTime;
    public final CountedMetrics metrics = new CountedMetrics();
    public final Receivers receivers;
    public final AttemptPolicy policy;
    public final LoopForwarder forwarder;
    private final Vertx vertx = Vertx.vertx();
    private final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();

    public ForwardRig(Duration attempt, int... ports) {
        this(attempt, null, ports);
    }

    public ForwardRig(Duration attempt, @Nullable ReceiverTls secured, int... ports) {
        this(attempt, secured, metrics -> Receivers.of(local(ports), NameLookup.system(), metrics));
    }

    private static List<ReceiverAddress> local(int... ports) {
        List<ReceiverAddress> list = new ArrayList<>();
        for (int port : ports) {
            list.add(new ReceiverAddress("127.0.0.1", port));
        }
        return list;
    }

    public interface Source {
        Receivers from(Metrics metrics);
    }

    public ForwardRig(Duration attempt, @Nullable ReceiverTls secured, Source source) {
        receivers = source.from(metrics);
        policy = new AttemptPolicy(MEMORY, metrics, this::now);
        ForwardSettings settings = new ForwardSettings(
                "/api/v1/receive",
                "THANOS-TENANT",
                "Ringgate/test",
                attempt,
                attempt,
                Duration.ofSeconds(60),
                4,
                StoredStatuses.of(Set.of(200, 204)),
                DOUBT);
        forwarder = new LoopForwarder(context, receivers, settings, secured, new SplittableRandom(1), policy);
    }

    /** What the forwarder takes for the time. */
    public long now() {
        return time.getAsLong() + skew.get();
    }

    /** From now on time passes by {@link #skew} only, however slow the machine is: no deadline comes by itself. */
    public void stopClock() {
        long now = System.nanoTime();
        time = () -> now;
    }

    public Receiver receiver(int index) {
        return receivers.current().get(index);
    }

    public CompletableFuture<Outcome> start(ByteBuf body, Duration deadline) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        long until = now() + deadline.toNanos();
        OutgoingWrite write = new OutgoingWrite(body, new TenantId("team-a"), "id-1", null, until);
        context.nettyEventLoop()
                .execute(() -> forwarder.send(write, o -> {
                    if (!outcome.complete(o)) {
                        throw new AssertionError("told twice");
                    }
                }));
        return outcome;
    }

    public Outcome send(ByteBuf body) throws Exception {
        return start(body, LONG).get(15, TimeUnit.SECONDS);
    }

    public Outcome send() throws Exception {
        return send(body(100));
    }

    public static ByteBuf body(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(7).nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    public static void until(String what, BooleanSupplier holds) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - giveUp > 0) {
                throw new AssertionError("never came true: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Keeps the event loop busy until {@code release}; returns once it is. */
    public void hold(CountDownLatch release) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        context.nettyEventLoop().execute(() -> {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        held.await();
    }

    public int connections() {
        return receivers.current().stream().mapToInt(Receiver::openConnections).sum();
    }

    public long outstanding() {
        return receivers.current().stream()
                .mapToLong(Receiver::outstandingBytes)
                .sum();
    }

    /** Every test ends here: nothing is outstanding, and nothing stays open. */
    @Override
    public void close() {
        until("nothing outstanding", () -> outstanding() == 0);
        forwarder.close();
        until("no connection open", () -> connections() == 0);
        receivers.close();
        until("Vert.x closed", vertx.close()::isComplete);
    }
}
