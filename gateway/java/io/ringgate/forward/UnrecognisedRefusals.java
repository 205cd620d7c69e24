package io.ringgate.forward;

/**
 * How long one receiver has refused writes with unknown messages. Such a refusal may come from a proxy or from a wrong
 * setup, so senders repeat the write; but it may be about the write, which must not block its sender for ever. It is
 * passed on after {@code receivers.doubt}; a receiver that stores something starts that time again.
 *
 * <p>Any thread. A stored write costs two volatile reads.
 */
public final class UnrecognisedRefusals {

    static final long VOUCHED_NANOS = 30_000_000_000L;

    /** A sender that waits so long before it repeats a write is not expected; longer than any configured doubt. */
    static final long FORGOTTEN_NANOS = 2 * 3_600_000_000_000L;

    private static final long SECOND = 1_000_000_000L;

    private volatile boolean hasStored;
    private volatile long storedAt;
    private volatile boolean open;
    private long since;
    private long last;

    /** The receiver stored a write. */
    public void stored(long now) {
        if (!hasStored || now - storedAt >= SECOND) {
            storedAt = now;
            hasStored = true;
        }
        if (open) {
            end();
        }
    }

    private synchronized void end() {
        open = false;
    }

    /** The receiver works, since it stored something a short time ago: its refusal is of the write. */
    public boolean hasStoredLately(long now) {
        return hasStored && now - storedAt < VOUCHED_NANOS;
    }

    /** The receiver refused in unknown words. True when it has done so for at least that long. */
    public synchronized boolean lasts(long nanos, long now) {
        if (!open || now - last >= FORGOTTEN_NANOS) {
            open = true;
            since = now;
        }
        last = now;
        return now - since >= nanos;
    }
}
