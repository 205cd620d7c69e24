package io.ringgate.hashring;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The zones of some endpoints by number. No zone written is a zone too. */
final class Zones {

    private Zones() {}

    /** The number of each endpoint's zone. */
    static char[] of(List<Endpoint> endpoints) {
        Map<String, Integer> numbers = new HashMap<>();
        char[] zones = new char[endpoints.size()];
        for (int i = 0; i < zones.length; i++) {
            int next = numbers.size();
            Integer known = numbers.putIfAbsent(endpoints.get(i).zone(), next);
            zones[i] = (char) (known == null ? next : known);
        }
        return zones;
    }

    /** How many endpoints each zone has, of those that are members. */
    static int[] sizes(char[] zones, boolean[] members) {
        int[] sizes = new int[zones.length];
        for (int i = 0; i < zones.length; i++) {
            sizes[zones[i]] += members[i] ? 1 : 0;
        }
        return Arrays.stream(sizes).filter(size -> size > 0).toArray();
    }

    /**
     * The most replicas for which a walk ends. Zones take turns, and no zone gets one more than the smallest has
     * endpoints: when that one is used up, the others have one turn left.
     */
    static long mostReplicas(int[] sizes) {
        int smallest = Arrays.stream(sizes).min().orElse(0);
        return Arrays.stream(sizes)
                .mapToLong(size -> Math.min(size, smallest + 1L))
                .sum();
    }

    /** For messages: {@code 1, 3 and 3}. */
    static String text(int[] sizes) {
        String all = Arrays.stream(sizes).sorted().mapToObj(Integer::toString).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " and " + all.substring(last + 2);
    }
}
