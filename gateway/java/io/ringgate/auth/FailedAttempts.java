package io.ringgate.auth;

import io.ringgate.edge.Network;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a source may try a name in vain: ten times at once, and once more each ten seconds. Never by the name alone, or
 * anybody could keep its owner out. An attempt is taken when it begins and given back when it did not fail, so what is under
 * way is bounded too. The table is: whoever tries thousands of names in between may try one again sooner.
 */
final class FailedAttempts {

    static final int AT_ONCE = 10;
    static final long ONE_MORE_NANOS = 10_000_000_000L;
    static final int MOST = 5_000;

    private static final long FULL_AGAIN_NANOS = AT_ONCE * ONE_MORE_NANOS;

    private record Key(Network source, String claimed) {}

    private static final class Left {
        private double attempts = AT_ONCE;
        private long at;

        Left(long at) {
            this.at = at;
        }

        void fill(long nowNanos) {
            attempts = Math.min(AT_ONCE, attempts + (double) (nowNanos - at) / ONE_MORE_NANOS);
            at = nowNanos;
        }
    }

    /** The one that was used longest ago comes first. */
    private final Map<Key, Left> table = new LinkedHashMap<>(16, 0.75f, true);

    /** False when none is left. */
    boolean take(Network source, String claimed, long nowNanos) {
        forget(nowNanos);
        Left left = table.computeIfAbsent(new Key(source, claimed), key -> new Left(nowNanos));
        left.fill(nowNanos);
        if (left.attempts < 1) {
            return false;
        }
        left.attempts--;
        return true;
    }

    void giveBack(Network source, String claimed) {
        Left left = table.get(new Key(source, claimed));
        if (left != null) {
            left.attempts = Math.min(AT_ONCE, left.attempts + 1);
        }
    }

    private void forget(long nowNanos) {
        Iterator<Left> oldest = table.values().iterator();
        while (oldest.hasNext()) {
            if (nowNanos - oldest.next().at < FULL_AGAIN_NANOS && table.size() < MOST) {
                return;
            }
            oldest.remove();
        }
    }

    int size() {
        return table.size();
    }
}
