package io.ringgate.pipeline;

import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When one configured edge last had data stored, how it was last refused, and how its writes waited. It begins when the edge
 * comes into the configuration and ends when it leaves it. Any thread.
 */
final class EdgeHistory {

    private static final double MILLIS = 1e3;

    private final LongSupplier wallClock;
    private volatile long acceptedMillis;
    private volatile EdgeStatus.@Nullable Refusal refusal;
    private final LongAdder waitsGranted = new LongAdder();
    private final LongAdder waitsRefused = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    /** @param wallClock milliseconds of Unix time, as {@link System#currentTimeMillis} */
    EdgeHistory(LongSupplier wallClock) {
        this.wallClock = wallClock;
    }

    /** The receivers acknowledged data of the edge. */
    void accepted() {
        acceptedMillis = wallClock.getAsLong();
    }

    void refused(Rejection rejection, String requestId) {
        refusal = new EdgeStatus.Refusal(
                Instant.ofEpochMilli(wallClock.getAsLong()),
                rejection.reason().label(),
                rejection.sentence(),
                requestId);
    }

    void waited(long nanos, boolean granted) {
        (granted ? waitsGranted : waitsRefused).increment();
        waitedNanos.add(nanos);
    }

    /** In Unix time; 0 before the first. */
    double lastAcceptedSeconds() {
        return acceptedMillis / MILLIS;
    }

    /** Whether the last refusal came from a receiver in unknown words, later than this time. */
    boolean isUnrecognised(Instant since) {
        EdgeStatus.Refusal last = refusal;
        return last != null
                && last.reason().equals(Reason.RECEIVER_UNRECOGNISED.label())
                && last.time().isAfter(since);
    }

    EdgeStatus status() {
        long millis = acceptedMillis;
        return new EdgeStatus(
                millis == 0 ? null : Instant.ofEpochMilli(millis),
                refusal,
                new EdgeStatus.Waits(waitsGranted.sum(), waitsRefused.sum(), Duration.ofNanos(waitedNanos.sum())));
    }
}
