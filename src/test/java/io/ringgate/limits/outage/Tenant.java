package io.ringgate.limits.outage;

import io.ringgate.limits.Quota;
import io.ringgate.limits.Rate;

/**
 * A tenant of many agents, and what came of them in each second.
 *
 * @param perAgent samples that an agent scrapes in a second
 * @param shards that an agent has when the outage ends
 * @param mostShards its {@code max_shards}
 */
record Tenant(
        String name,
        int agents,
        int perAgent,
        int shards,
        int mostShards,
        Rate samples,
        Quota.Shared quota,
        Tally tally) {

    /** By second. */
    static final class Tally {
        final int[] requests;
        final int[] refused;
        final long[] accepted;
        /** The longest that a batch accepted in this second had to wait since its first attempt, in nanoseconds. */
        final long[] delay;

        Tally(int seconds) {
            requests = new int[seconds];
            refused = new int[seconds];
            accepted = new long[seconds];
            delay = new long[seconds];
        }
    }
}
