package io.ringgate.hashring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where series lie: all rings of a file, built. Immutable: a write that holds one sees one set of rings, and a new file
 * makes a new placement. Any thread.
 */
public final class Placement {

    /** Tenants whose ring or shard is remembered; when there are more, all are forgotten and looked up again. */
    private static final int MOST_REMEMBERED = 10_000;

    private final List<Built> rings;
    private final int replicationFactor;
    private final Map<String, Ring> remembered = new ConcurrentHashMap<>();

    private Placement(List<Built> rings, int replicationFactor) {
        this.rings = List.copyOf(rings);
        this.replicationFactor = replicationFactor;
    }

    /** @param shards null when every tenant uses the whole ring */
    private record Built(
            Hashring written, Ring whole, @Nullable Shards shards) {}

    /**
     * Builds the rings; without any no series has a place.
     *
     * @param byDefault of rings that do not name one
     * @param replicationFactor at least 1
     * @throws InvalidRing for what Thanos refuses to start with, and where it hangs
     */
    public static Placement of(List<Hashring> rings, Algorithm byDefault, int replicationFactor) throws InvalidRing {
        List<Built> built = new ArrayList<>();
        for (int i = 0; i < rings.size(); i++) {
            try {
                built.add(build(rings.get(i), byDefault, replicationFactor));
            } catch (PlacementFailure impossible) {
                throw new InvalidRing(i, impossible.message());
            }
        }
        return new Placement(built, replicationFactor);
    }

    private static Built build(Hashring ring, Algorithm byDefault, int replicationFactor) throws PlacementFailure {
        List<Endpoint> endpoints = ring.endpoints();
        ShuffleSharding sharding = ring.shuffleSharding();
        boolean sharded = sharding != null && sharding.isOn();
        if (Algorithm.of(ring, byDefault) == Algorithm.HASHMOD) {
            if (endpoints.stream().anyMatch(endpoint -> !endpoint.zone().isEmpty())) {
                throw new PlacementFailure("Hashmod algorithm does not support AZ aware hashring configuration."
                        + " Either use Ketama or remove AZ configuration.");
            }
            if (sharded) {
                throw new PlacementFailure("hashmod algorithm does not support shuffle sharding."
                        + " Either use Ketama or remove shuffle sharding configuration");
            }
            return new Built(ring, new HashmodRing(endpoints), null);
        }
        KetamaRing whole = new KetamaRing(endpoints, replicationFactor);
        if (sharding == null || !sharded) {
            return new Built(ring, whole, null);
        }
        if (sharding.shardSize() > endpoints.size()) {
            throw new PlacementFailure("shard size " + sharding.shardSize()
                    + " is larger than number of nodes in hashring " + ring.name() + " (" + endpoints.size() + ")");
        }
        return new Built(ring, whole, new Shards(whole, sharding));
    }

    public List<Hashring> rings() {
        return rings.stream().map(Built::written).toList();
    }

    public int replicationFactor() {
        return replicationFactor;
    }

    /** A ring of the file with all its endpoints, whatever shards its tenants have. */
    public Ring whole(int ring) {
        return rings.get(ring).whole();
    }

    /**
     * The ring that the series of a tenant are spread over, or its shard if it has one. Allocates nothing for a tenant
     * that was looked up before.
     *
     * @throws PlacementFailure when no ring takes the tenant, a pattern before it is malformed, or it cannot have a
     *     shard
     */
    public Ring ring(String tenant) throws PlacementFailure {
        Ring known = remembered.get(tenant);
        return known != null ? known : find(tenant);
    }

    private Ring find(String tenant) throws PlacementFailure {
        for (Built ring : rings) {
            if (serves(ring.written(), tenant)) {
                Ring his = ring.shards() == null ? ring.whole() : ring.shards().of(tenant);
                if (remembered.size() >= MOST_REMEMBERED) {
                    remembered.clear();
                }
                remembered.put(tenant, his);
                return his;
            }
        }
        throw new PlacementFailure("no matching hashring to handle tenant");
    }

    private static boolean serves(Hashring ring, String tenant) throws PlacementFailure {
        try {
            return ring.serves(tenant);
        } catch (MalformedPattern malformed) {
            throw new PlacementFailure(String.valueOf(malformed.getMessage()));
        }
    }

    /** Where a series lies, in the order of its replicas. */
    public List<Endpoint> replicas(String tenant, long hash) throws PlacementFailure {
        Ring ring = ring(tenant);
        int[] found = new int[replicationFactor];
        ring.replicas(hash, found);
        List<Endpoint> replicas = new ArrayList<>(found.length);
        for (int endpoint : found) {
            replicas.add(ring.endpoints().get(endpoint));
        }
        return replicas;
    }
}
