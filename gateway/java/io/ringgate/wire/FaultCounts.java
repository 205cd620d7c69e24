package io.ringgate.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How many series of one write have which fault. */
final class FaultCounts {

    private final Map<SeriesFault, Count> counts = new EnumMap<>(SeriesFault.class);
    private int total;

    private static final class Count {
        private int series;
    }

    FaultCounts() {
        for (SeriesFault fault : SeriesFault.values()) {
            counts.put(fault, new Count());
        }
    }

    void clear() {
        if (total > 0) {
            counts.values().forEach(count -> count.series = 0);
        }
        total = 0;
    }

    void add(SeriesFault fault) {
        Objects.requireNonNull(counts.get(fault)).series++;
        total++;
    }

    int total() {
        return total;
    }

    /** Only the faults that happened. */
    Map<SeriesFault, Integer> byFault() {
        if (total == 0) {
            return Map.of();
        }
        Map<SeriesFault, Integer> map = new EnumMap<>(SeriesFault.class);
        counts.forEach((fault, count) -> {
            if (count.series > 0) {
                map.put(fault, count.series);
            }
        });
        return map;
    }
}
