package io.ringgate.forward;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one receiver's clock says, by the {@code Date} of its latest answer. The reading is kept beside our monotonic clock:
 * when our wall clock is set, what is known of the receiver's stays true.
 *
 * <p>A {@code Date} has whole seconds, and it was written at some moment between question and answer. The middle of both
 * is taken, which is off by half a second and half of the time that the answer took.
 *
 * <p>Any thread. An answer costs a volatile read, and one in a second is looked at.
 */
public final class ReceiverClock {

    /** No reading is young enough to count. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** An answer that took longer says too little. */
    public static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A reading counts for so long; readiness pages are asked every five seconds. */
    public static final long STALE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /**
     * And for so long where no receiver has a younger one: a doubt that holds all writes up also keeps their answers away,
     * and must not end for that.
     */
    public static final long FORGOTTEN_NANOS = TimeUnit.HOURS.toNanos(1);

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long HALF_A_SECOND = 500;

    private record Reading(long millis, long atNanos) {}

    private volatile @Nullable Reading latest;

    /** Whether another answer's date is wanted. */
    public boolean isDue(long nowNanos) {
        Reading before = latest;
        return before == null || nowNanos - before.atNanos() >= PAUSE_NANOS;
    }

    /**
     * Takes the date of an answer; one that cannot be read, or that came too slowly, changes nothing.
     *
     * @param asked when the request began to be sent, in nanoseconds
     * @param answered when the answer was there
     */
    public void read(@Nullable String date, long asked, long answered) {
        long took = answered - asked;
        long seconds = date == null || took < 0 || took > SLOW_NANOS ? HttpDate.NONE : HttpDate.seconds(date);
        if (seconds != HttpDate.NONE) {
            latest = new Reading(TimeUnit.SECONDS.toMillis(seconds) + HALF_A_SECOND, asked + took / 2);
        }
    }

    /** Unix milliseconds on the receiver's clock now, or {@link #UNKNOWN} where the reading is not this young. */
    public long millis(long nowNanos, long youngerThan) {
        Reading reading = latest;
        if (reading == null || nowNanos - reading.atNanos() >= youngerThan) {
            return UNKNOWN;
        }
        return reading.millis() + TimeUnit.NANOSECONDS.toMillis(nowNanos - reading.atNanos());
    }
}
