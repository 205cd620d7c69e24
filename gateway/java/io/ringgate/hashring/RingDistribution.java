package io.ringgate.hashring;

import java.util.HashSet;
import java.util.Set;

/**
 * How much of all series an endpoint has, and how much moves from one ring to another, measured on hashes that stand
 * evenly all over the circle: multiples of the golden ratio, which leave no gap much larger than another.
 */
public final class RingDistribution {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final int samples;
    private final int replicationFactor;

    public RingDistribution(int samples, int replicationFactor) {
        this.samples = samples;
        this.replicationFactor = replicationFactor;
    }

    /** The share of all copies that each endpoint of a ring has. */
    public double[] of(Ring ring) throws PlacementFailure {
        int[] found = new int[replicationFactor];
        double[] shares = new double[ring.endpoints().size()];
        for (int i = 0; i < samples; i++) {
            ring.replicas(i * GOLDEN, found);
            for (int endpoint : found) {
                shares[endpoint] += 1;
            }
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= (double) samples * replicationFactor;
        }
        return shares;
    }

    /**
     * What moves, as shares of one.
     *
     * @param series of which at least one copy is written to another endpoint than before
     * @param copies that are
     */
    public record Moved(double series, double copies) {}

    public Moved moved(Ring before, Ring after) throws PlacementFailure {
        int[] old = new int[replicationFactor];
        int[] now = new int[replicationFactor];
        long series = 0;
        long copies = 0;
        for (int i = 0; i < samples; i++) {
            before.replicas(i * GOLDEN, old);
            after.replicas(i * GOLDEN, now);
            int moved = replicationFactor - addresses(before, old, addresses(after, now));
            series += moved > 0 ? 1 : 0;
            copies += moved;
        }
        return new Moved((double) series / samples, (double) copies / samples / replicationFactor);
    }

    private static Set<String> addresses(Ring ring, int[] endpoints) {
        Set<String> addresses = new HashSet<>();
        for (int endpoint : endpoints) {
            addresses.add(ring.endpoints().get(endpoint).address());
        }
        return addresses;
    }

    private static int addresses(Ring ring, int[] endpoints, Set<String> among) {
        int count = 0;
        for (int endpoint : endpoints) {
            count += among.contains(ring.endpoints().get(endpoint).address()) ? 1 : 0;
        }
        return count;
    }

    /** The mean over invented tenants, for rings that give every tenant a shard of its own. */
    public Moved moved(Placement before, Placement after, Iterable<String> tenants) throws PlacementFailure {
        double series = 0;
        double copies = 0;
        int count = 0;
        for (String tenant : tenants) {
            Moved one = moved(before.ring(tenant), after.ring(tenant));
            series += one.series();
            copies += one.copies();
            count++;
        }
        return new Moved(series / count, copies / count);
    }
}
