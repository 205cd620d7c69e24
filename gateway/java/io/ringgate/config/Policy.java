package io.ringgate.config;

import io.ringgate.reject.Limit;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a part of a policy file sets. Others are inherited, key by key.
 *
 * @param most the limits that are set, {@link #NO_LIMIT} for one that is lifted; of a rate, how many a second
 * @param bursts of the rates, where they are set
 * @param onLimit of the rates, where it is set
 * @param observe whether limits are counted only; absent where nothing is said, as the two after it
 * @param delayStatus what a sender gets that has to repeat its write: 503 or 429
 * @param weight its part of the memory when that gets scarce, against the others'
 */
public record Policy(
        Map<Limit, Long> most,
        Map<Limit, Long> bursts,
        Map<Limit, OnLimit> onLimit,
        @Nullable Boolean observe,
        @Nullable Integer delayStatus,
        @Nullable Integer weight) {

    public static final long NO_LIMIT = Long.MAX_VALUE;
    public static final int DEFAULT_DELAY_STATUS = 503;
    public static final int DEFAULT_WEIGHT = 100;

    /** Of a rate and of a burst. */
    public static final long MOST_RATE = 1L << 33;

    /** The burst of a rate without one is what it grants in so many seconds. */
    public static final long DEFAULT_BURST_SECONDS = 10;

    /** What holds where no file says otherwise: what a sender could multiply for next to nothing, here or in a receiver. */
    public static final Policy DEFAULTS = of(Map.of(
            Limit.MAX_SERIES_PER_WRITE,
            50_000L,
            Limit.MAX_EXEMPLARS_PER_SERIES,
            100L,
            Limit.MAX_EXEMPLARS_PER_WRITE,
            20_000L,
            Limit.MAX_METADATA_PER_WRITE,
            20_000L,
            Limit.MAX_HISTOGRAM_BUCKETS,
            2_000L,
            Limit.MAX_HISTOGRAM_SPANS,
            1_000L,
            Limit.MAX_DECODED,
            256L << 20));

    /** Says nothing. */
    public static final Policy NONE = new Policy(Map.of(), Map.of(), Map.of(), null, null, null);

    public Policy {
        most = Map.copyOf(most);
        bursts = Map.copyOf(bursts);
        onLimit = Map.copyOf(onLimit);
    }

    /** Sets these limits, and says nothing else. */
    public static Policy of(Map<Limit, Long> most) {
        return new Policy(most, Map.of(), Map.of(), null, null, null);
    }

    /** What holds where this is said on top of {@code base}. */
    public Policy over(Policy base) {
        if (equals(NONE)) {
            return base;
        }
        if (base.equals(NONE)) {
            return this;
        }
        return new Policy(
                over(most, base.most),
                over(bursts, base.bursts),
                over(onLimit, base.onLimit),
                observe == null ? base.observe : observe,
                delayStatus == null ? base.delayStatus : delayStatus,
                weight == null ? base.weight : weight);
    }

    private static <V> Map<Limit, V> over(Map<Limit, V> first, Map<Limit, V> base) {
        if (first.isEmpty() || base.isEmpty()) {
            return first.isEmpty() ? base : first;
        }
        Map<Limit, V> merged = new EnumMap<>(base);
        merged.putAll(first);
        return merged;
    }

    /** {@link #NO_LIMIT} where none is set. */
    public long mostOf(Limit limit) {
        return most.getOrDefault(limit, NO_LIMIT);
    }

    /** The same where {@link #DEFAULTS} count as set. */
    public long mostOrDefault(Limit limit) {
        return most.getOrDefault(limit, DEFAULTS.mostOf(limit));
    }

    /** Of a rate that is set. */
    public long burstOf(Limit rate) {
        Long burst = bursts.get(rate);
        return burst != null ? burst : Math.min(MOST_RATE, DEFAULT_BURST_SECONDS * mostOf(rate));
    }

    public OnLimit onLimitOf(Limit rate) {
        return onLimit.getOrDefault(rate, OnLimit.DELAY);
    }

    public boolean observes() {
        return observe != null && observe;
    }

    public int delayStatusOrDefault() {
        return delayStatus == null ? DEFAULT_DELAY_STATUS : delayStatus;
    }

    public int weightOrDefault() {
        return weight == null ? DEFAULT_WEIGHT : weight;
    }
}
