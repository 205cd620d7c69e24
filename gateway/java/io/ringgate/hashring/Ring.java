package io.ringgate.hashring;

import java.util.List;

/** Endpoints over which the series of a tenant are spread. Immutable; a look-up allocates nothing. */
public sealed interface Ring permits HashmodRing, KetamaRing, KetamaShard {

    /** What replicas are numbers in, in the order of the file, those written twice included. */
    List<Endpoint> endpoints();

    /**
     * The endpoints of a series, in the order of the replicas.
     *
     * @param hash as {@link SeriesHash} gives it
     * @param found filled with numbers of {@link #endpoints()}, one for each replica
     * @throws PlacementFailure when there are fewer endpoints than replicas
     */
    void replicas(long hash, int[] found) throws PlacementFailure;
}
