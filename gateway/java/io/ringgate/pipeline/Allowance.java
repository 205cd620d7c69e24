package io.ringgate.pipeline;

import io.ringgate.limits.RateExceeded;
import io.ringgate.limits.Spending;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.WriteCounts;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One write held to its edge's limits: each check returns a refusal, or null for a write that may go on. Where
 * the policy only observes, the first refusal is counted instead, and the write goes on and takes no more tokens. On the write's event loop.
 */
final class Allowance {

    /** The sender is expected to split the write, so nothing of it stays spent. */
    private static final int TOO_LARGE = 413;

    private final EdgeAccount account;
    private final EdgeLimits limits;
    private final Spending spending;
    private final LongSupplier clock;
    private boolean counted;

    Allowance(EdgeAccount account, LongSupplier clock) {
        this.account = account;
        this.limits = account.limits();
        this.spending = account.spend();
        this.clock = clock;
    }

    EdgeLimits limits() {
        return limits;
    }

    @Nullable
    Rejection connection(WriteClient.Connection connection) {
        return switch (connection) {
            case WriteClient.Connection.CountedBefore before -> null;
            case WriteClient.Connection.Counted(int connections) -> {
                long observed = limits.observed(Limit.MAX_CONNECTIONS);
                yield connections > observed
                        ? countObserved(atOnce(Limit.MAX_CONNECTIONS, observed, connections - 1))
                        : null;
            }
            case WriteClient.Connection.LimitReached reached -> {
                long most = limits.enforced(Limit.MAX_CONNECTIONS);
                yield atOnce(Limit.MAX_CONNECTIONS, most, most);
            }
        };
    }

    /** @param count how many writes of the edge are under way with this one; above the enforced limit it would wait, so this only observes */
    void writes(int count) {
        long observed = limits.observed(Limit.MAX_CONCURRENT_WRITES);
        if (count > observed) {
            countObserved(atOnce(Limit.MAX_CONCURRENT_WRITES, observed, count - 1));
        }
    }

    private Rejection atOnce(Limit limit, long allowed, long used) {
        return new Rejection.ConcurrencyExceeded(limit, account.edge().value(), allowed, used);
    }

    @Nullable
    Rejection packed(long bytes) {
        return size(Limit.MAX_PACKED, bytes);
    }

    @Nullable
    Rejection unpacked(long bytes) {
        return size(Limit.MAX_UNPACKED, bytes);
    }

    private @Nullable Rejection size(Limit limit, long seen) {
        if (seen > limits.enforced(limit)) {
            return new Rejection.TooLarge(limit, limits.enforced(limit), seen);
        }
        long observed = limits.observed(limit);
        return seen > observed ? countObserved(new Rejection.TooLarge(limit, observed, seen)) : null;
    }

    /** @param bytes of the body, or {@link WriteHead#CHUNKED} */
    @Nullable
    Rejection request(long bytes) {
        return counted
                ? null
                : rate(spending.begin(bytes == WriteHead.CHUNKED ? Spending.UNKNOWN : bytes, clock.getAsLong()));
    }

    /** Takes the bytes of a body whose size was not declared. */
    @Nullable
    Rejection bytes(long bytes) {
        return counted ? null : rate(spending.bytes(bytes, clock.getAsLong()));
    }

    @Nullable
    Rejection content(WriteCounts tally) {
        long points = tally.samples() + tally.histograms();
        Rejection refusal = many(Limit.MAX_SERIES_PER_WRITE, tally.series());
        if (refusal == null) {
            refusal = many(Limit.MAX_SAMPLES_PER_WRITE, points);
        }
        if (refusal == null) {
            refusal = many(Limit.SAMPLES_LIMIT, tally.samples());
        }
        if (refusal == null) {
            refusal = decoded(tally);
        }
        if (refusal == null && !counted && points > 0) {
            refusal = rate(spending.samples(points, clock.getAsLong()));
        }
        return refusal;
    }

    /** What is cheap to send and costly for a receiver. */
    private @Nullable Rejection decoded(WriteCounts tally) {
        Rejection refusal = many(Limit.MAX_EXEMPLARS_PER_WRITE, tally.exemplars());
        if (refusal == null) {
            refusal = many(Limit.MAX_METADATA_PER_WRITE, tally.metadata());
        }
        if (refusal == null && tally.emptyMetadata() > 0) {
            return new Rejection.Plain(
                    Reason.MALFORMED,
                    tally.emptyMetadata() + " of " + tally.metadata()
                            + " metadata entries of this write are empty: set send: false in the sender's metadata_config until it is fixed");
        }
        return refusal == null ? size(Limit.MAX_DECODED, tally.decoded()) : refusal;
    }

    private @Nullable Rejection many(Limit limit, long seen) {
        if (seen > limits.enforced(limit)) {
            return new Rejection.TooMany(limit, limits.enforced(limit), seen);
        }
        long observed = limits.observed(limit);
        return seen > observed ? countObserved(new Rejection.TooMany(limit, observed, seen)) : null;
    }

    private @Nullable Rejection rate(@Nullable RateExceeded exceeded) {
        if (exceeded == null) {
            return null;
        }
        String of = exceeded.ofEdge() ? "edge " + account.edge() : "tenant " + account.tenant();
        Limit limit = exceeded.limit();
        long burst = exceeded.rate().burst();
        Rejection refusal = exceeded.forever()
                ? new Rejection.OverBurst(limit, of, burst, exceeded.asked())
                : new Rejection.OverRate(
                        limit,
                        of,
                        exceeded.rate().perSecond(),
                        burst,
                        exceeded.asked(),
                        exceeded.free(),
                        exceeded.waitNanos(),
                        limits.drops(limit, exceeded.ofEdge()));
        return limits.observes() ? countObserved(refusal) : refusal;
    }

    private @Nullable Rejection countObserved(Rejection refusal) {
        if (!counted) {
            counted = true;
            account.observeModeCounts().write(refusal.reason());
        }
        return null;
    }

    /**
     * The write was refused before a receiver was asked. Of a write that must not be repeated all stays spent. Else, before
     * its body was read everything is given back; afterwards its request and the bytes that were read stay spent.
     */
    void refused(Rejection rejection, long bytesRead) {
        if (!rejection.retryable() && rejection.status() != TOO_LARGE) {
            return;
        }
        if (bytesRead <= BodyPreface.LENGTH) {
            spending.undo(clock.getAsLong());
        } else {
            abandoned(bytesRead);
        }
    }

    /** The client went away: its request was made, what was not read comes back. */
    void abandoned(long bytesRead) {
        spending.keepRead(counted ? 0 : bytesRead, clock.getAsLong());
    }

    /** Receivers were asked and the write will come again: only its request counts. */
    void comesAgain() {
        spending.comesAgain(clock.getAsLong());
    }
}
