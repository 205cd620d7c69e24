package io.ringgate.hashring;

import java.util.List;

/**
 * The part of a ketama ring that one tenant uses. A ring of only these endpoints would have the same sections that they
 * have on the whole circle. So a shard is one flag for each endpoint, and a lookup walks the whole circle and skips the
 * others.
 */
final class KetamaShard implements Ring {

    private final KetamaRing whole;
    private final Members members;

    KetamaShard(KetamaRing whole, boolean[] taken) throws PlacementFailure {
        this.whole = whole;
        this.members = whole.members().only(taken, whole.replicationFactor());
    }

    @Override
    public List<Endpoint> endpoints() {
        return whole.endpoints();
    }

    @Override
    public void replicas(long hash, int[] found) {
        whole.sections().walk(whole.sections().at(hash), members, found);
    }
}
