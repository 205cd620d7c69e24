package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import io.ringgate.limits.TokenBucket;
import io.ringgate.limits.TokenBuckets;

/**
 * The rate of TLS handshakes that clients may begin. One costs us a millisecond or two and the client next to nothing. So each
 * source has a token bucket, and all unknown sources share another. A source is known once an edge has authenticated from it: an
 * agent that restarts opens 50 connections for each remote and replica at once, far less than a bucket holds, and its source is
 * known after the first of them.
 *
 * <p>At most {@link #MOST} sources have a bucket; what more sources gain by that is bounded by the shared bucket. Any thread.
 */
final class HandshakeRate {

    static final int BURST = 500;
    static final int PER_SECOND = 20;

    /** A known source may begin so many times as many, and they count for its own bucket only. */
    static final int KNOWN = 10;

    /** All unknown sources together, for each processor: at two milliseconds each, half of its time. */
    static final int BURST_OF_ALL = 2_000;

    static final int PER_SECOND_OF_ALL = 250;

    static final int MOST = 10_000;

    private static final double SECOND = 1e9;

    private final TokenBucket all;
    private final TokenBuckets<Network> bySource = new TokenBuckets<>(BURST, SECOND / PER_SECOND, MOST);

    HandshakeRate(int processors, long nowNanos) {
        this.all = new TokenBucket(
                (double) BURST_OF_ALL * processors, SECOND / ((double) PER_SECOND_OF_ALL * processors), nowNanos);
    }

    /**
     * True when a handshake may begin; it is counted then.
     *
     * @param known whether an edge has authenticated from there lately
     */
    synchronized boolean admits(Network source, boolean known, long nowNanos) {
        TokenBucket own = bySource.of(source, nowNanos);
        double cost = known ? 1.0 / KNOWN : 1;
        if (!own.has(cost, nowNanos) || (!known && !all.has(1, nowNanos))) {
            return false;
        }
        own.take(cost);
        if (!known) {
            all.take(1);
        }
        return true;
    }

    synchronized int sources() {
        return bySource.size();
    }
}
