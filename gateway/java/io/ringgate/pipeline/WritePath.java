package io.ringgate.pipeline;

import io.netty.buffer.ByteBufAllocator;
import io.ringgate.auth.Authenticator;
import io.ringgate.forward.Forwarder;
import io.ringgate.limits.AdmissionQueue;
import io.ringgate.metrics.Metrics;
import io.ringgate.wire.SeriesLimits;
import io.ringgate.wire.WriteCodec;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The way of a write on one event loop: what all loops share, and what is this loop's own. Each write becomes a
 * {@link Write} that goes through it.
 */
public final class WritePath {

    /**
     * What all event loops share. Everything in it is safe for any thread.
     *
     * @param bodies where packed bodies live: pooled heap memory, inside the budget
     * @param bigJobs runs the codec for messages too large for an event loop
     * @param codecs for such jobs, and for each loop its own
     * @param clock the scale of {@link System#nanoTime}
     * @param wallClock the scale of {@link System#currentTimeMillis}, which samples are dated by
     * @param clockDoubt by how many milliseconds {@code wallClock} is ahead of the receivers' while it is no judge of
     *     samples' times; zero while it is one
     */
    public record Shared(
            Authenticator authenticator,
            EdgeContexts contexts,
            AdmissionQueue admissions,
            WriteLimits limits,
            ByteBufAllocator bodies,
            Executor bigJobs,
            CodecPool codecs,
            LongSupplier clock,
            LongSupplier wallClock,
            LongSupplier clockDoubt,
            Counts counts) {

        /** The same with other limits: what is held and counted goes on. */
        public Shared with(WriteLimits newLimits, CodecPool newCodecs) {
            return new Shared(
                    authenticator,
                    contexts,
                    admissions,
                    newLimits,
                    bodies,
                    bigJobs,
                    newCodecs,
                    clock,
                    wallClock,
                    clockDoubt,
                    counts);
        }
    }

    /** What is counted for every write, whoever sends it. */
    public record Counts(
            Refusals refusals,
            Metrics.Timer duration,
            Metrics.Timer waits,
            Metrics.Counter unusedGrants,
            SharedSources sources) {
        public static Counts of(Metrics metrics) {
            return new Counts(
                    new Refusals(metrics),
                    metrics.timer("ringgate_write_duration_seconds"),
                    metrics.timer("ringgate_admission_wait_seconds"),
                    metrics.counter("ringgate_admission_unused_grants_total"),
                    new SharedSources(metrics, System::nanoTime));
        }
    }

    private final Shared shared;
    private final Forwarder forwarder;
    private final Executor loop;
    private final WriteCodec codec;
    private final FailedWriteLog failedWrites = new FailedWriteLog();

    /**
     * @param forwarder this loop's own
     * @param loop runs tasks on this loop
     */
    public WritePath(Shared shared, Forwarder forwarder, Executor loop) {
        this.shared = shared;
        this.forwarder = forwarder;
        this.loop = loop;
        this.codec = shared.codecs().fresh();
    }

    /** Makes a write of a request; it begins with {@link Write#identify}. */
    public Write open(WriteHead head, WriteClient client) {
        return new Write(this, head, client);
    }

    /** Lets the queue for memory see that time has passed. A few times a second, on the loop. */
    public void checkWaits() {
        shared.admissions().tick(shared.clock().getAsLong());
    }

    Shared shared() {
        return shared;
    }

    Forwarder forwarder() {
        return forwarder;
    }

    Executor loop() {
        return loop;
    }

    /**
     * Codes a small message on the loop. Long stamps may make a large one of it: what that took is not kept for the next
     * write, since nothing reserves it.
     */
    CodedBody code(WriteBody body, SeriesLimits limits) {
        try {
            return body.code(codec, limits, need -> {});
        } finally {
            codec.trim();
        }
    }

    FailedWriteLog failedWrites() {
        return failedWrites;
    }
}
