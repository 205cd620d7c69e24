package io.ringgate.forward.health;

import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverClock;
import io.ringgate.metrics.Metrics;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * By how much our wall clock is ahead of the receivers', of whom the median counts: one whose clock is wrong changes
 * nothing while others tell the time. Nothing is known where no receiver's answer has a {@code Date}.
 *
 * <p>Any thread. Asked when the page is read, and for a write with series that are too old or too new.
 */
public final class ClockSkew {

    /** With more than this between them, one of the clocks is wrong. Time synchronisation keeps far below it. */
    private static final double MOST_SECONDS = 30;

    private static final double MILLIS = 1e3;

    private final Supplier<List<Receiver>> receivers;
    private final LongSupplier nanoClock;
    private final LongSupplier wallClock;

    /**
     * @param receivers all that are in use now
     * @param nanoClock on the scale of {@link System#nanoTime}
     * @param wallClock on the scale of {@link System#currentTimeMillis}
     */
    public ClockSkew(
            Supplier<List<Receiver>> receivers, LongSupplier nanoClock, LongSupplier wallClock, Metrics metrics) {
        this.receivers = receivers;
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        metrics.gauge("ringgate_clock_skew_seconds", this::seconds);
    }

    /** Positive when our clock is ahead; NaN when nothing is known. */
    public double seconds() {
        long nanos = nanoClock.getAsLong();
        long[] theirs = clocks(nanos, ReceiverClock.STALE_NANOS);
        if (theirs.length == 0) {
            theirs = clocks(nanos, ReceiverClock.FORGOTTEN_NANOS);
        }
        if (theirs.length == 0) {
            return Double.NaN;
        }
        long ours = wallClock.getAsLong();
        // Twice the middle one of an odd number, both middle ones of an even number.
        long twice = (ours - theirs[(theirs.length - 1) / 2]) + (ours - theirs[theirs.length / 2]);
        return twice / (2 * MILLIS);
    }

    private long[] clocks(long nanos, long youngerThan) {
        return receivers.get().stream()
                .mapToLong(receiver -> receiver.clock().millis(nanos, youngerThan))
                .filter(millis -> millis != ReceiverClock.UNKNOWN)
                .sorted()
                .toArray();
    }

    /** By how much our clock is ahead while it is no judge of samples' times; zero while it is one. */
    public long doubtMillis() {
        double seconds = seconds();
        return Math.abs(seconds) > MOST_SECONDS ? (long) (seconds * MILLIS) : 0;
    }
}
