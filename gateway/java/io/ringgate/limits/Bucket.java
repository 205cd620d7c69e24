package io.ringgate.limits;

import io.ringgate.reject.Limit;

/**
 * A token bucket for one rate, in exact whole numbers: a token is a billion parts, so that what grows in a nanosecond is
 * a whole number of parts. It starts full.
 *
 * <p>A write may take its tokens when one whole token is there, and leaves the bucket in debt for the others: else small
 * writes would take each token as it comes, and a large one would never find enough. So over any time at most rate × time,
 * the burst and one write are taken. Whose turn it is among several edges, {@link FairShares} says.
 *
 * <p>What is missing of it is kept, not what is left: so tokens taken stay taken when the burst becomes another, and
 * what comes back can never be more than is missing. A bucket whose rate was lifted takes nothing and grows on: those who
 * took from it before may still give back.
 *
 * <p>Guarded by the lock of the tenant.
 */
final class Bucket {

    private static final long SECOND = 1_000_000_000L;

    /** The use is that of one to two windows. */
    static final long WINDOW = 15 * SECOND;

    /** A thread may have read the clock this long before it got the lock; a time further back means that the clock was set back. */
    static final long SKEW = SECOND;

    private final FairShares shares = new FairShares();
    private Rate rate;
    private boolean set = true;
    private long missing;
    private long at;

    private long windowFrom;
    private long used;
    private long usedBefore;

    Bucket(Rate rate, long now) {
        this.rate = rate;
        at = now;
        windowFrom = now;
    }

    void use(Rate other, long now) {
        grow(now);
        long debt = Math.max(0, missing - rate.burst() * SECOND);
        rate = other;
        missing = Math.min(missing, other.burst() * SECOND + Math.min(debt, Long.MAX_VALUE - other.burst() * SECOND));
        set = true;
    }

    void lift() {
        set = false;
    }

    boolean isSet() {
        return set;
    }

    /** Whether there is something for a write of this size. */
    boolean has(BucketShare share, long asked, long now) {
        grow(now);
        shares.enter(share, left(), rate, now);
        if (!couldEverHave(asked)) {
            return false;
        }
        share.asks(asked, now);
        return hasToken(share, asked, now) && asked * SECOND <= Long.MAX_VALUE - missing;
    }

    /** Whether there is something for a write whose size is not known yet. */
    boolean hasAny(BucketShare share, long now) {
        grow(now);
        shares.enter(share, left(), rate, now);
        share.asks(now);
        return hasToken(share, 1, now);
    }

    private boolean hasToken(BucketShare share, long asked, long now) {
        if (missing > (rate.burst() - 1) * SECOND) {
            return false;
        }
        if (shares.entitles(share, asked, left(), rate)) {
            return true;
        }
        shares.deal(left(), rate, now);
        return shares.entitles(share, asked, left(), rate);
    }

    boolean couldEverHave(long asked) {
        return asked <= rate.burst();
    }

    /** Only after {@link #has}. */
    void take(BucketShare share, long tokens) {
        missing += tokens * SECOND;
        used += tokens;
        shares.take(share, tokens);
    }

    /** Takes tokens for work that was done for a refused write: at most into a debt of one burst. */
    void charge(BucketShare share, long tokens, long now) {
        grow(now);
        shares.enter(share, left(), rate, now);
        long most = rate.burst() * SECOND;
        long room = most + Math.min(most, Long.MAX_VALUE - most) - missing;
        long charged = Math.clamp(room / SECOND, 0, tokens);
        take(share, charged);
    }

    void giveBack(BucketShare share, long tokens, long now) {
        grow(now);
        missing = Math.max(0, missing - tokens * SECOND);
        used -= tokens;
        shares.giveBack(share, tokens);
    }

    /** Refuses a write that it has too few tokens for, and puts it behind those that were refused before, unless no wait helps. */
    RateExceeded refuse(Limit limit, boolean ofEdge, BucketShare share, long asked, long now) {
        double own = shares.ownOf(share, left());
        long free = (long) Math.clamp(Math.min(left(), own), 0, (double) rate.burst());
        long wait = couldEverHave(asked) ? nextTurn(share, own, now) : 0;
        return new RateExceeded(limit, ofEdge, rate, asked, free, wait);
    }

    private long nextTurn(BucketShare share, double own, long now) {
        double perSecond = shares.perSecond(share, rate);
        double lackingOwn = shares.mustOwn(share.lastAsked(), left(), rate) - own;
        long lacking = Math.max(0, missing - (rate.burst() - 1) * SECOND);
        long soonest =
                Math.max(Math.ceilDiv(lacking, rate.perSecond()), (long) Math.ceil(lackingOwn * SECOND / perSecond));
        return share.nextTurn(soonest, perSecond, now);
    }

    void reweigh(BucketShare share, int weight) {
        shares.reweigh(share, weight);
    }

    double usedRatio(long now) {
        grow(now);
        double nanos = WINDOW + Math.max(0, now - windowFrom);
        return Math.max(0, used + usedBefore) * (SECOND / nanos) / rate.perSecond();
    }

    /** Tokens; negative while in debt. */
    private double left() {
        return rate.burst() - (double) missing / SECOND;
    }

    private void grow(long now) {
        long elapsed = now - at;
        if (elapsed < 0) {
            if (elapsed < -SKEW) {
                at = now;
                windowFrom = now;
                shares.clear();
            }
            return;
        }
        at = now;
        // Compared before it is multiplied: the product is never larger than what is missing.
        missing = elapsed > missing / rate.perSecond() ? 0 : missing - elapsed * rate.perSecond();
        long inWindow = now - windowFrom;
        if (inWindow >= WINDOW) {
            usedBefore = inWindow < 2 * WINDOW ? used : 0;
            used = 0;
            windowFrom = now - inWindow % WINDOW;
        }
    }
}
