package io.ringgate.forward.attempts;

import io.ringgate.forward.Receiver;
import io.ringgate.forward.health.OutlierEjector;
import io.ringgate.metrics.Metrics;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What all event loops share when they send: the outlier ejector, the retry budget, and how many bytes may be outstanding at
 * one receiver. It outlives a change of configuration. Any thread.
 */
public final class AttemptPolicy {

    private final long memory;
    private final LongSupplier clock;
    private final OutlierEjector ejector;
    private final RetryBudget retries;
    private final Metrics.Counter retriesMade;
    private final Metrics.Counter retriesDenied;

    /**
     * @param memoryBudget what all writes may hold together, in bytes
     * @param nanoClock on the scale of {@link System#nanoTime}
     */
    public AttemptPolicy(long memoryBudget, Metrics metrics, LongSupplier nanoClock) {
        this.memory = memoryBudget;
        this.clock = nanoClock;
        this.ejector = new OutlierEjector(nanoClock);
        this.retries = new RetryBudget(nanoClock.getAsLong());
        this.retriesMade = metrics.counter("ringgate_receiver_retries_total");
        this.retriesDenied = metrics.counter("ringgate_receiver_retries_denied_total");
    }

    LongSupplier clock() {
        return clock;
    }

    OutlierEjector ejector() {
        return ejector;
    }

    void countWrite(long now) {
        retries.countWrite(now);
    }

    /** True when a retry may be made now; it is counted either way. */
    boolean grantRetry(long now) {
        boolean granted = retries.grant(now);
        (granted ? retriesMade : retriesDenied).increment();
        return granted;
    }

    /** True when a write may wait for a database and be sent again; it is counted as a retry either way. */
    boolean grantWait(long now) {
        boolean granted = retries.grantWait(now);
        (granted ? retriesMade : retriesDenied).increment();
        return granted;
    }

    /**
     * How many bytes may be outstanding at one receiver: the memory of writes, shared by all receivers of all rings that are in use,
     * so that one ring that stands still leaves the others theirs. When none is in use, all share.
     */
    long share(List<Receiver> all) {
        int inUse = 0;
        for (int i = 0; i < all.size(); i++) {
            inUse += all.get(i).health().isEjected() ? 0 : 1;
        }
        return memory / Math.max(1, inUse == 0 ? all.size() : inUse);
    }
}
