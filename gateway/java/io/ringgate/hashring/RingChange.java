package io.ringgate.hashring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes of one ring when a file is replaced by another.
 *
 * @param before its place in the old file, counted from 0; -1 when it is new
 * @param after its place in the new file; -1 when it is gone
 * @param endpoints how many addresses it had
 * @param removed addresses that it has no more, in the order of the old file
 * @param added addresses that it did not have
 */
public record RingChange(int before, int after, int endpoints, List<String> removed, List<String> added) {

    private static final int NONE = -1;

    public RingChange {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** Half of a ring is rarely removed on purpose: it looks like a file that was written while pods were restarting. */
    public boolean removesMoreThanHalf() {
        return removed.size() * 2 > endpoints;
    }

    /**
     * The rings of the old file in its order, then the new ones. A ring is recognised by its name, without one by its
     * tenants. Endpoints of a ring that is gone count as removed unless another ring has them now.
     */
    public static List<RingChange> between(List<Hashring> old, List<Hashring> next) {
        List<RingChange> changes = new ArrayList<>();
        boolean[] known = new boolean[next.size()];
        for (int i = 0; i < old.size(); i++) {
            int partner = partner(old.get(i), next, known);
            Set<String> had = addresses(List.of(old.get(i)));
            Set<String> has = addresses(partner == NONE ? next : List.of(next.get(partner)));
            List<String> removed =
                    had.stream().filter(one -> !has.contains(one)).toList();
            List<String> added = partner == NONE
                    ? List.of()
                    : has.stream().filter(one -> !had.contains(one)).toList();
            changes.add(new RingChange(i, partner, had.size(), removed, added));
        }
        for (int i = 0; i < known.length; i++) {
            if (!known[i]) {
                List<String> added = List.copyOf(addresses(List.of(next.get(i))));
                changes.add(new RingChange(NONE, i, 0, List.of(), added));
            }
        }
        return changes;
    }

    private static int partner(Hashring ring, List<Hashring> next, boolean[] known) {
        for (int i = 0; i < known.length; i++) {
            Hashring one = next.get(i);
            boolean same = ring.name().isEmpty()
                    ? one.name().isEmpty() && ring.tenants().equals(one.tenants())
                    : ring.name().equals(one.name());
            if (same && !known[i]) {
                known[i] = true;
                return i;
            }
        }
        return NONE;
    }

    private static Set<String> addresses(List<Hashring> rings) {
        Set<String> addresses = new LinkedHashSet<>();
        rings.forEach(ring -> ring.endpoints().forEach(endpoint -> addresses.add(endpoint.address())));
        return addresses;
    }
}
