package io.ringgate.forward;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One receiver as all event loops see it: where it is, how many bytes wait for its answer, whether the last connection
 * to it failed. Any thread.
 *
 * <p>A receiver that cannot be reached is given no writes while there is a better one. So that it comes back, one loop
 * at a time tries a bare connection once a second; no write pays for that.
 */
public final class Receiver {

    private static final long PROBE_EVERY_NANOS = 1_000_000_000L;

    private final ReceiverAddress peer;
    private final InetSocketAddress address;
    private final ReceiverMeters meters;
    private final AtomicLong outstanding = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong probeAt = new AtomicLong();
    private volatile boolean refused;
    private volatile boolean retired;

    Receiver(ReceiverAddress peer, InetSocketAddress address, ReceiverMeters meters) {
        this.peer = peer;
        this.address = address;
        this.meters = meters;
    }

    /** The address as metrics show it. */
    public String label() {
        return meters.label();
    }

    /** Bytes of writes that were given to it and are not answered. */
    public long outstandingBytes() {
        return outstanding.get();
    }

    /** Connections of all event loops, idle ones included. */
    public int openConnections() {
        return connections.get();
    }

    /** True when the last connection to it was refused, not made in time or failed in its TLS handshake. */
    public boolean lastRefused() {
        return refused;
    }

    /** What the operator named: it stands in the Host header and must stand in its certificate. */
    ReceiverAddress peer() {
        return peer;
    }

    InetSocketAddress address() {
        return address;
    }

    ReceiverMeters meters() {
        return meters;
    }

    void begin(long bytes) {
        outstanding.addAndGet(bytes);
    }

    void end(long bytes) {
        outstanding.addAndGet(-bytes);
    }

    void connectionOpened() {
        connections.incrementAndGet();
    }

    void connectionClosed() {
        connections.decrementAndGet();
    }

    void reached() {
        if (refused) {
            refused = false;
        }
    }

    void unreached(long nowNanos) {
        meters.connectionFailed();
        probeAt.set(nowNanos + PROBE_EVERY_NANOS);
        refused = true;
    }

    /** True for one caller a second, and only while the mark of a failed connection stands. */
    boolean takeProbe(long nowNanos) {
        if (!refused) {
            return false;
        }
        long at = probeAt.get();
        return nowNanos - at >= 0 && probeAt.compareAndSet(at, nowNanos + PROBE_EVERY_NANOS);
    }

    /** It is not in the list any more: what still runs may end, nothing is kept. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    @Override
    public String toString() {
        return label();
    }
}
