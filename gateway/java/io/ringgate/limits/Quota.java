package io.ringgate.limits;

import io.ringgate.reject.Limit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rates of one edge: its tenant's, which it shares with the tenant's other edges by weight, and its own. Any thread.
 *
 * <p>One short lock for all of a tenant, since what a write takes of both must be all or nothing. Edges of different
 * tenants never meet, and where no rate is set there is no lock.
 */
public final class Quota {

    /** The rates of a tenant's edges together. */
    public static final class Shared {

        private final Buckets buckets = new Buckets(false);

        /** From now on these; what was taken stays taken, and a rate that is not in it is no limit. */
        public synchronized void use(Map<Limit, Rate> rates, long now) {
            buckets.use(rates, now);
        }

        /** How much of a rate was used lately, 1 for all of it; 0 for one that is not set. */
        public synchronized double usedRatio(Limit rate, long now) {
            return buckets.usedRatio(rate, now);
        }
    }

    /** Where tokens were taken from, as bits. */
    private static final int TENANT = 1;

    private static final int EDGE = 2;

    private final Shared tenant;
    private final BucketShares ofTenant = new BucketShares();
    private final Buckets own = new Buckets(true);
    private final BucketShares ofOwn = new BucketShares();

    public Quota(Shared tenant) {
        this.tenant = tenant;
    }

    /** The edge's own rates, from now on. */
    public void use(Map<Limit, Rate> rates, long now) {
        synchronized (tenant) {
            own.use(rates, now);
        }
    }

    /** The edge's weight against the tenant's other edges, from now on; {@value BucketShare#USUAL_WEIGHT} before. */
    public void weigh(int weight) {
        if (weight < 1) {
            throw new IllegalArgumentException("a weight is not smaller than 1, not " + weight);
        }
        synchronized (tenant) {
            tenant.buckets.reweigh(ofTenant, weight);
        }
    }

    /** Of the edge's own rate. */
    public double usedRatio(Limit rate, long now) {
        synchronized (tenant) {
            return own.usedRatio(rate, now);
        }
    }

    /** Whether any rate is set; if not, no lock is needed. */
    boolean limits() {
        return tenant.buckets.any() || own.any();
    }

    /** Held over everything below. */
    Object lock() {
        return tenant;
    }

    /** Whether both have the tokens; for {@link Spending#UNKNOWN} whether both have any. */
    boolean has(Limit rate, long asked, long now) {
        return tenant.buckets.has(rate, ofTenant, asked, now) && own.has(rate, ofOwn, asked, now);
    }

    /** Only after {@link #has}. Where it was taken from, for {@link #giveBack}. */
    int take(Limit rate, long tokens) {
        return (tenant.buckets.take(rate, ofTenant, tokens) ? TENANT : 0) | (own.take(rate, ofOwn, tokens) ? EDGE : 0);
    }

    /** Takes tokens whether they are there or not. */
    void charge(Limit rate, long tokens, long now) {
        tenant.buckets.charge(rate, ofTenant, tokens, now);
        own.charge(rate, ofOwn, tokens, now);
    }

    void giveBack(int from, Limit rate, long tokens, long now) {
        if ((from & TENANT) != 0) {
            tenant.buckets.giveBack(rate, ofTenant, tokens, now);
        }
        if ((from & EDGE) != 0) {
            own.giveBack(rate, ofOwn, tokens, now);
        }
    }

    /**
     * Refuses the write at each bucket that has too little, and returns the one with the longest wait, or null. A bucket that
     * can never have as much is the only one: no wait helps.
     */
    @Nullable
    RateExceeded exceeded(Limit rate, long asked, long now) {
        if (!tenant.buckets.couldEverHave(rate, asked)) {
            return tenant.buckets.exceeded(rate, ofTenant, asked, now);
        }
        RateExceeded ofEdge = own.exceeded(rate, ofOwn, asked, now);
        return ofEdge != null && ofEdge.forever()
                ? ofEdge
                : RateExceeded.longer(ofEdge, tenant.buckets.exceeded(rate, ofTenant, asked, now));
    }
}
