package io.ringgate.pipeline;

import io.ringgate.config.BodyLimits;
import io.ringgate.config.OnLimit;
import io.ringgate.config.Policy;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.PointLimits;
import io.ringgate.wire.SeriesLimits;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What the writes of one edge are held to: its policy with all that it inherits. Where the policy only observes, the
 * gateway's own caps and defaults are enforced, and what exceeds the policy's limits is counted.
 * Immutable.
 */
final class EdgeLimits {

    private static final long NO_LIMIT = Policy.NO_LIMIT;

    private final Map<Limit, Long> enforced = new EnumMap<>(Limit.class);
    private final Map<Limit, Long> observed = new EnumMap<>(Limit.class);
    private final Set<Limit> dropsForTenant;
    private final Set<Limit> dropsForEdge;
    private final SeriesLimits timeless;
    private final boolean observes;
    private final int delayStatus;
    private final int weight;

    /**
     * @param tenant the policy of the tenant as a whole
     * @param edge the policy of the edge itself
     * @param caps the gateway's own
     */
    EdgeLimits(Policy tenant, Policy edge, Policy caps) {
        Policy policy = edge.over(tenant);
        this.observes = policy.observes();
        this.delayStatus = policy.delayStatusOrDefault();
        this.weight = policy.weightOrDefault();
        this.dropsForTenant = drops(tenant);
        this.dropsForEdge = drops(policy);
        for (Limit limit : Limit.values()) {
            long cap = caps.mostOf(limit);
            long most = policy.mostOrDefault(limit);
            long configured = most == NO_LIMIT ? cap : most;
            long own = Math.min(cap, Math.max(most, Policy.DEFAULTS.mostOf(limit)));
            enforced.put(limit, bounded(limit, observes ? own : configured));
            observed.put(limit, observes ? configured : NO_LIMIT);
        }
        this.timeless = new SeriesLimits(
                count(policy.mostOf(Limit.MAX_LABELS_PER_SERIES)),
                count(policy.mostOf(Limit.MAX_LABEL_NAME_LENGTH)),
                count(policy.mostOf(Limit.MAX_LABEL_VALUE_LENGTH)),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                observes,
                points(enforced),
                points(observes ? observed : enforced),
                enforcedCount(Limit.MAX_SERIES_PER_WRITE));
    }

    private static PointLimits points(Map<Limit, Long> most) {
        return new PointLimits(
                count(most.getOrDefault(Limit.MAX_EXEMPLARS_PER_SERIES, NO_LIMIT)),
                count(most.getOrDefault(Limit.MAX_HISTOGRAM_BUCKETS, NO_LIMIT)),
                count(most.getOrDefault(Limit.MAX_HISTOGRAM_SPANS, NO_LIMIT)));
    }

    /** A body is bounded even where its limit was removed: a larger message fits no array. */
    private static long bounded(Limit limit, long most) {
        return switch (limit) {
            case MAX_PACKED -> Math.min(most, BodyLimits.MOST_PACKED);
            case MAX_UNPACKED -> Math.min(most, BodyLimits.MOST_UNPACKED);
            default -> most;
        };
    }

    private static Set<Limit> drops(Policy policy) {
        Set<Limit> drops = EnumSet.noneOf(Limit.class);
        policy.onLimit().forEach((limit, then) -> {
            if (then == OnLimit.DROP) {
                drops.add(limit);
            }
        });
        return drops;
    }

    private static int count(long most) {
        return (int) Math.min(most, Integer.MAX_VALUE);
    }

    /** More than this is refused. */
    long enforced(Limit limit) {
        return enforced.getOrDefault(limit, NO_LIMIT);
    }

    int enforcedCount(Limit limit) {
        return count(enforced(limit));
    }

    /** More than this is counted only. */
    long observed(Limit limit) {
        return observed.getOrDefault(limit, NO_LIMIT);
    }

    /** The limit of the policy, enforced or not; the gateway's own cap where the policy has none. */
    long configured(Limit limit) {
        return observes ? observed(limit) : enforced(limit);
    }

    boolean drops(Limit rate, boolean ofEdge) {
        return (ofEdge ? dropsForEdge : dropsForTenant).contains(rate);
    }

    boolean observes() {
        return observes;
    }

    /** The refusal as this edge's senders get it: with a delay_status of 429, a sender that is to retry gets 429 instead of 503. */
    Rejection asAnswered(Rejection rejection) {
        boolean delays =
                rejection.status() == Policy.DEFAULT_DELAY_STATUS && delayStatus != Policy.DEFAULT_DELAY_STATUS;
        return delays ? new Rejection.WithStatus(rejection, delayStatus) : rejection;
    }

    int weight() {
        return weight;
    }

    /** What each series is held to now, in Unix time. */
    SeriesLimits series(long nowMillis) {
        long age = configured(Limit.MAX_SAMPLE_AGE);
        long future = configured(Limit.MAX_SAMPLE_FUTURE);
        if (age == NO_LIMIT && future == NO_LIMIT) {
            return timeless;
        }
        return timeless.between(
                age == NO_LIMIT ? Long.MIN_VALUE : nowMillis - age,
                future == NO_LIMIT ? Long.MAX_VALUE : nowMillis + future);
    }
}
