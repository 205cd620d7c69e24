package io.ringgate.wire;

/**
 * The labels of one series that are stamped with another value than the sender's, and the new names of the sender's
 * values. Labels with shorter names are renamed first, as in Prometheus. Kept from series to series.
 */
final class RenamedLabels {

    private StampPlan plan = StampPlan.builder().build();
    private byte[] message = new byte[0];
    private int count;

    /** Which stamp has taken the name, how often the new name is prefixed, and where the sender's value is. */
    private final int[] stamp = new int[StampPlan.MOST_LABELS];

    private final int[] prefixes = new int[StampPlan.MOST_LABELS];
    private final int[] valueAt = new int[StampPlan.MOST_LABELS];
    private final int[] valueLength = new int[StampPlan.MOST_LABELS];

    /** Begins a series. */
    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** Takes the sender's value of a stamped label. Its new name is not decided yet. */
    void add(byte[] message, StampPlan plan, int label, int at, int length) {
        this.message = message;
        this.plan = plan;
        int place = count++;
        for (; place > 0 && plan.nameLength(stamp[place - 1]) > plan.nameLength(label); place--) {
            stamp[place] = stamp[place - 1];
            valueAt[place] = valueAt[place - 1];
            valueLength[place] = valueLength[place - 1];
        }
        stamp[place] = label;
        valueAt[place] = at;
        valueLength[place] = length;
    }

    /** Puts so many prefixes in front of a label's name: 1 to {@link StampPlan#MOST_PREFIXES}. */
    void prefix(int label, int many) {
        prefixes[label] = many;
    }

    int valueAt(int label) {
        return valueAt[label];
    }

    /** Compares a label's new name with a name in the message. */
    int compare(int label, int nameAt, int nameLength) {
        return compare(label, message, nameAt, nameLength);
    }

    /** The same with the name of a stamp. */
    int compareStamp(int label, int stamped) {
        return -plan.compareName(
                stamped, plan.prefixedNames, plan.prefixedAt(stamp[label], prefixes[label]), nameLength(label));
    }

    /** The same with the new name of another. */
    int compareRenamed(int label, int other) {
        return compare(label, plan.prefixedNames, plan.prefixedAt(stamp[other], prefixes[other]), nameLength(other));
    }

    private int compare(int label, byte[] bytes, int nameAt, int nameLength) {
        return NameOrder.compare(
                plan.prefixedNames,
                plan.prefixedAt(stamp[label], prefixes[label]),
                nameLength(label),
                bytes,
                nameAt,
                nameLength);
    }

    private int nameLength(int label) {
        return plan.prefixedLength(stamp[label], prefixes[label]);
    }

    /** The bytes of a label under its new name. */
    int size(int label) {
        return StampedOutput.labelSize(nameLength(label), valueLength[label]);
    }

    void write(StampedOutput out, int label) {
        out.label(
                plan.prefixedNames,
                plan.prefixedAt(stamp[label], prefixes[label]),
                nameLength(label),
                message,
                valueAt[label],
                valueLength[label]);
    }
}
