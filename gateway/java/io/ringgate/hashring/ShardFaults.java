package io.ringgate.hashring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Shard sizes of a ring that no tenant can have. Thanos finds out at the first write of such a tenant, and fails it. */
public final class ShardFaults {

    private final Map<String, Set<Endpoint>> zones = new TreeMap<>();
    private final int replicationFactor;
    private final List<String> found = new ArrayList<>();

    private ShardFaults(Hashring ring, ShuffleSharding sharding, int replicationFactor) {
        this.replicationFactor = replicationFactor;
        ring.endpoints()
                .forEach(endpoint -> zones.computeIfAbsent(
                                sharding.zoneAwarenessDisabled() ? "" : endpoint.zone(), zone -> new HashSet<>())
                        .add(endpoint));
    }

    /** Each as a sentence without a full stop, which begins with the key. */
    public static List<String> of(Hashring ring, int replicationFactor) {
        ShuffleSharding sharding = ring.shuffleSharding();
        if (sharding == null || !sharding.isOn() || ring.endpoints().isEmpty()) {
            return List.of();
        }
        ShardFaults faults = new ShardFaults(ring, sharding, replicationFactor);
        faults.check("shard_size", sharding.shardSize());
        for (int i = 0; i < sharding.overrides().size(); i++) {
            ShuffleSharding.SizeOverride one = sharding.overrides().get(i);
            if (one.counts()) {
                faults.check("overrides[" + i + "] shard_size", one.shardSize());
            }
        }
        return faults.found;
    }

    private void check(String key, long size) {
        long each = Math.ceilDiv(size, zones.size());
        zones.forEach((zone, endpoints) -> {
            if (endpoints.size() < each) {
                found.add(key + " " + size + " takes " + each + " endpoints of each zone, zone "
                        + (zone.isEmpty() ? "none" : zone) + " has " + endpoints.size()
                        + ": every write of its tenants fails");
            }
        });
        if (each * zones.size() < replicationFactor) {
            found.add(key + " " + size
                    + " makes shards smaller than the replication factor: every write of its tenants fails");
        }
    }
}
