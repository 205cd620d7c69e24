package io.ringgate.hashring;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A circle of hashes, a thousand of each endpoint: XXH64 of {@code address:1} to {@code address:1000}.
 *
 * <p>Idea: hashes are spread evenly, so their first bits tell nearly where they stand. The circle is cut into as many
 * equal slices, more than there are hashes; counting how many hashes each slice has sorts them into slices, and the same counts find a hash
 * later with a step at most, mostly, instead of a binary search.
 */
final class HashCircle {

    static final int OF_ONE_ENDPOINT = 1000;

    private final int shift;

    /** Where the sections of each slice begin, and where the last one ends. */
    private final int[] slices;

    /** In unsigned order; those of the same hash in the order of the file. */
    private final long[] hashes;

    private final char[] owners;

    HashCircle(List<Endpoint> endpoints) {
        long[] unsorted = unsorted(endpoints);
        int bits = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(unsorted.length);
        shift = Long.SIZE - bits;
        slices = new int[(1 << bits) + 1];
        hashes = new long[unsorted.length];
        owners = new char[unsorted.length];
        for (long hash : unsorted) {
            slices[slice(hash) + 1]++;
        }
        Arrays.parallelPrefix(slices, Integer::sum);
        int[] ends = slices.clone();
        for (int i = 0; i < unsorted.length; i++) {
            int slice = slice(unsorted[i]);
            insert(unsorted[i], (char) (i / OF_ONE_ENDPOINT), slices[slice], ends[slice]++);
        }
    }

    int count() {
        return hashes.length;
    }

    int owner(int section) {
        return owners[section];
    }

    int next(int section) {
        return section + 1 == owners.length ? 0 : section + 1;
    }

    /** The first section that is not below a hash; behind the last one comes the first. */
    int at(long hash) {
        int at = slices[slice(hash)];
        while (at < hashes.length && Long.compareUnsigned(hashes[at], hash) < 0) {
            at++;
        }
        return at == hashes.length ? 0 : at;
    }

    /**
     * Goes on from a section and takes one endpoint after the other: no endpoint twice, and zones take turns, so that
     * none is two ahead of another. {@link Zones#mostReplicas} says for how many it ends.
     */
    void walk(int from, Members members, int[] found) {
        int turn = 0;
        int at = from;
        for (int n = 0; n < found.length; at = next(at)) {
            int owner = owners[at];
            if (members.has(owner) && members.mayFollow(owner, found, turn, n)) {
                found[n++] = owner;
                turn = n - n % members.zoneCount();
            }
        }
    }

    private static long[] unsorted(List<Endpoint> endpoints) {
        long[] hashes = new long[endpoints.size() * OF_ONE_ENDPOINT];
        int at = 0;
        for (Endpoint endpoint : endpoints) {
            for (int i = 1; i <= OF_ONE_ENDPOINT; i++) {
                byte[] text = (endpoint.address() + ":" + i).getBytes(StandardCharsets.UTF_8);
                hashes[at++] = XxHash64.hash(text, 0, text.length);
            }
        }
        return hashes;
    }

    private int slice(long hash) {
        return (int) (hash >>> shift);
    }

    private void insert(long hash, char owner, int from, int end) {
        int at = end;
        for (; at > from && Long.compareUnsigned(hashes[at - 1], hash) > 0; at--) {
            hashes[at] = hashes[at - 1];
            owners[at] = owners[at - 1];
        }
        hashes[at] = hash;
        owners[at] = owner;
    }
}
