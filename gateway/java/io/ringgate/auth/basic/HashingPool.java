package io.ringgate.auth.basic;

import io.ringgate.metrics.Metrics;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads that hash passwords, with a bounded queue before them. Of its own, so that guessed passwords can slow
 * down nothing but other log-ins.
 */
public final class HashingPool implements Executor, AutoCloseable {

    public static final int USUAL_QUEUE = 256;

    private final ThreadPoolExecutor threads;

    public HashingPool(int threads, int queue, Metrics metrics) {
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                task -> Thread.ofPlatform()
                        .name("ringgate-hashing-" + number.incrementAndGet())
                        .daemon()
                        .unstarted(task));
        metrics.gauge(
                "ringgate_auth_hash_queue_length", () -> this.threads.getQueue().size());
    }

    /** Half of the processors, at most four: the event loops need theirs while agents log in again after a restart. */
    public static int usualThreads(int processors) {
        return Math.clamp(processors / 2, 1, 4);
    }

    /** Throws {@link RejectedExecutionException} when the queue is full or the pool is closed. */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** What waits is dropped without an answer: close the listeners first. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
