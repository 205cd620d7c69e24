package io.ringgate.pipeline;

import io.ringgate.config.OnLimit;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.reject.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tenant against its policy.
 *
 * @param observes whether nothing is refused by it
 */
public record TenantUse(TenantId tenant, boolean observes, List<Line> lines) {

    public TenantUse {
        lines = List.copyOf(lines);
    }

    /**
     * One limit that its policy files set.
     *
     * @param edge whose limit it is; null for the tenant's own
     * @param allowed of a rate, so many a second
     * @param burst absent where there is none, as the two after it
     * @param used the share that is in use, 1 for all; absent where that has no meaning
     */
    public record Line(
            Limit limit,
            @Nullable EdgeName edge,
            long allowed,
            @Nullable Long burst,
            @Nullable OnLimit onLimit,
            @Nullable Double used) {}
}
