package io.ringgate.forward.attempts;

import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.HealthSnapshot;
import io.ringgate.forward.Receiver;
import io.ringgate.metrics.Metrics;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps failing receivers from doing harm, for all event loops together: who is ejected, how often is retried, and
 * how many bytes may wait for one receiver. It outlives a change of configuration. Any thread.
 */
public final class AttemptPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptPolicy.class);

    private final long memory;
    private final LongSupplier clock;
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
        this.retries = new RetryBudget(nanoClock.getAsLong());
        this.retriesMade = metrics.counter("ringgate_receiver_retries_total");
        this.retriesDenied = metrics.counter("ringgate_receiver_retries_denied_total");
    }

    LongSupplier clock() {
        return clock;
    }

    void wrote(long now) {
        retries.wrote(now);
    }

    /** True when a retry may be made now; it is counted either way. */
    boolean takeRetry(long now) {
        boolean granted = retries.take(now);
        (granted ? retriesMade : retriesDenied).increment();
        return granted;
    }

    /** True when a write may wait for a database and be sent again; it is counted as a retry either way. */
    boolean takeWait(long now) {
        boolean granted = retries.takeWait(now);
        (granted ? retriesMade : retriesDenied).increment();
        return granted;
    }

    /**
     * How many bytes may wait for one receiver: the memory of writes, shared by all receivers of all rings that are in use,
     * so that one ring that stands still leaves the others theirs. When none is in use, all share.
     */
    long share(List<Receiver> all) {
        int inUse = 0;
        for (int i = 0; i < all.size(); i++) {
            inUse += all.get(i).health().isEjected() ? 0 : 1;
        }
        return memory / Math.max(1, inUse == 0 ? all.size() : inUse);
    }

    /**
     * Takes a receiver out, unless too many of its group are out already: a third of them may be, one always, but never
     * the last. What looks like the failure of all is rather their overload, or ours.
     */
    void eject(Receiver receiver, List<Receiver> group, AttemptSignal why, RandomGenerator random) {
        long now = clock.getAsLong();
        synchronized (this) {
            int out = 1;
            for (int i = 0; i < group.size(); i++) {
                out += group.get(i).health().isEjected() ? 1 : 0;
            }
            int most = Math.min(Math.max(1, group.size() / 3), group.size() - 1);
            if (out > most || receiver.isRetired() || receiver.health().isEjected()) {
                return;
            }
            receiver.health().eject(why, random, now);
        }
        receiver.meters().ejected(why);
        HealthSnapshot condition = receiver.health().condition(now);
        LOG.warn(
                "receiver {} is ejected, the next trial is in {} ms: {}",
                receiver,
                condition.retryInMillis(),
                condition.lastFailure());
    }

    void cameBack(Receiver receiver) {
        LOG.info("receiver {} is back", receiver);
    }
}
