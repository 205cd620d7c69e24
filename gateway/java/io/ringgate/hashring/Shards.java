package io.ringgate.hashring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which endpoints of a ring each tenant gets, as Thanos 0.41 and later choose them.
 *
 * <p>Idea: every zone gives equally many. A generator that is seeded by the tenant's name and the zone draws points on the
 * circle, and the next endpoint of the zone that is not taken yet is taken. A ring that grows by one endpoint so changes
 * few shards.
 */
final class Shards {

    private final KetamaRing ring;
    private final ShuffleSharding sharding;

    /** The distinct endpoints of each zone, in the order of the file; one zone when zones do not count. */
    private final Map<String, Set<Endpoint>> distinct = new LinkedHashMap<>();

    Shards(KetamaRing ring, ShuffleSharding sharding) {
        this.ring = ring;
        this.sharding = sharding;
        for (Endpoint endpoint : ring.endpoints()) {
            distinct.computeIfAbsent(zone(endpoint), zone -> new HashSet<>()).add(endpoint);
        }
    }

    private String zone(Endpoint endpoint) {
        return sharding.zoneAwarenessDisabled() ? "" : endpoint.zone();
    }

    KetamaShard of(String tenant) throws PlacementFailure {
        long size = sharding.sizeOf(tenant);
        long fromEach = Math.ceilDiv(size, distinct.size());
        for (Map.Entry<String, Set<Endpoint>> zone : distinct.entrySet()) {
            int have = zone.getValue().size();
            if (fromEach > have) {
                throw new PlacementFailure("shard size " + size + " is larger than number of nodes in AZ "
                        + zone.getKey() + " (" + have + ")");
            }
        }
        boolean[] taken = new boolean[ring.endpoints().size()];
        for (String zone : distinct.keySet()) {
            GoRandom random = new GoRandom(seed(tenant, zone));
            for (long i = 0; i < fromEach; i++) {
                taken[draw(random.next(), zone, taken)] = true;
            }
        }
        return new KetamaShard(ring, taken);
    }

    /** The owner of the first section from a point on that is of the zone and not taken. */
    private int draw(long point, String zone, boolean[] taken) {
        HashCircle sections = ring.sections();
        List<Endpoint> endpoints = ring.endpoints();
        int at = sections.at(point);
        while (taken[sections.owner(at)]
                || !zone(endpoints.get(sections.owner(at))).equals(zone)) {
            at = sections.next(at);
        }
        return sections.owner(at);
    }

    static long seed(String tenant, String zone) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(tenant.getBytes(StandardCharsets.UTF_8));
            if (!zone.isEmpty()) {
                md5.update((byte) 0);
                md5.update(zone.getBytes(StandardCharsets.UTF_8));
            }
            return ByteBuffer.wrap(md5.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
