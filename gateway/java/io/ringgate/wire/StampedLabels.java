package io.ringgate.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one series as they leave: the sender's, sorted by name, with the stamped ones in their places and, where
 * both say otherwise, the sender's under another name. Kept from series to series.
 *
 * <pre>
 *   sent     __name__=up  cluster=kafka-1  region=eu
 *   stamped               cluster=edge-7   region=asia
 *   leaves   __name__=up  cluster=edge-7   exported_cluster=kafka-1  exported_region=eu  region=asia
 * </pre>
 *
 * <p>An entry is a row of the table when it is not negative, else the complement of a stamp, or of a renamed label's number
 * behind {@link StampPlan#MOST_LABELS}.
 */
final class StampedLabels {

    private final LabelTable table;
    private final RenamedLabels renamed = new RenamedLabels();
    private int[] entries = new int[128];
    private int count;
    private int bytes;
    private boolean changed;
    private int faultyRow;

    /** One bit for each stamped label that the sender had set to another value. */
    private long conflicts;

    StampedLabels(LabelTable table) {
        this.table = table;
    }

    int count() {
        return count;
    }

    /** Of all label fields. */
    int bytes() {
        return bytes;
    }

    /** True when they are not the sender's own, in their order. */
    boolean changed() {
        return changed;
    }

    long conflicts() {
        return conflicts;
    }

    /** The row that {@link #merge} found at fault. */
    int faultyRow() {
        return faultyRow;
    }

    void clear() {
        conflicts = 0;
    }

    /** Merges the table's sorted labels, whose names differ, with the stamps. What is wrong with them, or null. */
    @Nullable
    SeriesFault merge(byte[] message, StampPlan plan) {
        int most = table.count() + 2 * plan.count();
        if (entries.length < most) {
            entries = Arrays.copyOf(entries, 2 * most);
        }
        count = 0;
        bytes = 0;
        changed = false;
        renamed.clear();
        int next = 0;
        for (int place = 0; place < table.count(); place++) {
            int label = table.sorted(place);
            int order = 1;
            while (next < plan.count() && order > 0) {
                order = -plan.compareName(next, message, table.nameAt(label), table.nameLength(label));
                if (order > 0) {
                    stamp(next++, plan);
                }
            }
            boolean same = next < plan.count() && order == 0;
            if (same && !plan.sameValue(next, message, table.valueAt(label), table.valueLength(label))) {
                conflicts |= 1L << next;
                switch (plan.verdict(next)) {
                    case REJECT -> {
                        faultyRow = label;
                        return SeriesFault.CONFLICT;
                    }
                    case RENAME -> {
                        renamed.add(message, plan, next, table.valueAt(label), table.valueLength(label));
                        stamp(next++, plan);
                        continue;
                    }
                    case OVERWRITE -> {
                        stamp(next++, plan);
                        continue;
                    }
                    case KEEP -> {}
                }
            }
            entries[count++] = label;
            bytes += table.end(label) - table.start(label);
            next += same ? 1 : 0;
        }
        while (next < plan.count()) {
            stamp(next++, plan);
        }
        return rename();
    }

    private void stamp(int label, StampPlan plan) {
        entries[count++] = ~label;
        bytes += plan.fieldLength(label);
        changed = true;
    }

    /** Gives the renamed labels their names: the first with one prefix or more that no label has. */
    private @Nullable SeriesFault rename() {
        for (int which = 0; which < renamed.count(); which++) {
            int place = 0;
            for (int many = 1; place >= 0 && many <= StampPlan.MOST_PREFIXES; many++) {
                renamed.prefix(which, many);
                place = find(which);
            }
            if (place >= 0) {
                faultyRow = table.rowOfValue(renamed.valueAt(which));
                return SeriesFault.NAMES_TAKEN;
            }
            System.arraycopy(entries, ~place, entries, ~place + 1, count - ~place);
            entries[~place] = ~(StampPlan.MOST_LABELS + which);
            count++;
            bytes += renamed.size(which);
        }
        return null;
    }

    /** The place of the entry with a renamed label's new name, or the complement of where it would be. */
    private int find(int which) {
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = compare(which, entries[middle]);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return ~from;
    }

    private int compare(int which, int entry) {
        if (entry >= 0) {
            return renamed.compare(which, table.nameAt(entry), table.nameLength(entry));
        }
        int other = ~entry - StampPlan.MOST_LABELS;
        return other < 0 ? renamed.compareStamp(which, ~entry) : renamed.compareRenamed(which, other);
    }

    /** Writes them, as the last {@link #merge} left them. */
    void write(StampedOutput out, byte[] message, StampPlan plan) {
        for (int i = 0; i < count; i++) {
            int entry = entries[i];
            int other = ~entry - StampPlan.MOST_LABELS;
            if (entry >= 0) {
                out.put(message, table.start(entry), table.end(entry) - table.start(entry));
            } else if (other < 0) {
                out.put(plan.encoded, plan.fieldAt(~entry), plan.fieldLength(~entry));
            } else {
                renamed.write(out, other);
            }
        }
    }
}
