package io.ringgate.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** In how many series of one write the sender had set a stamped label to another value, for each label of a plan. */
final class ConflictCounts {

    private final int[] series = new int[StampPlan.MOST_LABELS];
    private boolean any;

    void clear() {
        if (any) {
            Arrays.fill(series, 0);
        }
        any = false;
    }

    /** @param labels one bit for each label of the plan */
    void add(long labels) {
        any |= labels != 0;
        for (long rest = labels; rest != 0; rest &= rest - 1) {
            series[Long.numberOfTrailingZeros(rest)]++;
        }
    }

    /** Only the labels that met a conflict, by name. */
    Map<String, Integer> byLabel(StampPlan plan) {
        if (!any) {
            return Map.of();
        }
        Map<String, Integer> map = new HashMap<>();
        for (int label = 0; label < plan.count(); label++) {
            if (series[label] > 0) {
                map.put(plan.name(label), series[label]);
            }
        }
        return map;
    }
}
