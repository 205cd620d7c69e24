package io.ringgate.limits;

import io.ringgate.reject.Limit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The buckets of a tenant or of an edge: one for each rate that was ever set. Guarded by the lock of the tenant. */
final class Buckets {

    private final boolean ofEdge;
    private @Nullable Bucket requests;
    private @Nullable Bucket samples;
    private @Nullable Bucket bytes;

    /** Whether any rate is set. Read without the lock. */
    private volatile boolean any;

    Buckets(boolean ofEdge) {
        this.ofEdge = ofEdge;
    }

    void use(Map<Limit, Rate> rates, long now) {
        for (Limit limit : rates.keySet()) {
            if (limit.scale() != Limit.Scale.RATE) {
                throw new IllegalArgumentException(limit.key() + " is not a rate");
            }
        }
        requests = changed(requests, rates.get(Limit.REQUESTS_PER_SECOND), now);
        samples = changed(samples, rates.get(Limit.SAMPLES_PER_SECOND), now);
        bytes = changed(bytes, rates.get(Limit.BYTES_PER_SECOND), now);
        any = !rates.isEmpty();
    }

    private static @Nullable Bucket changed(@Nullable Bucket bucket, @Nullable Rate rate, long now) {
        if (bucket == null) {
            return rate == null ? null : new Bucket(rate, now);
        }
        if (rate == null) {
            bucket.lift();
        } else {
            bucket.use(rate, now);
        }
        return bucket;
    }

    boolean any() {
        return any;
    }

    double usedRatio(Limit rate, long now) {
        Bucket bucket = of(rate);
        return bucket == null ? 0 : bucket.usedRatio(now);
    }

    /** For {@link Spending#UNKNOWN} one token is enough for now. */
    boolean has(Limit rate, BucketShares shares, long asked, long now) {
        Bucket bucket = of(rate);
        if (bucket == null || asked == 0) {
            return true;
        }
        BucketShare share = shares.of(rate);
        return asked < 0 ? bucket.hasAny(share, now) : bucket.has(share, asked, now);
    }

    boolean couldEverHave(Limit rate, long asked) {
        Bucket bucket = of(rate);
        return bucket == null || bucket.couldEverHave(asked);
    }

    /** Whether anything was taken, and so may come back. */
    boolean take(Limit rate, BucketShares shares, long tokens) {
        Bucket bucket = of(rate);
        if (bucket == null || tokens <= 0) {
            return false;
        }
        bucket.take(shares.of(rate), tokens);
        return true;
    }

    void charge(Limit rate, BucketShares shares, long tokens, long now) {
        Bucket bucket = of(rate);
        if (bucket != null) {
            bucket.charge(shares.of(rate), tokens, now);
        }
    }

    /** To the bucket that it was taken from, even if its rate was lifted since. */
    void giveBack(Limit rate, BucketShares shares, long tokens, long now) {
        Bucket bucket = everSet(rate);
        if (bucket != null) {
            bucket.giveBack(shares.of(rate), tokens, now);
        }
    }

    /** Null when there is enough here. */
    @Nullable
    RateExceeded exceeded(Limit rate, BucketShares shares, long asked, long now) {
        Bucket bucket = of(rate);
        return bucket == null || has(rate, shares, asked, now)
                ? null
                : bucket.refuse(rate, ofEdge, shares.of(rate), Math.max(asked, 1), now);
    }

    /** The edge's weight against the others that share these buckets. */
    void reweigh(BucketShares shares, int weight) {
        for (Limit limit : Limit.values()) {
            if (limit.scale() == Limit.Scale.RATE) {
                reweigh(everSet(limit), shares.of(limit), weight);
            }
        }
    }

    private static void reweigh(@Nullable Bucket bucket, BucketShare share, int weight) {
        if (bucket == null) {
            share.weight(weight);
        } else {
            bucket.reweigh(share, weight);
        }
    }

    private @Nullable Bucket of(Limit rate) {
        Bucket bucket = everSet(rate);
        return bucket == null || !bucket.isSet() ? null : bucket;
    }

    private @Nullable Bucket everSet(Limit rate) {
        return switch (rate) {
            case REQUESTS_PER_SECOND -> requests;
            case SAMPLES_PER_SECOND -> samples;
            case BYTES_PER_SECOND -> bytes;
            default -> throw new IllegalArgumentException(rate.key() + " is not a rate");
        };
    }
}
