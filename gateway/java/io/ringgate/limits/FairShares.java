package io.ringgate.limits;

import java.util.ArrayList;
import java.util.List;

/**
 * Who may take the tokens of one bucket that several edges share: weighted max-min fair, whatever the size of their writes
 * and however often they ask.
 *
 * <p>Each edge that asked lately has a pot. What comes into the bucket is dealt into the pots by weight; what a full pot
 * cannot hold goes to the others, so nobody is kept from what another leaves. An edge with a token in its pot may take a
 * write of whatever size: its pot goes into debt and fills up before the next one. A debt is lent by the bucket, which must
 * hold {@link #COVER} times as much, or be full: so somebody else's write finds a token meanwhile, and who saved up comes
 * before who lives on credit.
 *
 * <pre>
 *   bucket  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
 *   pots    a ▇▇▇▇│   b ▇▇▇▇│   c ▇▇  │   d -▇▇ │     rate → by weight → c and d, since a and b are full
 * </pre>
 *
 * <p>The pots together are what is in the bucket, less what is left when all are full. Between two dealings each edge has
 * its weight's part of what came since. A dealing walks over the active edges; it is done before an edge is refused for its
 * share, at most once a millisecond, and when an edge joins.
 *
 * <p>Guarded by the lock of the tenant.
 */
final class FairShares {

    private static final long SECOND = 1_000_000_000L;

    private static final long DEAL_AGAIN = SECOND / 1000;

    private static final double COVER = 4;

    /** Seconds of its edge's rate that a pot holds: who needs little finds something whenever it comes. */
    private static final int CALM_SECONDS = 1;

    /** The same while writes that were turned away are on their way back, which takes them seconds. */
    private static final int AWAITED_SECONDS = 10;

    private static final long RISE_OVER = 4 * SECOND;

    /** Below it a fraction of a token is a rounding error. */
    private static final double NOTHING = 1e-6;

    private final List<BucketShare> active = new ArrayList<>();
    private long weights;
    private double dealt;
    private long dealtAt;

    /** The weights of those whose pot is not full, and of those whose writes are on their way back. */
    private long open;

    private long awaited;

    /** Tokens that a pot which is never full gets in a second for each of its weight, of late. */
    private double rise;

    /**
     * Whether it may take so much of a bucket that has a token: of its own pot, and what that has not from what the bucket
     * has beyond it.
     */
    boolean entitles(BucketShare share, long asked, double level, Rate rate) {
        if (active.size() == 1 || level >= rate.burst()) {
            return true;
        }
        double own = ownOf(share, level);
        return own >= 1 - NOTHING && level >= Math.min((double) rate.burst(), COVER * (asked - own) + 1) - NOTHING;
    }

    /** From now on it takes part, if it does not yet: each of the others that has something gives it its weight's part. */
    void enter(BucketShare share, double level, Rate rate, long now) {
        if (share.isActive()) {
            return;
        }
        deal(level, rate, now);
        weights += share.weight();
        double given = active.isEmpty() ? level : 0;
        for (BucketShare other : active) {
            given += other.give((double) share.weight() / weights);
        }
        dealt = active.isEmpty() ? level : dealt;
        active.add(share);
        share.enter(given, now);
    }

    /** Tokens that are its own now. */
    double ownOf(BucketShare share, double level) {
        return active.size() == 1 ? level : share.pot() + (level - dealt) * share.weight() / weights;
    }

    /** What it must have in its pot before it may take so much, if the bucket has no more than now. */
    double mustOwn(long asked, double level, Rate rate) {
        return active.size() == 1 || level >= rate.burst() ? 1 : Math.max(1, asked - Math.max(0, level - 1) / COVER);
    }

    /** Tokens that it gets in a second, if it takes all that is dealt to it. */
    double perSecond(BucketShare share, Rate rate) {
        if (active.size() == 1) {
            return rate.perSecond();
        }
        double least = (double) rate.perSecond() * share.weight() / weights;
        return Math.clamp(rise * share.weight(), least, (double) rate.perSecond());
    }

    void reweigh(BucketShare share, int weight) {
        if (share.isActive()) {
            weights += weight - share.weight();
        }
        share.weight(weight);
    }

    void take(BucketShare share, long tokens) {
        share.fill((double) -tokens);
        dealt -= tokens;
    }

    void giveBack(BucketShare share, long tokens) {
        if (share.isActive()) {
            share.fill((double) tokens);
            dealt += tokens;
        }
    }

    /** The clock was set back: nobody's times mean anything. */
    void clear() {
        active.forEach(BucketShare::leave);
        active.clear();
        weights = 0;
        dealt = 0;
    }

    /** Puts what came since into the pots. */
    void deal(double level, Rate rate, long now) {
        long since = now - dealtAt;
        if (since >= 0 && since < DEAL_AGAIN) {
            return;
        }
        dealtAt = now;
        active.removeIf(share -> hasLeft(share, now));
        if (active.isEmpty()) {
            return;
        }
        double each = (level - dealt) / weights;
        for (BucketShare share : active) {
            share.fill(each * share.weight());
        }
        double risen = each;
        double over = spill(rate, now);
        while (over > NOTHING && open > 0) {
            each = over / open;
            for (BucketShare share : active) {
                share.fillOpen(each);
            }
            risen += each;
            over = spill(rate, now);
        }
        dealt = level - over;
        risen += over / (awaited == 0 ? weights : awaited);
        long seen = Math.clamp(since, 0, RISE_OVER);
        rise += (risen * SECOND / Math.max(since, 1) - rise) * seen / (seen + RISE_OVER);
    }

    /** What the full pots cannot hold. Counts {@link #open} and {@link #awaited}. */
    private double spill(Rate rate, long now) {
        double calm = Math.min((double) rate.perSecond() * CALM_SECONDS, rate.burst() / 2.0) / weights;
        double saved = Math.min((double) rate.perSecond() * AWAITED_SECONDS, (double) rate.burst()) / weights;
        double over = 0;
        open = 0;
        awaited = 0;
        for (BucketShare share : active) {
            boolean isAwaited = share.isAwaited(now);
            over += isAwaited ? share.spillAwaited(saved) : share.spill(calm);
            awaited += isAwaited ? share.weight() : 0;
            open += share.isFull() ? 0 : share.weight();
        }
        return over;
    }

    private boolean hasLeft(BucketShare share, long now) {
        if (share.askedLately(now)) {
            return false;
        }
        weights -= share.weight();
        dealt -= share.pot();
        share.leave();
        return true;
    }
}
