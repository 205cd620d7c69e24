package io.ringgate.auth;

import io.ringgate.auth.WaitingRoom.Waiting;
import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few threads that make proofs, by {@link Turns}. Apart from everything else, so that guesses can slow down nothing but
 * other log-ins, and those not much.
 */
public final class ProvingPool implements Proving, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProvingPool.class);

    public static final int USUAL_PLACES = 256;

    private final Turns turns;
    private final Clocks clocks;
    private final Metrics.Counter full;
    private final Metrics.Counter failedTooOften;
    private final Metrics.Timer waits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    /** @param cpuShare percent of one core that proofs may take */
    public ProvingPool(int threads, int places, int cpuShare, Metrics metrics) {
        this(threads, places, cpuShare, Clocks.ofThisMachine(), metrics);
    }

    ProvingPool(int threads, int places, int cpuShare, Clocks clocks, Metrics metrics) {
        this.turns = new Turns(places, new CpuShare(cpuShare, clocks.nanoTime().getAsLong()));
        this.clocks = clocks;
        this.full = metrics.counter("ringgate_auth_proofs_refused_total", "reason", "queue_full");
        this.failedTooOften = metrics.counter("ringgate_auth_proofs_refused_total", "reason", "failed_too_often");
        this.waits = metrics.timer("ringgate_auth_wait_seconds");
        metrics.gauge("ringgate_auth_hash_queue_length", this::length);
        for (int i = 1; i <= threads; i++) {
            Thread.ofPlatform().name("ringgate-proving-" + i).daemon().start(this::work);
        }
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
    public static int usualThreads(int processors) {
        return Math.clamp(processors / 2, 1, 4);
    }

    /** From now on proofs may take so many percent of one core. */
    public void use(int cpuShare) {
        lock.lock();
        try {
            turns.share(cpuShare, now());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean begin(Network source, String claimed, Proof proof) {
        switch (enter(source, claimed, proof)) {
            case Turns.Word.Wait() -> {
                return true;
            }
            case Turns.Word.WaitInsteadOf(Waiting other) -> {
                full.increment();
                other.proof().dropped();
                return true;
            }
            case Turns.Word.Full() -> full.increment();
            case Turns.Word.FailedTooOften() -> failedTooOften.increment();
        }
        return false;
    }

    private Turns.Word enter(Network source, String claimed, Proof proof) {
        lock.lock();
        try {
            if (closed) {
                return new Turns.Word.Full();
            }
            changed.signal();
            return turns.enter(new Waiting(source, claimed, proof, now()));
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (makeOne()) {
            // In a method of its own: while this thread waits for the next proof it must not hold the last one's
            // credential.
        }
    }

    /** False when there will be nobody any more. */
    private boolean makeOne() {
        Waiting next = next();
        if (next == null) {
            return false;
        }
        long before = clocks.threadCpu().getAsLong();
        // What broke has disproved nothing.
        boolean proved = true;
        try {
            proved = next.proof().make();
        } catch (RuntimeException | Error e) {
            LOG.error("a proof broke off: {}", e.getClass().getName());
        }
        over(next, proved, clocks.threadCpu().getAsLong() - before);
        return true;
    }

    /** Waits for somebody who waits, and for processor time. Null when there will be nobody any more. */
    private @Nullable Waiting next() {
        lock.lock();
        try {
            while (!closed) {
                long pause = turns.isEmpty() ? Long.MAX_VALUE : turns.pause(now());
                if (pause == 0) {
                    Waiting next = turns.next(now());
                    if (next != null) {
                        waits.record(now() - next.sinceNanos());
                        return next;
                    }
                } else {
                    changed.awaitNanos(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return null;
    }

    private void over(Waiting proof, boolean proved, long cpuNanos) {
        lock.lock();
        try {
            turns.over(proof, proved, cpuNanos, now());
        } finally {
            lock.unlock();
        }
    }

    private int length() {
        lock.lock();
        try {
            return turns.length();
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return clocks.nanoTime().getAsLong();
    }

    /** What waits is dropped without an answer: close the listeners first. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
