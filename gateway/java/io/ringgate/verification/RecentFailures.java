package io.ringgate.verification;

/** How often something failed in the last five to ten minutes. */
final class RecentFailures {

    private static final long PERIOD_NANOS = 300_000_000_000L;

    private long period;
    private int inThis;
    private int inLast;

    void add(long nowNanos) {
        advance(nowNanos);
        inThis++;
    }

    int count(long nowNanos) {
        advance(nowNanos);
        return inThis + inLast;
    }

    private void advance(long nowNanos) {
        long now = Math.floorDiv(nowNanos, PERIOD_NANOS);
        if (now != period) {
            inLast = now == period + 1 ? inThis : 0;
            inThis = 0;
            period = now;
        }
    }
}
