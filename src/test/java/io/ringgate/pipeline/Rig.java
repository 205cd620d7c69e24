package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.ringgate.auth.Authenticator;
import io.ringgate.auth.Verdict;
import io.ringgate.config.Identities;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.LabelName;
import io.ringgate.edge.LabelNames;
import io.ringgate.edge.OnConflict;
import io.ringgate.edge.StampedLabel;
import io.ringgate.edge.TenantId;
import io.ringgate.forward.Forwarder;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.OutgoingWrite;
import io.ringgate.limits.AdmissionQueue;
import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.limits.MemoryBudget;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Limit;
import io.ringgate.testing.CountingMetrics;
import io.ringgate.testing.TestEdges;
import io.ringgate.wire.WriteCodec;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A write path whose surroundings are played: who calls, who forwards, which thread runs, what time it is. */
final class Rig implements WriteClient, Forwarder {

    private static final Duration ADMISSION_WAIT = Duration.ofSeconds(3);

    static final Edge EDGE = edge(true);

    final MemoryBudget budget;
    final CountingMetrics metrics = new CountingMetrics();
    final EdgeRuntimes edges = new EdgeRuntimes(metrics, () -> 1_700_000_000_000L);
    final ConcurrentWrites concurrency = new ConcurrentWrites();
    final List<Answer> answers = new ArrayList<>();
    final List<OutgoingWrite> outgoing = new ArrayList<>();
    final List<Consumer<Outcome>> waiting = new ArrayList<>();
    final Queue<Runnable> jobs = new ArrayDeque<>();
    Future<Verdict> verdict = Future.succeededFuture(TestEdges.known(EDGE));

    final TenantAccounts accounts = new TenantAccounts(metrics, concurrency, edges, edge -> 0, this::now);

    /** Whether the connection of each write counts for the edge. */
    Connection connection = Connection.COUNTED_BEFORE;

    boolean admitted;

    /** The heap is spent: no body gets a buffer. */
    boolean noBuffer;

    /** How many codecs were made. */
    int codecs;

    private final List<WriteCodec> madeCodecs = new ArrayList<>();

    final Deque<Runnable> loop = new ArrayDeque<>();
    long wallMillis = 1_700_000_000_000L;
    boolean ring = true;
    /** By how much our clock is ahead of the receivers'; zero while it is in no doubt. */
    long clockDoubtMillis;

    long now;

    private final WritePath path;

    Rig(long budgetBytes) {
        this(budgetBytes, false);
    }

    /** @param loopWaits what is for the loop is done by {@link #runLoop} only */
    Rig(long budgetBytes, boolean loopWaits) {
        edges.configure(List.of(EDGE.name()));
        use(Policies.NONE);
        this.budget = new MemoryBudget(budgetBytes);
        Authenticator authenticator = presented -> verdict;
        WritePath.Shared shared = new WritePath.Shared(
                authenticator,
                new EdgeContexts(edges, accounts, metrics),
                new AdmissionQueue(budget, concurrency, 100),
                new WriteLimits(Duration.ofSeconds(25), ADMISSION_WAIT, false),
                new Bodies(),
                jobs::add,
                new CodecPool(() -> {
                    codecs++;
                    WriteCodec codec = new WriteCodec(LabelNames.UTF8);
                    madeCodecs.add(codec);
                    return codec;
                }),
                () -> now,
                () -> wallMillis,
                () -> clockDoubtMillis,
                WritePath.Counts.of(Metrics.none()));
        this.path = new WritePath(shared, this, loopWaits ? loop::add : Runnable::run);
    }

    private long now() {
        return now;
    }

    /** The loop makes its own before there is a write. */
    private WriteCodec loopCodec() {
        return madeCodecs.getFirst();
    }

    /** What the loop's codec keeps between two writes, in bytes. */
    long keptByLoop() {
        return loopCodec().kept();
    }

    private final class Bodies extends AbstractByteBufAllocator {

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            if (noBuffer) {
                throw new IllegalStateException("no buffer");
            }
            return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            throw new UnsupportedOperationException("bodies lie on the heap");
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    /** From the next write on these are the policies. */
    void use(Policies policies) {
        accounts.use(
                policies,
                Policy.of(Map.of(
                        Limit.MAX_PACKED,
                        1L << 20,
                        Limit.MAX_UNPACKED,
                        8L << 20,
                        Limit.MAX_CONNECTIONS,
                        10L,
                        Limit.MAX_CONCURRENT_WRITES,
                        2L)),
                new Identities(List.of()));
    }

    static Edge edge(boolean enabled) {
        return edge(enabled, "team-blue");
    }

    /** @param stamp the value of its only label */
    static Edge edge(boolean enabled, String stamp) {
        return new Edge(
                new EdgeName("cluster-02-edge"),
                new TenantId("team-blue"),
                List.of(new StampedLabel(new LabelName("tenant"), stamp, OnConflict.OVERWRITE)),
                List.of(),
                enabled);
    }

    static WriteHead head(long length) {
        return new WriteHead(true, TestEdges.header("Basic x"), null, null, null, length, "r-1", null, false, 0);
    }

    Write begin(WriteHead head) {
        Write write = path.open(head, this);
        write.identify();
        return write;
    }

    /** Begins a write and gives it its whole body; one that has to wait does so in vain. */
    Write write(byte[] body) {
        int before = answers.size();
        Write write = begin(head(body.length));
        feed(write, body);
        if (write.wantsBody()) {
            write.bodyEnded();
        } else if (answers.size() == before) {
            now += ADMISSION_WAIT.toNanos();
            write.checkWait(now);
        }
        return write;
    }

    static void feed(Write write, byte[] piece) {
        give(write, Unpooled.wrappedBuffer(piece));
    }

    /** Gives it as much as it wants now; the rest is left. */
    static void give(Write write, ByteBuf bytes) {
        int some = Math.min(bytes.readableBytes(), write.wants());
        while (some > 0) {
            ByteBuf slice = bytes.readSlice(some);
            write.piece(slice);
            assertThat(slice.isReadable()).as("a piece is always taken whole").isFalse();
            some = Math.min(bytes.readableBytes(), write.wants());
        }
    }

    @Override
    public Connection authenticated(EdgeName edge, int mostConnections) {
        return connection;
    }

    @Override
    public void wantBody() {
        admitted = true;
    }

    @Override
    public void answer(Answer answer) {
        answers.add(answer);
    }

    @Override
    public boolean hasRing(TenantId tenant) {
        return ring;
    }

    @Override
    public void send(OutgoingWrite write, Consumer<Outcome> done) {
        outgoing.add(write);
        waiting.add(done);
    }

    /** The receiver answers the oldest write that waits. */
    void answered(Outcome outcome) {
        outgoing.removeFirst().body().release();
        waiting.removeFirst().accept(outcome);
    }

    void runLoop() {
        while (!loop.isEmpty()) {
            loop.removeFirst().run();
        }
    }

    void runJobs() {
        while (true) {
            Runnable job = jobs.poll();
            if (job == null) {
                return;
            }
            job.run();
        }
    }

    @Nullable
    Answer answer() {
        assertThat(answers).hasSizeLessThanOrEqualTo(1);
        return answers.isEmpty() ? null : answers.getFirst();
    }

    void nothingIsHeld() {
        assertThat(budget.used()).as("reserved bytes").isZero();
        assertThat(concurrency.total()).as("writes in flight").isZero();
        assertThat(concurrency.current(edges.of(EDGE.name()).share()))
                .as("writes of the edge in flight")
                .isZero();
    }
}
