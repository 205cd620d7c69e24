package io.ringgate.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One series of any legal form: labels in any order and anywhere, empty ones, any UTF-8. Finds what is wrong with it,
 * and writes its labels sorted and stamped in front of everything else it carries.
 */
final class CarefulSeries {

    private final Fields in = new Fields();
    private final LabelField label = new LabelField();
    private final LabelTable table = new LabelTable();
    private final Points points = new Points();
    private final boolean legacyNames;

    /** The labels to write: a row of the table, or a stamp as its complement. */
    private int[] merged = new int[128];

    private int mergedCount;
    private int labelBytes;
    private int otherBytes;
    private boolean changed;
    private int faultyRow;

    CarefulSeries(Names names) {
        legacyNames = names == Names.LEGACY;
    }

    Points points() {
        return points;
    }

    LabelTable table() {
        return table;
    }

    /** How many labels the series has once it is written. */
    int labels() {
        return mergedCount;
    }

    /** True when the series must be written anew. */
    boolean changed() {
        return changed;
    }

    /** The row of the label that {@link #walk} or {@link #excess} found at fault, or -1. */
    int faultyRow() {
        return faultyRow;
    }

    /** Goes over the body of a series, prepares what to write, and returns what is wrong with it. */
    @Nullable
    SeriesFault walk(byte[] bytes, int bodyFrom, int bodyTo, StampPlan plan) throws WholeFault {
        read(bytes, bodyFrom, bodyTo);
        faultyRow = -1;
        if (table.seen() > LabelTable.MOST) {
            return SeriesFault.TOO_MANY_LABELS;
        }
        if (table.count() == 0) {
            return SeriesFault.NO_LABELS;
        }
        for (int row = 0; row < table.count(); row++) {
            SeriesFault fault = faultOf(bytes, row);
            if (fault != null) {
                faultyRow = row;
                return fault;
            }
        }
        if (!table.inOrder(bytes)) {
            table.sort(bytes);
            changed = true;
        }
        for (int place = 1; place < table.count(); place++) {
            if (table.compare(bytes, table.sorted(place - 1), table.sorted(place)) == 0) {
                faultyRow = table.sorted(place);
                return SeriesFault.DUPLICATE_NAME;
            }
        }
        if (!merge(bytes, plan)) {
            return SeriesFault.CONFLICT;
        }
        return points.emptyExemplars() > 0 ? SeriesFault.EMPTY_EXEMPLAR : null;
    }

    /** What the series carries too much of, as the last {@link #walk} found it; null when it keeps to the limits. */
    @Nullable
    SeriesFault excess(PointLimits limits) {
        if (points.exemplars() > limits.exemplars()) {
            return SeriesFault.TOO_MANY_EXEMPLARS;
        }
        if (points.buckets() > limits.buckets()) {
            return SeriesFault.TOO_MANY_BUCKETS;
        }
        return points.spans() > limits.spans() ? SeriesFault.TOO_MANY_SPANS : null;
    }

    /** The limit that the series goes beyond, as the last {@link #walk} found it; null when it keeps to all. */
    @Nullable
    SeriesFault excess(SeriesLimits limits) {
        if (table.count() > limits.maxLabels()) {
            return SeriesFault.TOO_MANY_LABELS;
        }
        for (int row = 0; row < table.count(); row++) {
            faultyRow = row;
            if (table.nameLength(row) > limits.maxNameLength()) {
                return SeriesFault.NAME_TOO_LONG;
            }
            if (table.valueLength(row) > limits.maxValueLength()) {
                return SeriesFault.VALUE_TOO_LONG;
            }
        }
        faultyRow = -1;
        if (points.oldest() < limits.oldestMillis()) {
            return SeriesFault.TOO_OLD;
        }
        if (points.newest() > limits.newestMillis()) {
            return SeriesFault.TOO_NEW;
        }
        return excess(limits.points());
    }

