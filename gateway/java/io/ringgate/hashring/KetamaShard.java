package io.ringgate.hashring;

import java.util.List;

/**
 * The part of a ketama ring that one tenant uses. A ring of its own endpoints only has the very sections that they have
 * on the whole circle; so it is no more than a mark for each endpoint, and a look-up walks the whole circle past the
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
