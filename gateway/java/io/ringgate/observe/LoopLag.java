package io.ringgate.observe;

/**
 * How long an event loop was late for its timer: meanwhile it serves no connection. Keeps the longest delay of the last
 * 30 to 60 seconds, the present stall included. Ticks come on the loop; any thread may ask.
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
