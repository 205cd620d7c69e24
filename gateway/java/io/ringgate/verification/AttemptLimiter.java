package io.ringgate.verification;

import io.ringgate.edge.Network;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a source may fail under a name: so many times at once, and once more after each pause. Never by the name alone, or
 * anybody could lock its owner out. An attempt is taken when it begins and given back unless it fails, so what is under way is
 * bounded too. The table is bounded as well: whoever tries thousands of names in between may try one again sooner.
 */
final class AttemptLimiter {

    static final int MAX_ENTRIES = 5_000;

    private final int burst;
    private final long refillNanos;

    /** The one that was used longest ago comes first. */
    private final Map<Key, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(Network source, String claimed) {}

    /**
     * With nothing taken.
     *
     * @param burst attempts at once
     * @param refillNanos until there is one more
     */
    AttemptLimiter(int burst, long refillNanos) {
        this.burst = burst;
        this.refillNanos = refillNanos;
    }

    private final class Bucket {

        private double attempts = burst;
        private long at;

        Bucket(long at) {
            this.at = at;
        }

        void fill(long nowNanos) {
            attempts = Math.min(burst, attempts + (double) (nowNanos - at) / refillNanos);
            at = nowNanos;
        }
    }

    /** False when none is left. */
    boolean tryTake(Network source, String claimed, long nowNanos) {
        removeFull(nowNanos);
        Bucket bucket = buckets.computeIfAbsent(new Key(source, claimed), key -> new Bucket(nowNanos));
        bucket.fill(nowNanos);
        if (bucket.attempts < 1) {
            return false;
        }
        bucket.attempts--;
        return true;
    }

    void giveBack(Network source, String claimed) {
        Bucket bucket = buckets.get(new Key(source, claimed));
        if (bucket != null) {
            bucket.attempts = Math.min(burst, bucket.attempts + 1);
        }
    }

    private void removeFull(long nowNanos) {
        Iterator<Bucket> oldest = buckets.values().iterator();
        while (oldest.hasNext()) {
            if (nowNanos - oldest.next().at < burst * refillNanos && buckets.size() < MAX_ENTRIES) {
                return;
            }
            oldest.remove();
        }
    }

    int size() {
        return buckets.size();
    }
}
