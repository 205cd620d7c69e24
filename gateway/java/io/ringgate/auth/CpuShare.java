package io.ringgate.auth;

/**
 * An account of processor time: it fills by a share of the time that passes and each proof is paid from it afterwards, so it
 * may be overdrawn, and then nothing begins until it is paid. What it saves is bounded: enough for agents that all come back
 * at once, too little for a flood. Whoever owns it guards it.
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

    void use(int percent, long nowNanos) {
        fill(nowNanos);
        share = percent / 100.0;
    }

    void spent(long cpuNanos) {
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