    /** Collects the labels that have a value, and checks all else; fields that are none of a series fall away. */
    private void read(byte[] bytes, int bodyFrom, int bodyTo) throws WholeFault {
        table.clear();
        points.clear();
        changed = false;
        otherBytes = 0;
        in.open(bytes, bodyFrom);
        while (in.at() < bodyTo) {
            int start = in.at();
            int tag = in.tag(bodyTo);
            if (tag >>> 3 != 1) {
                points.field(in, start, tag, bodyTo);
                if (points.unknown()) {
                    changed = true;
                } else {
                    otherBytes += in.at() - start;
                }
                continue;
            }
            Shape.expect(start, tag, Fields.LEN, "a series");
            label.read(in, in.contentEnd(bodyTo));
            if (label.valueLength == 0) {
                changed = true;
            } else {
                table.add(label, start, in.at());
            }
        }
    }

    private @Nullable SeriesFault faultOf(byte[] bytes, int row) {
        int nameAt = table.nameAt(row);
        int nameLength = table.nameLength(row);
        int valueAt = table.valueAt(row);
        if (nameLength == 0) {
            return SeriesFault.EMPTY_NAME;
        }
        if (!Utf8.valid(bytes, nameAt, nameAt + nameLength)
                || !Utf8.valid(bytes, valueAt, valueAt + table.valueLength(row))) {
            return SeriesFault.NOT_UTF8;
        }
        if (legacyNames && !NameOrder.legacy(bytes, nameAt, nameLength)) {
            return SeriesFault.BAD_NAME;
        }
        return null;
    }

    /** Merges sorted labels and stamps into what is to be written. False on a conflict that refuses the series. */
    private boolean merge(byte[] bytes, StampPlan plan) {
        if (merged.length < table.count() + plan.count()) {
            merged = Arrays.copyOf(merged, 2 * table.count() + plan.count());
        }
        mergedCount = 0;
        labelBytes = 0;
        int stamp = 0;
        for (int place = 0; place < table.count(); place++) {
            int row = table.sorted(place);
            int order = 1;
            while (stamp < plan.count() && order > 0) {
                order = -plan.compareName(stamp, bytes, table.nameAt(row), table.nameLength(row));
                if (order > 0) {
                    take(stamp++, plan);
                }
            }
            boolean same = stamp < plan.count() && order == 0;
            if (same && !plan.sameValue(stamp, bytes, table.valueAt(row), table.valueLength(row))) {
                if (plan.verdict(stamp) == StampPlan.Verdict.REJECT) {
                    faultyRow = row;
                    return false;
                }
                if (plan.verdict(stamp) == StampPlan.Verdict.OVERWRITE) {
                    take(stamp++, plan);
                    continue;
                }
            }
            merged[mergedCount++] = row;
            labelBytes += table.end(row) - table.start(row);
            stamp += same ? 1 : 0;
        }
        while (stamp < plan.count()) {
            take(stamp++, plan);
        }
        return true;
    }

    private void take(int stamp, StampPlan plan) {
        merged[mergedCount++] = ~stamp;
        labelBytes += plan.fieldLength(stamp);
        changed = true;
    }

    /** Writes the series whose tag is at {@code seriesAt} anew, as the last {@link #walk} found it. */
    void write(Output out, byte[] bytes, int seriesAt, int bodyFrom, int bodyTo, StampPlan plan) throws WholeFault {
        out.series(seriesAt, labelBytes + otherBytes);
        for (int i = 0; i < mergedCount; i++) {
            int entry = merged[i];
            if (entry < 0) {
                out.put(plan.encoded, plan.fieldAt(~entry), plan.fieldLength(~entry));
            } else {
                out.put(bytes, table.start(entry), table.end(entry) - table.start(entry));
            }
        }
        out.skipTo(bodyFrom);
        in.open(bytes, bodyFrom);
        while (in.at() < bodyTo) {
            int start = in.at();
            int tag = in.tag(bodyTo);
            in.skip(tag, bodyTo);
            if (tag == Protobuf.LABEL || tag >>> 3 > Protobuf.LAST_OF_SERIES) {
                out.keep(start);
                out.skipTo(in.at());
            }
        }
    }
}
