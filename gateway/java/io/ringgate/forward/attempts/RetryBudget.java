package io.ringgate.forward.attempts;

/**
 * How many retries there may be: a fifth of the writes of the last 10 s, and three a second whatever the writes were. So
 * retries cannot multiply the load of receivers that fail because of it, and a quiet gateway may retry all the same.
 *
 * <p>Time is cut into slots of half a second. Writes are counted over the newest 20 slots, which are 10 s at most, and
 * retries over one slot more, which are 10 s at least: the share holds for every stretch of 10 s, not only on average.
 *
 * <p>Writes that wait for a tenant's database take at most half of it, and two of the three: a new tenant must not use up
 * what saves the writes of others. Any thread; the lock is held for a few additions.
 */
final class RetryBudget {

    static final int ALWAYS = 3;
    static final int WAITS_ALWAYS = 2;
    static final int ONE_IN = 5;

    private static final long SECOND = 1_000_000_000L;
    private static final long SLOT = SECOND / 2;
    private static final int WRITE_SLOTS = 20;
    private static final int SLOTS = WRITE_SLOTS + 1;

    private final long origin;
    private final long[] writes = new long[SLOTS];
    private final long[] retries = new long[SLOTS];
    private long newest;
    private long recentWrites;
    private long recentRetries;
    private final LastGrants granted = new LastGrants(ALWAYS);
    private final long[] waits = new long[SLOTS];
    private long recentWaits;
    private final LastGrants waited = new LastGrants(WAITS_ALWAYS);

    RetryBudget(long nowNanos) {
        this.origin = nowNanos;
    }

    synchronized void countWrite(long now) {
        advance(now);
        writes[place(newest)]++;
        recentWrites++;
    }

    /** True when a retry may be made, which is then counted. */
    synchronized boolean grant(long now) {
        advance(now);
        if (!granted.isFree(now) && (recentRetries + 1) * ONE_IN > recentWrites) {
            return false;
        }
        granted.add(now);
        retries[place(newest)]++;
        recentRetries++;
        return true;
    }

    /** True when a write may wait and be sent again, which is then counted as a retry. */
    synchronized boolean grantWait(long now) {
        advance(now);
        boolean half = (recentWaits + 1) * 2 * ONE_IN <= recentWrites;
        if ((!waited.isFree(now) && !half) || !grant(now)) {
            return false;
        }
        waited.add(now);
        waits[place(newest)]++;
        recentWaits++;
        return true;
    }

    /** Clocks of two threads may be read in the other order than they come here: time never goes back. */
    private void advance(long now) {
        long slot = Math.floorDiv(now - origin, SLOT);
        long steps = Math.min(slot - newest, SLOTS);
        for (long step = 0; step < steps; step++) {
            newest++;
            int leaves = place(newest - WRITE_SLOTS);
            recentWrites -= writes[leaves];
            writes[leaves] = 0;
            recentRetries -= retries[place(newest)];
            retries[place(newest)] = 0;
            recentWaits -= waits[place(newest)];
            waits[place(newest)] = 0;
        }
        newest = Math.max(newest, slot);
    }

    private static int place(long slot) {
        return Math.floorMod(slot, SLOTS);
    }

    /** When the last few grants were. */
    private static final class LastGrants {
        private final long[] at;
        private long grants;

        LastGrants(int most) {
            this.at = new long[most];
        }

        boolean isFree(long now) {
            return grants < at.length || now - at[place()] >= SECOND;
        }

        void add(long now) {
            at[place()] = now;
            grants++;
        }

        private int place() {
            return (int) (grants % at.length);
        }
    }
}
