package io.ringgate.hashring;

import java.util.Arrays;
import java.util.List;

/** Which endpoints of a circle take part, and the rules by which a walk takes them. */
final class Members {

    /** What a replica's number is kept in, in tables. */
    private static final int MOST_ENDPOINTS = Character.MAX_VALUE;

    private final char[] zones;
    private final boolean[] taken;
    private final int zoneCount;

    private Members(char[] zones, boolean[] taken, int zoneCount) {
        this.zones = zones;
        this.taken = taken;
        this.zoneCount = zoneCount;
    }

    static Members all(List<Endpoint> endpoints, int replicationFactor) throws PlacementFailure {
        if (endpoints.size() > MOST_ENDPOINTS) {
            throw new PlacementFailure("ketama: more than " + MOST_ENDPOINTS + " endpoints");
        }
        boolean[] all = new boolean[endpoints.size()];
        Arrays.fill(all, true);
        return of(Zones.of(endpoints), all, replicationFactor);
    }

    /** Some of them, marked in an array that nobody changes any more. */
    Members only(boolean[] some, int replicationFactor) throws PlacementFailure {
        return of(zones, some, replicationFactor);
    }

    private static Members of(char[] zones, boolean[] taken, int replicationFactor) throws PlacementFailure {
        int[] sizes = Zones.sizes(zones, taken);
        int count = Arrays.stream(sizes).sum();
        if (count == 0 || count < replicationFactor) {
            throw new PlacementFailure("ketama: amount of endpoints needs to be larger than replication factor");
        }
        long most = Zones.mostReplicas(sizes);
        if (replicationFactor > most) {
            throw new PlacementFailure(
                    "ketama: zones of " + Zones.text(sizes) + " endpoints are too uneven for replication factor "
                            + replicationFactor + " (at most " + most + "): Thanos never ends looking for replicas");
        }
        return new Members(zones, taken, sizes.length);
    }

    int zoneCount() {
        return zoneCount;
    }

    boolean has(int endpoint) {
        return taken[endpoint];
    }

    /**
     * Whether an endpoint can be the next replica.
     *
     * @param turn from where on the replicas found are of the present turn of the zones
     * @param count how many are found
     */
    boolean mayFollow(int endpoint, int[] found, int turn, int count) {
        for (int i = 0; i < turn; i++) {
            if (found[i] == endpoint) {
                return false;
            }
        }
        for (int i = turn; i < count; i++) {
            if (zones[found[i]] == zones[endpoint]) {
                return false;
            }
        }
        return true;
    }
}
