package io.ringgate.limits;

import io.ringgate.reject.Limit;
import org.jspecify.annotations.Nullable;

/**
 * A rate that a write exceeds: it cannot have the tokens that it asks for now.
 *
 * @param ofEdge whether the rate is the edge's own and not its tenant's
 * @param asked what the write needs
 * @param free what was left of it
 * @param waitNanos after which time to send again, behind the writes that were refused before
 */
public record RateExceeded(Limit limit, boolean ofEdge, Rate rate, long asked, long free, long waitNanos) {

    /** Whether no wait helps: the write is larger than the burst. */
    public boolean forever() {
        return asked > rate.burst();
    }

    static @Nullable RateExceeded longer(@Nullable RateExceeded one, @Nullable RateExceeded other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.waitNanos > one.waitNanos ? other : one;
    }
}
