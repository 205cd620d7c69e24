package io.ringgate.app;

import io.netty.buffer.PooledByteBufAllocator;
import io.ringgate.auth.Authenticator;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.OnLimit;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.LabelNames;
import io.ringgate.forward.health.ClockSkew;
import io.ringgate.limits.AdmissionQueue;
import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.limits.MemoryBudget;
import io.ringgate.metrics.Metrics;
import io.ringgate.observe.DirectMemory;
import io.ringgate.pipeline.CodecPool;
import io.ringgate.pipeline.EdgeContexts;
import io.ringgate.pipeline.EdgeRuntimes;
import io.ringgate.pipeline.TenantAccounts;
import io.ringgate.pipeline.WriteLimits;
import io.ringgate.pipeline.WritePath;
import io.ringgate.wire.WriteCodec;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** What every event loop's write path is built on: budgets, limits, the pool for big jobs, and the memory of bodies. */
record SharedServices(
        WritePath.Shared shared,
        TenantAccounts accounts,
        MemoryBudget budget,
        ConcurrentWrites concurrency,
        ExecutorService bigJobs) {

    private static final int WAITING_PART = 4;

    /** What is read ahead of a body, up to 16 KiB and one read beyond it, and a TLS record that is not whole. */
    private static final int KEPT_WAITING = 64 << 10;

    private static final int PAGE = 8 * 1024;

    /** Chunks of 4 MiB: most packed bodies come from one, larger ones are allocated by themselves. */
    private static final int ORDER = 9;

    /**
     * Whom a write asks besides.
     *
     * @param connections how many an edge has open
     */
    record Surroundings(
            Authenticator authenticator, EdgeRuntimes edges, ToIntFunction<EdgeName> connections, ClockSkew skew) {}

    static SharedServices create(GatewaySettings settings, Surroundings around, long budgetBytes, Metrics metrics) {
        MemoryBudget budget = new MemoryBudget(budgetBytes);
        ConcurrentWrites concurrency = new ConcurrentWrites();
        TenantAccounts accounts =
                new TenantAccounts(metrics, concurrency, around.edges(), around.connections(), System::nanoTime);
        ExecutorService bigJobs = Executors.newFixedThreadPool(
                Math.max(1, Gateway.LOOPS / 2),
                Thread.ofPlatform().daemon().name("big-write-", 0).factory());
        metrics.gauge("ringgate_memory_budget_bytes", budget::size);
        metrics.gauge("ringgate_memory_reserved_bytes", budget::used);
        metrics.gauge("ringgate_memory_reserved_peak_bytes", budget::peak);
        metrics.gauge("ringgate_writes_in_flight", concurrency::total);
        AdmissionQueue admissions = new AdmissionQueue(budget, concurrency, mostWaiting());
        metrics.gauge("ringgate_admission_waiting", admissions::waiting);
        metrics.gauge("ringgate_admission_waiting_bytes", admissions::waitingBytes);
        WritePath.Shared shared = new WritePath.Shared(
                around.authenticator(),
                new EdgeContexts(around.edges(), accounts, metrics),
                admissions,
                limits(settings),
                heap(),
                bigJobs,
                codecs(settings),
                System::nanoTime,
                System::currentTimeMillis,
                around.skew()::doubtMillis,
                WritePath.Counts.of(metrics));
        return new SharedServices(shared, accounts, budget, concurrency, bigJobs);
    }

    /** What waiting writes keep outside of the budget: together they may keep a quarter of the direct memory. */
    private static int mostWaiting() {
        return Math.toIntExact(Math.clamp(DirectMemory.most() / WAITING_PART / KEPT_WAITING, 1, Integer.MAX_VALUE));
    }

    /** The same under other settings: budgets, counts and memory stay. */
    WritePath.Shared under(GatewaySettings settings) {
        return shared.with(limits(settings), codecs(settings));
    }

    private static WriteLimits limits(GatewaySettings settings) {
        return new WriteLimits(
                settings.timeouts().writeDeadline(),
                settings.timeouts().admissionWait(),
                settings.receivers().onLimit() == OnLimit.DROP);
    }

    private static CodecPool codecs(GatewaySettings settings) {
        LabelNames names = settings.labelNames();
        return new CodecPool(() -> new WriteCodec(names));
    }

    private static PooledByteBufAllocator heap() {
        return new PooledByteBufAllocator(
                false,
                Gateway.LOOPS,
                0,
                PAGE,
                ORDER,
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                true);
    }
}
