package io.ringgate.hashring;

import java.util.List;

/**
 * Endpoints on a circle of hashes: a series belongs to the section that follows its hash, and each section has its
 * replicas, the endpoints that a walk from there meets first.
 */
final class KetamaRing implements Ring {

    /** Some 400 MB; a ring of 10,000 endpoints and replication factor 20 has as many. */
    private static final long MOST_REPLICAS = 200_000_000;

    private final List<Endpoint> endpoints;
    private final int replicationFactor;
    private final Members members;
    private final HashCircle sections;

    /** The endpoints of each section, one after the other. */
    private final char[] replicas;

    KetamaRing(List<Endpoint> endpoints, int replicationFactor) throws PlacementFailure {
        this.endpoints = endpoints;
        this.replicationFactor = replicationFactor;
        members = Members.all(endpoints, replicationFactor);
        long size = (long) endpoints.size() * HashCircle.OF_ONE_ENDPOINT * replicationFactor;
        if (size > MOST_REPLICAS) {
            throw new PlacementFailure("ketama: " + endpoints.size() + " endpoints with replication factor "
                    + replicationFactor + " make more than " + MOST_REPLICAS + " replicas of sections");
        }
        sections = new HashCircle(endpoints);
        replicas = new char[(int) size];
        int[] found = new int[replicationFactor];
        for (int section = 0, at = 0; section < sections.count(); section++) {
            sections.walk(section, members, found);
            for (int endpoint : found) {
                replicas[at++] = (char) endpoint;
            }
        }
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    int replicationFactor() {
        return replicationFactor;
    }

    Members members() {
        return members;
    }

    HashCircle sections() {
        return sections;
    }

    @Override
    public void replicas(long hash, int[] found) {
        int at = sections.at(hash) * replicationFactor;
        for (int n = 0; n < found.length; n++) {
            found[n] = replicas[at + n];
        }
    }
}
