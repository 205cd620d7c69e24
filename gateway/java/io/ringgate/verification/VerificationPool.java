package io.ringgate.verification;

import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import io.ringgate.verification.FairQueue.Waiting;
import io.ringgate.verification.VerificationScheduler.Refusal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks that take processor time, on a few threads of its own and by {@link VerificationScheduler} and {@link CpuShare}:
 * guesses can slow down nothing but other log-ins, and those not much.
 */
public final class VerificationPool implements VerificationExecutor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VerificationPool.class);

    public static final int DEFAULT_PLACES = 256;

    /** Failures of a source under one name at once, and how long until it may fail once more. */
    static final int MAX_FAILURES = 10;

    static final long REFILL_NANOS = 10_000_000_000L;

    private final VerificationScheduler scheduler;
    private final CpuShare share;
    private final Clocks clocks;
    private final Metrics.Counter full;
    private final Metrics.Counter failedTooOften;
    private final Metrics.Timer waits;
    private boolean closed;

    /** @param cpuShare percent of one core that checks may take */
    public VerificationPool(int threads, int places, int cpuShare, Metrics metrics) {
        this(threads, places, cpuShare, Clocks.ofThisMachine(), metrics);
    }

    VerificationPool(int threads, int places, int cpuShare, Clocks clocks, Metrics metrics) {
        this.scheduler = scheduler(places);
        this.share = new CpuShare(cpuShare, clocks.nanoTime().getAsLong());
        this.clocks = clocks;
        this.full = metrics.counter("ringgate_auth_proofs_refused_total", "reason", "queue_full");
        this.failedTooOften = metrics.counter("ringgate_auth_proofs_refused_total", "reason", "failed_too_often");
        this.waits = metrics.timer("ringgate_auth_wait_seconds");
        metrics.gauge("ringgate_auth_hash_queue_length", this::length);
        for (int i = 1; i <= threads; i++) {
            Thread.ofPlatform().name("ringgate-verification-" + i).daemon().start(this::work);
        }
    }

    /** A source may run as many checks as there are threads: the share of a core is what is short. */
    static VerificationScheduler scheduler(int places) {
        return new VerificationScheduler(
                new FairQueue(places, Integer.MAX_VALUE), new AttemptLimiter(MAX_FAILURES, REFILL_NANOS));
    }

    /**
     * Where time comes from.
     *
     * @param threadCpu what the calling thread has had of a processor, in nanoseconds
     */
    record Clocks(LongSupplier nanoTime, LongSupplier threadCpu) {

        static Clocks ofThisMachine() {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return new Clocks(
                    System::nanoTime,
                    threads.isCurrentThreadCpuTimeSupported() ? threads::getCurrentThreadCpuTime : System::nanoTime);
        }
    }

    /** Half of the processors, at most four: the event loops need theirs while agents log in again after a restart. */
    public static int defaultThreads(int processors) {
        return Math.clamp(processors / 2, 1, 4);
    }

    /** From now on checks may take so many percent of one core. */
    public synchronized void resize(int cpuShare) {
        share.resize(cpuShare, now());
        notifyAll();
    }

    @Override
    public void submit(Network source, String claimed, Task task) {
        Refusal refusal = add(new Waiting(source, claimed, task, now()));
        if (refusal != null) {
            (refusal.why() == Unavailable.QUEUE_FULL ? full : failedTooOften).increment();
            refusal.check().task().refused(refusal.why());
        }
    }

    private synchronized @Nullable Refusal add(Waiting check) {
        if (closed) {
            return new Refusal(check, Unavailable.QUEUE_FULL);
        }
        notifyAll();
        return scheduler.add(check);
    }

    private void work() {
        while (runNext()) {
            // In a method of its own: while this thread waits for the next check it must not hold the last one's
            // credential.
        }
    }

    /** False when the pool is closed. */
    private boolean runNext() {
        Waiting next = next();
        if (next == null) {
            return false;
        }
        long before = clocks.threadCpu().getAsLong();
        finished(next, run(next.task()), clocks.threadCpu().getAsLong() - before);
        return true;
    }

    /** A task that throws has verified nothing, and this thread goes on. */
    private static VerificationResult<?, ?> run(Task task) {
        try {
            return task.run().result();
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("error", e.getClass().getName()).log("verification failed");
            return new VerificationResult.Undecided<>(Unavailable.FAILED);
        }
    }

    /** Waits for a check, and for processor time. Null when the pool is closed. */
    private synchronized @Nullable Waiting next() {
        try {
            while (!closed) {
                long pause = scheduler.length() == 0 ? Long.MAX_VALUE : share.pause(now());
                Waiting next = pause == 0 ? scheduler.next(now()) : null;
                if (next != null) {
                    waits.record(now() - next.sinceNanos());
                    return next;
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, pause));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private synchronized void finished(Waiting check, VerificationResult<?, ?> result, long cpuNanos) {
        share.spend(cpuNanos);
        scheduler.finished(check, result, now());
    }

    private synchronized int length() {
        return scheduler.length();
    }

    private long now() {
        return clocks.nanoTime().getAsLong();
    }

    /** What waits is dropped without an answer: close the listeners first. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
