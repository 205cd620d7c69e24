package io.ringgate.pipeline;

import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.Edge;
import io.ringgate.reject.Limit;
import io.ringgate.stamp.StampCompiler;
import io.ringgate.wire.WorstCaseMemory;

/**
 * The largest write that the limits of an edge let through, and what it may reserve.
 *
 * @param series that it may have; {@link Integer#MAX_VALUE} for any number
 * @param reserved bytes of the memory budget: all copies at their worst
 */
public record LargestWrite(long packed, long unpacked, int series, long reserved) {

    /**
     * That of one edge.
     *
     * @param caps of every edge whose policy says nothing
     */
    public static LargestWrite of(Policies policies, Policy caps, Edge edge) {
        TenantPolicy policy = policies.of(edge.tenant());
        EdgeLimits terms = new EdgeLimits(policy.tenant(), policy.ofEdge(edge.name()), caps);
        long packed = terms.enforced(Limit.MAX_PACKED);
        long unpacked = terms.enforced(Limit.MAX_UNPACKED);
        int series = terms.enforcedCount(Limit.MAX_SERIES_PER_WRITE);
        return new LargestWrite(
                packed, unpacked, series, WorstCaseMemory.of(packed, unpacked, StampCompiler.planFor(edge), series));
    }

    /** Whether only the size of the body bounds how many series there are. */
    public boolean hasAnyNumberOfSeries() {
        return series == Integer.MAX_VALUE;
    }
}
