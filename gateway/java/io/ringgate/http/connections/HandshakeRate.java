package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

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

    private static final class Bucket {
        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }

        double fill(double perSecond, double burst, long now) {
            tokens = Math.min(burst, tokens + Math.max(0, now - at) / SECOND * perSecond);
            at = now;
            return tokens;
        }
    }

    private final int processors;
    private final Bucket all;

    /** The one that asked longest ago comes first. */
    private final Map<Network, Bucket> bySource = new LinkedHashMap<>(16, 0.75f, true);

    HandshakeRate(int processors, long nowNanos) {
        this.processors = processors;
        this.all = new Bucket((double) BURST_OF_ALL * processors, nowNanos);
    }

    /**
     * True when a handshake may begin; it is counted then.
     *
     * @param known whether an edge has authenticated from there lately
     */
    synchronized boolean admits(Network source, boolean known, long nowNanos) {
        Bucket own = bySource.computeIfAbsent(source, fresh -> new Bucket(BURST, nowNanos));
        double cost = known ? 1.0 / KNOWN : 1;
        boolean admitted = own.fill(PER_SECOND, BURST, nowNanos) >= cost && (known || admitsOneMore(nowNanos));
        if (admitted) {
            own.tokens -= cost;
        }
        forget(nowNanos);
        return admitted;
    }

    private boolean admitsOneMore(long nowNanos) {
        boolean admitted =
                all.fill((double) PER_SECOND_OF_ALL * processors, (double) BURST_OF_ALL * processors, nowNanos) >= 1;
        if (admitted) {
            all.tokens--;
        }
        return admitted;
    }

    private void forget(long nowNanos) {
        Iterator<Bucket> oldest = bySource.values().iterator();
        while (bySource.size() > 1 && oldest.hasNext()) {
            Bucket next = oldest.next();
            if (bySource.size() <= MOST && next.fill(PER_SECOND, BURST, nowNanos) < BURST) {
                return;
            }
            oldest.remove();
        }
    }

    synchronized int sources() {
        return bySource.size();
    }
}
