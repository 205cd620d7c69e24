package io.ringgate.pipeline;

import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When each configured edge last got data through, and how it was last refused. Bounded by the configuration: what other
 * edges do is not kept. A new configuration keeps the accounts of the edges that stay.
 *
 * <p>Any thread. A write costs one look into an immutable map and one volatile write.
 */
public final class EdgeLedger {

    private static final String LAST_ACCEPTED = "ringgate_edge_last_accepted_timestamp_seconds";
    private static final double MILLIS = 1e3;

    /** So long a refusal counts among the present ones. */
    private static final Duration PRESENT = Duration.ofMinutes(5);

    private final Metrics metrics;
    private final LongSupplier wallClock;
    private volatile Map<EdgeName, Account> accounts = Map.of();

    /** @param wallClock milliseconds of Unix time, as {@link System#currentTimeMillis} */
    public EdgeLedger(Metrics metrics, LongSupplier wallClock) {
        this.metrics = metrics;
        this.wallClock = wallClock;
        metrics.gauge("ringgate_receiver_unrecognised_edges", this::unrecognised);
    }

    /**
     * The last refusal of an edge's write.
     *
     * @param reason its label
     * @param sentence as the sender was told
     */
    public record Refusal(Instant time, String reason, String sentence, String requestId) {}

    /**
     * Writes that had to wait for memory or a place.
     *
     * @param granted how many got it
     * @param refused how many did not
     * @param time that all of them waited
     */
    public record Waits(long granted, long refused, Duration time) {
        static final Waits NONE = new Waits(0, 0, Duration.ZERO);
    }

    /** What is known of one edge since the start; absent where it did not happen. */
    public record Entry(
            @Nullable Instant lastAccepted, @Nullable Refusal lastRefusal, Waits waits) {}

    /** From now on these are the edges: the gauges of new ones appear, those of others go. */
    public synchronized void use(Collection<EdgeName> edges) {
        Map<EdgeName, Account> before = accounts;
        Map<EdgeName, Account> after = new HashMap<>();
        for (EdgeName edge : edges) {
            Account kept = before.get(edge);
            after.put(edge, kept == null ? new Account() : kept);
        }
        accounts = Map.copyOf(after);
        before.keySet().stream()
                .filter(edge -> !after.containsKey(edge))
                .forEach(edge -> metrics.dropGauge(LAST_ACCEPTED, "edge", edge.value()));
        after.forEach((edge, account) -> {
            if (!before.containsKey(edge)) {
                metrics.gauge(LAST_ACCEPTED, () -> account.acceptedMillis / MILLIS, "edge", edge.value());
            }
        });
    }

    /** The receivers acknowledged data of the edge. */
    void accepted(EdgeName edge) {
        Account account = accounts.get(edge);
        if (account != null) {
            account.acceptedMillis = wallClock.getAsLong();
        }
    }

    void refused(EdgeName edge, Rejection rejection, String requestId) {
        Account account = accounts.get(edge);
        if (account != null) {
            account.refusal = new Refusal(
                    Instant.ofEpochMilli(wallClock.getAsLong()),
                    rejection.reason().label(),
                    rejection.sentence(),
                    requestId);
        }
    }

    void waited(EdgeName edge, long nanos, boolean granted) {
        Account account = accounts.get(edge);
        if (account != null) {
            (granted ? account.granted : account.inVain).increment();
            account.waitedNanos.add(nanos);
        }
    }

    /** Edges whose last refusal is a receiver's in unknown words, a short time ago. */
    private int unrecognised() {
        Instant since = Instant.ofEpochMilli(wallClock.getAsLong()).minus(PRESENT);
        int edges = 0;
        for (Account account : accounts.values()) {
            edges += isUnrecognised(account.refusal, since) ? 1 : 0;
        }
        return edges;
    }

    private static boolean isUnrecognised(@Nullable Refusal last, Instant since) {
        return last != null
                && last.reason().equals(Reason.RECEIVER_UNRECOGNISED.label())
                && last.time().isAfter(since);
    }

    /** What is known of the edge; nothing of one that is not configured. */
    public Entry of(EdgeName edge) {
        Account account = accounts.get(edge);
        if (account == null) {
            return new Entry(null, null, Waits.NONE);
        }
        long millis = account.acceptedMillis;
        return new Entry(millis == 0 ? null : Instant.ofEpochMilli(millis), account.refusal, account.waits());
    }

    private static final class Account {
        private volatile long acceptedMillis;
        private volatile @Nullable Refusal refusal;
        private final LongAdder granted = new LongAdder();
        private final LongAdder inVain = new LongAdder();
        private final LongAdder waitedNanos = new LongAdder();

        Waits waits() {
            return new Waits(granted.sum(), inVain.sum(), Duration.ofNanos(waitedNanos.sum()));
        }
    }
}
