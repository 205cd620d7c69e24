package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import io.ringgate.limits.TokenBucket;
import io.ringgate.limits.TokenBuckets;

/**
 * How many TLS handshakes clients may begin. One costs us a millisecond or two and them next to nothing, so each source has
 * a token bucket, and all strangers together have another. A source is a stranger until an edge authenticates from it: an
 * agent that restarts opens 50 connections for each remote and replica at once, far less than a bucket holds, and is known
 * after the first of them.
 *
 * <p>Sources whose bucket is full again are forgotten, and of more than {@link #MOST} the one that asked longest ago is: what
 * such a crowd gains is bounded by the common bucket. Any thread.
 */
final class HandshakeRate {

    static final int BURST = 500;
    static final int PER_SECOND = 20;

    /** A known source begins so many times as many, and they count for itself alone. */
    static final int KNOWN = 10;

    /** All strangers together, for each processor: at two milliseconds apiece, half of it. */
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
