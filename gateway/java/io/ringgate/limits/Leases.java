package io.ringgate.limits;

import io.ringgate.edge.TenantId;
import io.ringgate.reject.Limit;
import java.util.Map;

/** Where a replica gets its part of a tenant's rates from, when replicas share them. */
public interface Leases {

    /** What this replica may grant by itself for now, at most {@code whole}. Never waits. */
    Map<Limit, Rate> part(TenantId tenant, Map<Limit, Rate> whole, long now);
}
