package io.ringgate.observe;

/**
 * How long an event loop did not get to its timer: while it does not, no connection of it is served. The longest of the last
 * half minute to minute is kept, and a stall that goes on counts. Ticks come on the loop, anybody may ask.
 */
public final class LoopLag {

    public static final long PERIOD_MILLIS = 100;

    private static final long PERIOD_NANOS = PERIOD_MILLIS * 1_000_000;
    private static final long WINDOW_NANOS = 30_000_000_000L;
    private static final double SECOND = 1e9;

    private volatile long last;
    private volatile long longest;
    private volatile long longestBefore;
    private long windowSince;

    public LoopLag(long nowNanos) {
        last = nowNanos;
        windowSince = nowNanos;
    }

    /** The timer is there. On the loop. */
    public void tick(long nowNanos) {
        if (nowNanos - windowSince >= WINDOW_NANOS) {
            longestBefore = longest;
            longest = 0;
            windowSince = nowNanos;
        }
        longest = Math.max(longest, late(nowNanos));
        last = nowNanos;
    }

    private long late(long nowNanos) {
        return Math.max(0, nowNanos - last - PERIOD_NANOS);
    }

    /** Any thread. */
    public double longestSeconds(long nowNanos) {
        return Math.max(late(nowNanos), Math.max(longest, longestBefore)) / SECOND;
    }
}
