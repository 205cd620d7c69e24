package io.ringgate.auth.oauth2;

import io.ringgate.edge.Network;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who may ask the provider now: a number of questions at a time, a quarter of them for one source, and few for a source whose
 * tokens were bad lately. A source may be a whole site behind one address, so it is held back and never shut out. Any thread.
 */
final class Seats {

    /** Bad tokens of a source at once, and how long until it may show one more. */
    static final int BAD_AT_ONCE = 50;

    static final long ONE_MORE_NANOS = 200_000_000L;
    static final int MOST_SOURCES = 5_000;

    private static final long FULL_AGAIN_NANOS = BAD_AT_ONCE * ONE_MORE_NANOS;

    /** Whether there is one, and if not, why. */
    enum Found {
        FREE,
        ALL_TAKEN,
        HELD_BACK
    }

    private static final class Bad {
        private double left = BAD_AT_ONCE;
        private long at;

        Bad(long at) {
            this.at = at;
        }

        double left(long nowNanos) {
            left = Math.min(BAD_AT_ONCE, left + (double) (nowNanos - at) / ONE_MORE_NANOS);
            at = nowNanos;
            return left;
        }
    }

    private final int most;
    private final int mostOfOne;
    private final LongSupplier nanoTime;
    private final Map<Network, Integer> taken = new HashMap<>();
    private final Map<Network, Bad> bad = new LinkedHashMap<>(16, 0.75f, true);
    private int all;

    Seats(int most, LongSupplier nanoTime) {
        this.most = most;
        this.mostOfOne = Math.max(1, most / 4);
        this.nanoTime = nanoTime;
    }

    /** One that is found free is given back. */
    synchronized Found take(Network source) {
        Bad before = bad.get(source);
        int mine = taken.getOrDefault(source, 0);
        if (before != null && before.left(nanoTime.getAsLong()) < mine + 1) {
            return Found.HELD_BACK;
        }
        if (all == most || mine == mostOfOne) {
            return Found.ALL_TAKEN;
        }
        all++;
        taken.put(source, mine + 1);
        return Found.FREE;
    }

    /** @param wasBad that the token proved nobody */
    synchronized void giveBack(Network source, boolean wasBad) {
        all--;
        taken.computeIfPresent(source, (key, mine) -> mine == 1 ? null : mine - 1);
        if (wasBad) {
            long now = nanoTime.getAsLong();
            forget(now);
            Bad mine = bad.computeIfAbsent(source, key -> new Bad(now));
            mine.left(now);
            mine.left--;
        }
    }

    private void forget(long nowNanos) {
        Iterator<Bad> oldest = bad.values().iterator();
        while (oldest.hasNext()) {
            if (nowNanos - oldest.next().at < FULL_AGAIN_NANOS && bad.size() < MOST_SOURCES) {
                return;
            }
            oldest.remove();
        }
    }
}
