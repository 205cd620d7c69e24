package io.ringgate.limits;

/** A plain token bucket: full at first, and never in debt. Guarded by its owner's lock. */
public final class TokenBucket {

    private final double burst;
    private final double nanosPerToken;
    private double tokens;
    private long updatedNanos;

    /**
     * A full one.
     *
     * @param burst the most tokens that it holds
     * @param nanosPerToken until there is one more
     */
    public TokenBucket(double burst, double nanosPerToken, long nowNanos) {
        this.burst = burst;
        this.nanosPerToken = nanosPerToken;
        this.tokens = burst;
        this.updatedNanos = nowNanos;
    }

    public boolean has(double cost, long nowNanos) {
        refill(nowNanos);
        return tokens >= cost;
    }

    /** Only after {@link #has}. */
    public void take(double cost) {
        tokens -= cost;
    }

    void giveBack() {
        tokens = Math.min(burst, tokens + 1);
    }

    boolean isFull(long nowNanos) {
        return has(burst, nowNanos);
    }

    /** A clock that goes back adds nothing. */
    private void refill(long nowNanos) {
        tokens = Math.min(burst, tokens + Math.max(0, nowNanos - updatedNanos) / nanosPerToken);
        updatedNanos = nowNanos;
    }
}
