package io.ringgate.forward.discovery;

import io.ringgate.edge.TenantId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which ring takes a tenant: the first in order. Patterns are not matched for every write: results are cached for a
 * bounded number of tenants. Any thread.
 */
final class TenantRings {

    static final int NONE = -1;
    static final int MOST = 10_000;

    private final List<ReceiverRing> rings;
    private final ConcurrentHashMap<TenantId, Integer> found = new ConcurrentHashMap<>();

    TenantRings(List<ReceiverRing> rings) {
        this.rings = List.copyOf(rings);
    }

    List<ReceiverRing> rings() {
        return rings;
    }

    /** The place of the ring, {@link #NONE} when there is none for the tenant. */
    int of(TenantId tenant) {
        Integer known = found.get(tenant);
        if (known != null) {
            return known;
        }
        int ring = search(tenant);
        if (found.size() < MOST) {
            found.put(tenant, ring);
        }
        return ring;
    }

    private int search(TenantId tenant) {
        for (int i = 0; i < rings.size(); i++) {
            if (rings.get(i).serves().test(tenant)) {
                return i;
            }
        }
        return NONE;
    }
}
