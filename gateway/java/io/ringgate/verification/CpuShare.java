package io.ringgate.verification;

/**
 * A budget of processor time. It fills by a share of the time that passes; each check is paid from it afterwards, so it may be
 * overdrawn, and then nothing begins until it is paid. What it saves is bounded: enough for agents that all come back at once,
 * too little for a flood. Its owner guards it.
 */
final class CpuShare {

    /** The most that is saved. */
    static final long BURST_NANOS = 1_000_000_000L;

    private double share;
    private double saved = BURST_NANOS;
    private long at;

    /** @param percent of one core */
    CpuShare(int percent, long nowNanos) {
        this.share = percent / 100.0;
        this.at = nowNanos;
    }

    void resize(int percent, long nowNanos) {
        fill(nowNanos);
        share = percent / 100.0;
    }

    void spend(long cpuNanos) {
        saved -= cpuNanos;
    }

    /** How long nothing may begin; 0 when something may now. */
    long pause(long nowNanos) {
        fill(nowNanos);
        return saved > 0 ? 0 : 1 + (long) Math.ceil(-saved / share);
    }

    private void fill(long nowNanos) {
        saved = Math.min(BURST_NANOS, saved + (nowNanos - at) * share);
        at = nowNanos;
    }
}
