package io.ringgate.verification;

import io.ringgate.edge.Network;
import io.ringgate.limits.TokenBucket;
import io.ringgate.limits.TokenBuckets;

/**
 * How often a source may fail under a name: so many times at once, and once more after each pause. Never by the name alone, or
 * anybody could lock its owner out. An attempt is taken when it begins and given back unless it fails, so what is under way is
 * bounded too. The table is bounded as well: whoever tries thousands of names in between may try one again sooner.
 */
final class AttemptLimiter {

    static final int MAX_ENTRIES = 5_000;

    private final TokenBuckets<Key> attempts;

    private record Key(Network source, String claimed) {}

    /**
     * With nothing taken.
     *
     * @param burst attempts at once
     * @param refillNanos until there is one more
     */
    AttemptLimiter(int burst, long refillNanos) {
        this.attempts = new TokenBuckets<>(burst, refillNanos, MAX_ENTRIES);
    }

    /** False when none is left. */
    boolean tryTake(Network source, String claimed, long nowNanos) {
        TokenBucket bucket = attempts.of(new Key(source, claimed), nowNanos);
        boolean left = bucket.has(1, nowNanos);
        if (left) {
            bucket.take(1);
        }
        return left;
    }

    void giveBack(Network source, String claimed) {
        attempts.giveBack(new Key(source, claimed));
    }

    int size() {
        return attempts.size();
    }
}
