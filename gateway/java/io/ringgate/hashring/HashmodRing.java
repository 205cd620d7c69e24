package io.ringgate.hashring;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Endpoints in the order of their addresses, byte by byte; the hash plus the replica's number says which one. */
final class HashmodRing implements Ring {

    private final List<Endpoint> endpoints;

    /** Places of the sorted endpoints in the file. */
    private final int[] sorted;

    HashmodRing(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
        byte[][] addresses = endpoints.stream()
                .map(endpoint -> endpoint.address().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        sorted = IntStream.range(0, addresses.length)
                .boxed()
                .sorted(Comparator.comparing(i -> addresses[i], Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** It throws after the replicas that there are places for, as Thanos does, which asks for one after the other. */
    @Override
    public void replicas(long hash, int[] found) throws PlacementFailure {
        for (int n = 0; n < found.length; n++) {
            if (n >= sorted.length) {
                throw new PlacementFailure("insufficient nodes; have " + sorted.length + ", want " + (n + 1));
            }
            found[n] = sorted[(int) Long.remainderUnsigned(hash + n, sorted.length)];
        }
    }
}
