package io.ringgate.wire;

/**
 * The changes to the labels of one series on the fast path, in the order of their offsets: which label is inserted
 * where, and up to which offset it replaces the bytes of the message. Reused from series to series.
 */
final class LabelChanges {

    /** A change is a stamp, or the complement of a renamed label. */
    private final int[] label = new int[2 * StampPlan.MOST_LABELS];

    private final int[] from = new int[2 * StampPlan.MOST_LABELS];
    private final int[] to = new int[2 * StampPlan.MOST_LABELS];
    private final RenamedLabels renamed = new RenamedLabels();

    private StampPlan plan = StampPlan.builder().build();
    private int count;
    private int replaced;
    private int growth;

    /** One bit for each stamp that the sender set to another value. */
    private long conflicts;

    void clear(StampPlan plan) {
        this.plan = plan;
        count = 0;
        replaced = 0;
        growth = 0;
        conflicts = 0;
        renamed.clear();
    }

    boolean any() {
        return count > 0;
    }

    /** How many labels there are more than came. */
    int moreLabels() {
        return count - replaced;
    }

    int growth() {
        return growth;
    }

    long conflicts() {
        return conflicts;
    }

    /** Where the sender's values are that still need a name and a place. */
    RenamedLabels renamed() {
        return renamed;
    }

    /** A stamp goes in at a place behind all changes before. */
    void insert(int stamp, int at) {
        change(count++, stamp, at, at);
        growth += plan.fieldLength(stamp);
    }

    /** A stamp takes the place of a label behind all changes before. */
    void replace(int stamp, int start, int end) {
        change(count++, stamp, start, end);
        replaced++;
        growth += plan.fieldLength(stamp) - (end - start);
    }

    /** The sender set the label of a stamp to another value. */
    void conflict(int stamp) {
        conflicts |= 1L << stamp;
    }

    /** The sender's value of a stamped label is kept under another name. */
    void rename(byte[] message, int stamp, int valueAt, int valueLength) {
        renamed.add(message, plan, stamp, valueAt, valueLength);
    }

    /** Whether a stamp, or a renamed label before it, has the new name of a renamed label. */
    boolean has(int which) {
        for (int stamp = 0; stamp < plan.count(); stamp++) {
            if (renamed.compareStamp(which, stamp) == 0) {
                return true;
            }
        }
        for (int other = 0; other < which; other++) {
            if (renamed.compareRenamed(which, other) == 0) {
                return true;
            }
        }
        return false;
    }

    /** A renamed label goes in among the changes, before those at its place whose names are above its own. */
    void insertRenamed(int which, int at) {
        int place = count++;
        for (; place > 0 && isBefore(which, at, place - 1); place--) {
            change(place, label[place - 1], from[place - 1], to[place - 1]);
        }
        change(place, ~which, at, at);
        growth += renamed.size(which);
    }

    private boolean isBefore(int which, int at, int change) {
        if (from[change] != at) {
            return from[change] > at;
        }
        int other = label[change];
        return (other < 0 ? renamed.compareRenamed(which, ~other) : renamed.compareStamp(which, other)) < 0;
    }

    private void change(int place, int what, int start, int end) {
        label[place] = what;
        from[place] = start;
        to[place] = end;
    }

    /** Writes them into the series that was opened; what follows the last stays to be kept. */
    void write(StampedOutput out) throws WriteRefusedException {
        for (int i = 0; i < count; i++) {
            out.keep(from[i]);
            int what = label[i];
            if (what < 0) {
                renamed.write(out, ~what);
            } else {
                out.put(plan.encoded, plan.fieldAt(what), plan.fieldLength(what));
            }
            out.skipTo(to[i]);
        }
    }
}
