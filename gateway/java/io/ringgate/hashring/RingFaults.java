package io.ringgate.hashring;

import java.util.ArrayList;
import java.util.List;

/**
 * Rings with which no write can succeed: those that Thanos refuses at its start, and those it accepts although every
 * write fails.
 */
public final class RingFaults {

    private RingFaults() {}

    /**
     * One reason why a file cannot be used.
     *
     * @param ring its place in the file, counted from 0; -1 for the file as a whole
     * @param sentence without a full stop
     */
    public record RingFault(int ring, String sentence) {}

    /** All of them, at most one a ring; none when a placement of the rings places every series of its tenants. */
    public static List<RingFault> of(List<Hashring> rings, Algorithm byDefault, int replicationFactor) {
        List<RingFault> faults = new ArrayList<>();
        if (rings.isEmpty()) {
            faults.add(new RingFault(-1, "has no ring, write at least one"));
        }
        for (int i = 0; i < rings.size(); i++) {
            int endpoints = rings.get(i).endpoints().size();
            if (endpoints < replicationFactor) {
                faults.add(new RingFault(
                        i, "has " + endpoints + " endpoints, fewer than the replication factor " + replicationFactor));
                continue;
            }
            try {
                var _ = Placement.of(List.of(rings.get(i)), byDefault, replicationFactor);
            } catch (InvalidRing impossible) {
                faults.add(new RingFault(i, impossible.message()));
            }
        }
        return faults;
    }
}
