package io.ringgate.http;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ringgate.auth.Verdict;
import io.ringgate.config.ConnectionLimits;
import io.ringgate.config.Identities;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.edge.LabelNames;
import io.ringgate.edge.TenantId;
import io.ringgate.forward.Forwarder;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.OutgoingWrite;
import io.ringgate.http.connections.ConnectionSlot;
import io.ringgate.http.connections.Connections;
import io.ringgate.limits.AdmissionQueue;
import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.limits.MemoryBudget;
import io.ringgate.metrics.Metrics;
import io.ringgate.pipeline.CodecPool;
import io.ringgate.pipeline.EdgeContexts;
import io.ringgate.pipeline.EdgeRuntimes;
import io.ringgate.pipeline.TenantAccounts;
import io.ringgate.pipeline.WriteLimits;
import io.ringgate.pipeline.WritePath;
import io.ringgate.reject.Limit;
import io.ringgate.testing.TestEdges;
import io.ringgate.wire.WriteCodec;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Connections in memory on one event loop whose surroundings are played: time, credentials, receivers and memory. */
final class EdgeRig implements Forwarder {

    static final long SECOND = 1_000_000_000L;
    static final long DIRECT_MEMORY = 32 << 20;
    static final Duration AUTHENTICATE = Duration.ofSeconds(60);

    final ConcurrentWrites concurrency = new ConcurrentWrites();
    final MemoryBudget budget = new MemoryBudget(16 << 20);
    final List<Consumer<Outcome>> waiting = new ArrayList<>();
    final EdgeRuntimes edges = new EdgeRuntimes(Metrics.none(), () -> 0L);
    final Connections connections;
    final LoopContext loop;

    Future<Verdict> verdict = Future.succeededFuture(TestEdges.known("berlin", "team-a"));
    BooleanSupplier draining = () -> false;
    boolean outOfMemory;
    long now = 1;

    EdgeRig(ConnectionLimits limits) {
        WritePath.Counts counts = WritePath.Counts.of(Metrics.none());
        connections = new Connections(
                Metrics.none(), () -> limits, new Connections.Capacity(1_000, DIRECT_MEMORY, 1), () -> now);
        TenantAccounts accounts = new TenantAccounts(Metrics.none(), concurrency, edges, connections::of, () -> now);
        accounts.use(
                Policies.NONE,
                Policy.of(Map.of(
                        Limit.MAX_PACKED,
                        1L << 20,
                        Limit.MAX_UNPACKED,
                        8L << 20,
                        Limit.MAX_CONNECTIONS,
                        (long) limits.maxPerEdge(),
                        Limit.MAX_CONCURRENT_WRITES,
                        10L)),
                new Identities(List.of()));
        WritePath.Shared shared = new WritePath.Shared(
                presented -> verdict,
                new EdgeContexts(edges, accounts, Metrics.none()),
                new AdmissionQueue(budget, concurrency, 100),
                new WriteLimits(Duration.ofSeconds(25), Duration.ofSeconds(3), false),
                UnpooledByteBufAllocator.DEFAULT,
                Runnable::run,
                new CodecPool(() -> new WriteCodec(LabelNames.UTF8)),
                () -> now,
                () -> 0L,
                () -> 0,
                counts);
        EdgeTimeouts times = new EdgeTimeouts(
                Duration.ofSeconds(10),
                AUTHENTICATE,
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(25),
                0,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2));
        // Of a generator that gives zeros, connections retire as early as they may.
        loop = new LoopContext(
                new WritePath(shared, this, Runnable::run),
                times,
                counts.refusals(),
                connections,
                new EdgeServer.Conditions(
                        () -> true, () -> draining.getAsBoolean(), () -> now, () -> 0L, AccessLogSink.none()));
    }

    @Override
    public boolean hasRing(TenantId tenant) {
        return true;
    }

    EmbeddedChannel connect() {
        return connect(ListenerSettings.of(null));
    }

    EmbeddedChannel connect(ListenerSettings settings) {
        ConnectionSlot slot = Objects.requireNonNull(
                connections.enter(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), settings.proxies(), now));
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(new Memory());
        channel.pipeline().addLast(new EdgeConnection(loop, settings, slot));
        return channel;
    }

    /** Time goes on, and the watchdog looks. */
    void after(double seconds) {
        now += (long) (seconds * SECOND);
        loop.watchdog().checkTimes(now);
    }

    static void send(EmbeddedChannel channel, String head, byte... body) {
        channel.writeInbound(Unpooled.wrappedBuffer(
                (head.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.US_ASCII), body));
        channel.runPendingTasks();
    }

    /** A write of the empty message when {@code body} is one zero. */
    static void write(EmbeddedChannel channel, byte... body) {
        send(
                channel,
                "POST /api/v1/write HTTP/1.1\nHost: a\nAuthorization: x\nContent-Type: application/x-protobuf\n"
                        + "Content-Encoding: snappy\nContent-Length: " + body.length + "\n",
                body);
    }

    /** What was sent to the client since the last look; empty when nothing was. */
    static String answer(EmbeddedChannel channel) {
        StringBuilder all = new StringBuilder();
        channel.runPendingTasks();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return all.toString();
    }

    @Override
    public void send(OutgoingWrite write, Consumer<Outcome> done) {
        write.body().release();
        waiting.add(done);
    }

    private final class Memory extends AbstractByteBufAllocator {

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            if (outOfMemory) {
                throw new OutOfMemoryError("played");
            }
            return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    /** The oldest write that waits for a receiver. */
    Consumer<Outcome> receiver() {
        return waiting.removeFirst();
    }
}
