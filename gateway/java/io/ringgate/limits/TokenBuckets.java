package io.ringgate.limits;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link TokenBucket} for each key that clients choose, such as a source. The table is bounded: a bucket that is full again
 * is removed, since a new one is the same, and when there are too many so is the one that was used longest ago. Guarded by its
 * owner's lock.
 */
public final class TokenBuckets<K> {

    private final double burst;
    private final double nanosPerToken;
    private final int maxKeys;

    /** The one that was used longest ago comes first. */
    private final Map<K, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Without any key.
     *
     * @param burst the most tokens that a bucket holds
     * @param nanosPerToken until a bucket has one more
     */
    public TokenBuckets(double burst, double nanosPerToken, int maxKeys) {
        this.burst = burst;
        this.nanosPerToken = nanosPerToken;
        this.maxKeys = maxKeys;
    }

    /** The bucket of this key, to be used at once and not kept. */
    public TokenBucket of(K key, long nowNanos) {
        removeFull(nowNanos);
        TokenBucket bucket = buckets.computeIfAbsent(key, absent -> new TokenBucket(burst, nanosPerToken, nowNanos));
        while (buckets.size() > maxKeys) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket;
    }

    public void giveBack(K key) {
        TokenBucket bucket = buckets.get(key);
        if (bucket != null) {
            bucket.giveBack();
        }
    }

    private void removeFull(long nowNanos) {
        Iterator<TokenBucket> oldest = buckets.values().iterator();
        while (oldest.hasNext() && oldest.next().isFull(nowNanos)) {
            oldest.remove();
        }
    }

    public int size() {
        return buckets.size();
    }
}
