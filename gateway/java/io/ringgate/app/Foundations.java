package io.ringgate.app;

import io.netty.buffer.PooledByteBufAllocator;
import io.ringgate.auth.Authenticator;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.LabelNames;
import io.ringgate.config.OnLimit;
import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.limits.MemoryBudget;
import io.ringgate.metrics.Metrics;
import io.ringgate.pipeline.EdgeLedger;
import io.ringgate.pipeline.Lanes;
import io.ringgate.pipeline.WriteLimits;
import io.ringgate.pipeline.WritePath;
import io.ringgate.wire.WireLimits;
import io.ringgate.wire.WriteCodec;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** What every event loop's write path is built on: budgets, limits, the pool for big jobs, and the memory of bodies. */
record Foundations(
        WritePath.Shared shared, MemoryBudget budget, ConcurrentWrites concurrency, ExecutorService bigJobs) {

    private static final int PAGE = 8 * 1024;

    /** Chunks of 4 MiB: most packed bodies come from one, larger ones are allocated by themselves. */
    private static final int ORDER = 9;

    static Foundations lay(
            GatewaySettings settings,
            Authenticator authenticator,
            EdgeLedger edges,
            long budgetBytes,
            int loops,
            Metrics metrics) {
        MemoryBudget budget = new MemoryBudget(budgetBytes);
        ConcurrentWrites concurrency = new ConcurrentWrites(settings.maxConcurrentWrites());
        ExecutorService bigJobs = Executors.newFixedThreadPool(
                Math.max(1, loops / 2),
                Thread.ofPlatform().daemon().name("big-write-", 0).factory());
        metrics.gauge("ringgate_memory_budget_bytes", budget::size);
        metrics.gauge("ringgate_memory_reserved_bytes", budget::used);
        metrics.gauge("ringgate_memory_reserved_peak_bytes", budget::peak);
        metrics.gauge("ringgate_writes_in_flight", concurrency::total);
        WritePath.Shared shared = new WritePath.Shared(
                authenticator,
                new Lanes(metrics),
                budget,
                concurrency,
                limits(settings),
                heap(loops),
                bigJobs,
                codecs(settings),
                System::nanoTime,
                WritePath.Counts.of(metrics, edges));
        return new Foundations(shared, budget, concurrency, bigJobs);
    }

    /** The same under other settings: budgets, counts and memory stay. */
    WritePath.Shared under(GatewaySettings settings) {
        concurrency.most(settings.maxConcurrentWrites());
        return shared.with(limits(settings), codecs(settings));
    }

    private static WriteLimits limits(GatewaySettings settings) {
        return new WriteLimits(
                settings.body().maxPacked(),
                Math.toIntExact(settings.body().maxUnpacked()),
                settings.timeouts().writeDeadline(),
                settings.receivers().onLimit() == OnLimit.DROP);
    }

    private static Supplier<WriteCodec> codecs(GatewaySettings settings) {
        WireLimits wire = new WireLimits(
                Math.toIntExact(settings.body().maxUnpacked()),
                settings.labelNames() == LabelNames.UTF8 ? WireLimits.Names.UTF8 : WireLimits.Names.LEGACY);
        return () -> new WriteCodec(wire);
    }

    private static PooledByteBufAllocator heap(int loops) {
        return new PooledByteBufAllocator(
                false,
                loops,
                0,
                PAGE,
                ORDER,
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                true);
    }
}
