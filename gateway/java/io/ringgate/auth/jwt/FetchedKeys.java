package io.ringgate.auth.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringgate.config.IssuerKeys;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are fetched in the background before they are too old, and at once when a token names an unknown key; but never more
 * often than every few seconds, however many such tokens arrive.
 *
 * <p>Any thread. Fetches begin on the thread of {@link Later}, one at a time.
 */
final class FetchedKeys implements KeyLookup {

    /** Between two fetches, unless the operator wants them more often. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** A part of the time to the next fetch, at random: replicas that start together do not fetch together. */
    private static final double JITTER = 0.1;

    private static final int MOST_MISSED = 1_000;

    /** Runs a task later, unless the process ends before. */
    interface Later {
        void run(Duration delay, Runnable task);
    }

    /** Called after each fetch: null when it succeeded, else the fault. */
    interface Listener {
        void fetched(@Nullable Throwable fault);
    }

    private record Snapshot(KeySet keys, long began) {}

    private final Supplier<CompletableFuture<KeySet>> fetch;
    private final Later later;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Listener listener;
    private final long refresh;
    private final long stale;
    private final long pause;

    /** When an unknown key was first looked up, by its id. */
    private final Cache<String, Long> missed = Caffeine.newBuilder()
            .maximumSize(MOST_MISSED)
            .executor(Runnable::run)
            .build();

    private volatile @Nullable Snapshot snapshot;

    // Under this object's lock:
    private boolean running;
    private boolean closed;
    private boolean begun;
    private long began;
    private long due;
    private long plan;

    FetchedKeys(
            IssuerKeys.Fetched origin,
            Supplier<CompletableFuture<KeySet>> fetch,
            Later later,
            LongSupplier nanoTime,
            RandomGenerator random,
            Listener listener) {
        this.fetch = fetch;
        this.later = later;
        this.nanoTime = nanoTime;
        this.random = random;
        this.listener = listener;
        this.refresh = origin.refresh().toNanos();
        this.stale = origin.stale().toNanos();
        this.pause = Math.min(PAUSE.toNanos(), refresh);
    }

    /** Plans the first fetch. */
    synchronized void start() {
        plan(0);
    }

    /** Fetches nothing more. */
    synchronized void close() {
        closed = true;
    }

    @Override
    public @Nullable KeySet now() {
        Snapshot last = snapshot;
        return last == null || last.keys().isEmpty() || nanoTime.getAsLong() - last.began() > stale
                ? null
                : last.keys();
    }

    /** When the keys were last read, in nanoseconds of our clock; null when they never were. */
    @Nullable
    Long read() {
        Snapshot last = snapshot;
        return last == null ? null : last.began();
    }

    int size() {
        Snapshot last = snapshot;
        return last == null ? 0 : last.keys().size();
    }

    /**
     * Certain only of a key that was looked up before the last fetch began, and only until the next fetch may begin: an issuer
     * publishes a key before it signs with it, so a fetch from before the lookup proves nothing.
     */
    @Override
    public boolean lacks(String kid) {
        long now = nanoTime.getAsLong();
        long first = missed.get(kid, _ -> now);
        boolean asked = ask(now);
        Snapshot last = snapshot;
        return !asked && last != null && last.began() - first > 0;
    }

    /** Requests a fetch as soon as one may begin. True when that is now, or one is in progress. */
    private synchronized boolean ask(long now) {
        if (running) {
            return true;
        }
        long allowed = begun ? began + pause : now;
        if (allowed - due < 0) {
            plan(Math.max(0, allowed - now));
        }
        return allowed - now <= 0;
    }

    /** Replaces what was planned before. */
    private void plan(long nanos) {
        long mine = ++plan;
        due = nanoTime.getAsLong() + nanos;
        later.run(Duration.ofNanos(nanos), () -> begin(mine));
    }

    private void begin(long planned) {
        synchronized (this) {
            if (closed || running || planned != plan) {
                return;
            }
            running = true;
            begun = true;
            began = nanoTime.getAsLong();
        }
        CompletableFuture<KeySet> fetching;
        try {
            fetching = fetch.get();
        } catch (RuntimeException e) {
            fetching = CompletableFuture.failedFuture(e);
        }
        fetching.whenComplete(this::end);
    }

    /** A withdrawn key is certainly unknown: a token that is still signed with it is rejected without another fetch. */
    private void take(KeySet keys) {
        Snapshot last = snapshot;
        if (last != null) {
            last.keys().kids().stream().filter(kid -> !keys.knows(kid)).forEach(kid -> missed.put(kid, last.began()));
        }
        snapshot = new Snapshot(last != null && last.keys().equals(keys) ? last.keys() : keys, began);
    }

    private void end(@Nullable KeySet keys, @Nullable Throwable fault) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (keys != null) {
                take(keys);
            }
            running = false;
            long next = keys == null ? pause : refresh;
            plan((long) (next * (1 - JITTER * random.nextDouble())));
        }
        listener.fetched(fault);
    }
}
