package io.ringgate.pipeline;

import io.ringgate.limits.Shortage;
import io.ringgate.limits.Spending;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.Tally;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One write held to its edge's limits: each question is answered by a refusal, or by null for a write that may go on. Where
 * the policy only observes, the first answer that would have been a refusal is counted, and the write goes on and takes nothing
 * more. On the write's event loop.
 */
final class Allowance {

    /** Its sender makes smaller writes of the same samples. */
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
                long watched = limits.watched(Limit.MAX_CONNECTIONS);
                yield connections > watched ? observed(atOnce(Limit.MAX_CONNECTIONS, watched, connections - 1)) : null;
            }
            case WriteClient.Connection.LimitReached reached -> {
                long most = limits.enforced(Limit.MAX_CONNECTIONS);
                yield atOnce(Limit.MAX_CONNECTIONS, most, most);
            }
        };
    }

    /** The write is the n-th of its edge under way; more than it may have would wait, so this only observes. */
    void writes(int count) {
        long watched = limits.watched(Limit.MAX_CONCURRENT_WRITES);
        if (count > watched) {
            observed(atOnce(Limit.MAX_CONCURRENT_WRITES, watched, count - 1));
        }
    }

    private Rejection atOnce(Limit limit, long allowed, long used) {
        return new Rejection.AtOnce(limit, account.edge().value(), allowed, used);
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
        long watched = limits.watched(limit);
        return seen > watched ? observed(new Rejection.TooLarge(limit, watched, seen)) : null;
    }

    /** @param bytes of the body, or {@link WriteHead#CHUNKED} */
    @Nullable
    Rejection request(long bytes) {
        return counted
                ? null
                : rate(spending.begin(bytes == WriteHead.CHUNKED ? Spending.UNKNOWN : bytes, clock.getAsLong()));
    }

    /** Of a body that did not tell its size before. */
    @Nullable
    Rejection bytes(long bytes) {
        return counted ? null : rate(spending.bytes(bytes, clock.getAsLong()));
    }

    @Nullable
    Rejection content(Tally tally) {
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

    /** What costs the sender nothing and a receiver much. */
    private @Nullable Rejection decoded(Tally tally) {
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
        long watched = limits.watched(limit);
        return seen > watched ? observed(new Rejection.TooMany(limit, watched, seen)) : null;
    }

    private @Nullable Rejection rate(@Nullable Shortage shortage) {
        if (shortage == null) {
            return null;
        }
        String of = shortage.ofEdge() ? "edge " + account.edge() : "tenant " + account.tenant();
        Limit limit = shortage.limit();
        long burst = shortage.rate().burst();
        Rejection refusal = shortage.forever()
                ? new Rejection.OverBurst(limit, of, burst, shortage.asked())
                : new Rejection.OverRate(
                        limit,
                        of,
                        shortage.rate().perSecond(),
                        burst,
                        shortage.asked(),
                        shortage.free(),
                        shortage.waitNanos(),
                        limits.drops(limit, shortage.ofEdge()));
        return limits.observes() ? observed(refusal) : refusal;
    }

    private @Nullable Rejection observed(Rejection refusal) {
        if (!counted) {
            counted = true;
            account.observeModeCounts().write(refusal.reason());
        }
        return null;
    }

    /**
     * The write was refused before anybody was asked to store it. What makes no sense to repeat stays spent. Else, before its
     * body was read that costs us nothing, and it took nothing; afterwards its request and the bytes that were read stay spent.
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
