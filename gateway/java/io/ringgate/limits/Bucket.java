package io.ringgate.limits;

import io.ringgate.reject.Limit;

/**
 * A token bucket for one rate, in exact whole numbers: a token is a billion parts, so that what grows in a nanosecond is
 * a whole number of parts. It starts full.
 *
 * <p>What is missing of it is kept, not what is left: so tokens taken stay taken when the burst becomes another, and
 * what comes back can never be more than is missing. A bucket whose rate was lifted takes nothing and grows on: those who
 * took from it before may still give back.
 *
 * <p>It also keeps the turn of those it turned away: each is sent behind the one before it, by what that one asked for.
 * Turns lie at most {@link #HORIZON} ahead; beyond that they begin again at the first one possible, and so fill the
 * same time evenly once more instead of piling up at its end.
 *
 * <p>Guarded by the lock of the tenant.
 */
final class Bucket {

    private static final long SECOND = 1_000_000_000L;

    static final long HORIZON = 60 * SECOND;

    /** Half of what "of late" means. */
    static final long WINDOW = 15 * SECOND;

    /** Threads that read the clock before they got the lock; a clock that lies further back was set back. */
    static final long SKEW = SECOND;

    private Rate rate;
    private boolean set = true;
    private long missing;
    private long at;
    private long turn;

    private long windowFrom;
    private long used;
    private long usedBefore;

    Bucket(Rate rate, long now) {
        this.rate = rate;
        at = now;
        turn = now;
        windowFrom = now;
    }

    void use(Rate other, long now) {
        grow(now);
        rate = other;
        missing = Math.min(missing, other.burst() * SECOND);
        set = true;
    }

    void lift() {
        set = false;
    }

    boolean isSet() {
        return set;
    }

    boolean has(long asked, long now) {
        grow(now);
        return asked <= rate.burst() && missing <= (rate.burst() - asked) * SECOND;
    }

    boolean couldEverHave(long asked) {
        return asked <= rate.burst();
    }

    /** Only after {@link #has}. */
    void take(long tokens) {
        missing += tokens * SECOND;
        used += tokens;
    }

    void giveBack(long tokens, long now) {
        grow(now);
        missing = Math.max(0, missing - tokens * SECOND);
        used -= tokens;
    }

    /** For what it has not: which is turned away, and behind those who were so before, unless no waiting helps. */
    Shortage turnAway(Limit limit, boolean ofEdge, long asked, long now) {
        grow(now);
        long free = (rate.burst() * SECOND - missing) / SECOND;
        long wait = couldEverHave(asked) ? nextTurn(asked, now) : 0;
        return new Shortage(limit, ofEdge, rate, asked, free, wait);
    }

    private long nextTurn(long asked, long now) {
        long lacking = Math.max(0, missing - (rate.burst() - asked) * SECOND);
        long soonest = Math.ceilDiv(lacking, rate.perSecond());
        long ahead = turn - now;
        if (ahead < soonest || ahead > HORIZON) {
            ahead = soonest;
        }
        turn = now + ahead + asked * SECOND / rate.perSecond();
        return ahead;
    }

    double usedRatio(long now) {
        grow(now);
        double nanos = WINDOW + Math.max(0, now - windowFrom);
        return Math.max(0, used + usedBefore) * (SECOND / nanos) / rate.perSecond();
    }

    private void grow(long now) {
        long elapsed = now - at;
        if (elapsed < 0) {
            if (elapsed < -SKEW) {
                at = now;
                turn = now;
                windowFrom = now;
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
