package io.ringgate.http;

import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import org.jspecify.annotations.Nullable;

/** When a body comes too slowly: below the minimum rate after a grace, or not whole when its write's time is over. */
final class SlowBody {

    private static final double NANOS = 1e9;

    private SlowBody() {}

    /** The refusal, or null while the body comes well enough. */
    static @Nullable Rejection judge(EdgeTimes times, long writeNanos, long bodyNanos, long bytes) {
        if (writeNanos > times.writeDeadline().toNanos()) {
            return new Rejection.Plain(
                    Reason.SLOW_BODY,
                    "the body was not whole after " + times.writeDeadline().toSeconds()
                            + " s: lower max_samples_per_send, or look at the line");
        }
        if (bodyNanos > times.minRateAfter().toNanos() && bytes < times.minRate() * (bodyNanos / NANOS)) {
            return new Rejection.Plain(
                    Reason.SLOW_BODY,
                    "the body came slower than " + times.minRate() + " bytes a second, look at the line");
        }
        return null;
    }
}
