package io.ringgate.limits;

import io.ringgate.reject.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Why a write cannot have what it asks for now.
 *
 * @param ofEdge whether the rate is the edge's own and not its tenant's
 * @param asked what the write needs
 * @param free what was left of it
 * @param waitNanos when to come again, with those in mind who were turned away before
 */
public record Shortage(Limit limit, boolean ofEdge, Rate rate, long asked, long free, long waitNanos) {

    /** True for what no waiting makes possible. */
    public boolean forever() {
        return asked > rate.burst();
    }

    static @Nullable Shortage longer(@Nullable Shortage one, @Nullable Shortage other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.waitNanos > one.waitNanos ? other : one;
    }
}
