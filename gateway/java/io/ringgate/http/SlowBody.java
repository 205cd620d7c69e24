package io.ringgate.http;

import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a body arrives too slowly: below the minimum rate after the grace period, incomplete at the deadline of its write, or
 * incomplete after a few seconds while it holds memory that others need. The minimum rate alone would let a slow sender keep its
 * memory until the deadline.
 */
final class SlowBody {

    private static final double NANOS = 1e9;

    /** How long a body may take while others need its memory. */
    static final Duration WHOLE_IN_SHORTAGE = Duration.ofSeconds(5);

    private SlowBody() {}

    /**
     * The refusal, or null while the body arrives fast enough.
     *
     * @param others whether others need the memory that it holds; called only for a body that takes long
     */
    static @Nullable Rejection check(
            EdgeTimeouts times, long writeNanos, long bodyNanos, long bytes, BooleanSupplier others) {
        if (writeNanos > times.writeDeadline().toNanos()) {
            return new Rejection.Plain(
                    Reason.SLOW_BODY,
                    "the body was not complete after " + times.writeDeadline().toSeconds()
                            + " s: lower max_samples_per_send, or check the network path");
        }
        if (bodyNanos > times.minRateAfter().toNanos() && bytes < times.minRate() * (bodyNanos / NANOS)) {
            return new Rejection.Plain(
                    Reason.SLOW_BODY,
                    "the body arrived slower than body.min_rate (" + times.minRate()
                            + " bytes/s): check the network path");
        }
        if (bodyNanos > WHOLE_IN_SHORTAGE.toNanos() && others.getAsBoolean()) {
            return new Rejection.Plain(
                    Reason.SLOW_BODY,
                    "the body was not complete after " + WHOLE_IN_SHORTAGE.toSeconds()
                            + " s while other edges need memory: lower max_samples_per_send, or check the network path");
        }
        return null;
    }
}
