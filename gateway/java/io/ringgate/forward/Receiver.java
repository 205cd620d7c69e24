package io.ringgate.forward;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One receiver as all event loops see it: where it is, how many bytes wait for its answer, how healthy it is. Any thread.
 */
public final class Receiver {

    private final ReceiverAddress peer;
    private final InetSocketAddress address;
    private final ReceiverMeters meters;
    private final ReceiverHealth health = new ReceiverHealth();
    private final UnrecognisedRefusals unrecognised = new UnrecognisedRefusals();
    private final ReceiverClock clock = new ReceiverClock();
    private final AtomicLong outstanding = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean retired;
    private volatile Suitability suitability = Suitability.NOT_ASKED;
    private Suitability.Fit told = Suitability.Fit.UNKNOWN;

    public Receiver(ReceiverAddress peer, InetSocketAddress address, ReceiverMeters meters) {
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

    /** How it is, at a time on the scale of {@link System#nanoTime}. */
    public HealthSnapshot healthSnapshot(long nowNanos) {
        return health.snapshot(nowNanos);
    }

    /** Whether it is set up as configured, by its own page. */
    public Suitability suitability() {
        return suitability;
    }

    /**
     * Takes what was found, from one thread at a time. True when it is news for the log. Another ring file is none at first
     * sight, since a new one comes to receivers later than here; one that cannot be asked is none either.
     */
    public boolean judged(Suitability found) {
        Suitability before = suitability;
        suitability = found;
        Suitability.Fit fit = found.fit();
        if (fit == Suitability.Fit.UNKNOWN || (fit == Suitability.Fit.OTHER_RING && before.fit() != fit)) {
            return false;
        }
        boolean news = fit != told && (told != Suitability.Fit.UNKNOWN || fit.isProblem());
        told = fit;
        return news;
    }

    /** The name that the operator configured: it is sent as Host and must be in its certificate. */
    public ReceiverAddress peer() {
        return peer;
    }

    public InetSocketAddress address() {
        return address;
    }

    public ReceiverMeters meters() {
        return meters;
    }

    public ReceiverHealth health() {
        return health;
    }

    public UnrecognisedRefusals unrecognised() {
        return unrecognised;
    }

    public ReceiverClock clock() {
        return clock;
    }

    /** So many more bytes may wait for it. One write always may: none is larger than every receiver's share. */
    public boolean hasRoom(long bytes, long share) {
        long waiting = outstanding.get();
        return waiting == 0 || waiting + bytes <= share;
    }

    /** Takes room for a write unless there is none; {@link #end} gives it back. */
    public boolean begin(long bytes, long share) {
        while (true) {
            long waiting = outstanding.get();
            if (waiting != 0 && waiting + bytes > share) {
                return false;
            }
            if (outstanding.compareAndSet(waiting, waiting + bytes)) {
                return true;
            }
        }
    }

    public void end(long bytes) {
        outstanding.addAndGet(-bytes);
    }

    public void connectionOpened() {
        connections.incrementAndGet();
    }

    public void connectionClosed() {
        connections.decrementAndGet();
    }

    /** It is not in the list any more: what still runs may end, nothing is kept. */
    public void retire() {
        retired = true;
    }

    public boolean isRetired() {
        return retired;
    }

    @Override
    public String toString() {
        return label();
    }
}
