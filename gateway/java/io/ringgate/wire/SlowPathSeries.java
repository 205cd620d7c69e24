package io.ringgate.wire;

import io.ringgate.edge.LabelNames;
import org.jspecify.annotations.Nullable;

/**
 * One series of any legal form: labels in any order and anywhere, empty ones, any UTF-8. Finds what is wrong with it,
 * and writes its labels sorted and stamped in front of everything else it carries.
 */
final class SlowPathSeries {

    private final FieldReader in = new FieldReader();
    private final LabelField label = new LabelField();
    private final LabelTable table = new LabelTable();
    private final SampleScanner points = new SampleScanner();
    private final boolean legacyNames;

    private final StampedLabels stamped = new StampedLabels(table);
    private int otherBytes;
    private boolean changed;
    private int faultyRow;

    SlowPathSeries(LabelNames names) {
        legacyNames = names == LabelNames.LEGACY;
    }

    SampleScanner points() {
        return points;
    }

    LabelTable table() {
        return table;
    }

    /** How many labels the series has once it is written. */
    int labels() {
        return stamped.count();
    }

    /** One bit for each stamped label that the sender had set to another value, as far as the last {@link #walk} came. */
    long conflicts() {
        return stamped.conflicts();
    }

    /** True when the series must be written again. */
    boolean changed() {
        return changed;
    }

    /** The row of the label that {@link #walk} or {@link #excess} found at fault, or -1. */
    int faultyRow() {
        return faultyRow;
    }

    /** Goes over the body of a series, prepares what to write, and returns what is wrong with it. */
    @Nullable
    SeriesFault walk(byte[] bytes, int bodyFrom, int bodyTo, StampPlan plan) throws WriteRefusedException {
        read(bytes, bodyFrom, bodyTo);
        faultyRow = -1;
        if (table.labelCount() > LabelTable.MOST) {
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
        SeriesFault fault = stamped.merge(bytes, plan);
        if (fault != null) {
            faultyRow = stamped.faultyRow();
            return fault;
        }
        changed |= stamped.changed();
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

    /**
     * Collects the labels that have a value, and checks everything else; fields that do not belong to a series are
     * dropped.
     */
    private void read(byte[] bytes, int bodyFrom, int bodyTo) throws WriteRefusedException {
        table.clear();
        stamped.clear();
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
            MessageSchema.expect(start, tag, FieldReader.LEN, "a series");
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

    /** Writes the series whose tag is at {@code seriesAt} again, as the last {@link #walk} found it. */
    void write(StampedOutput out, byte[] bytes, int seriesAt, int bodyFrom, int bodyTo, StampPlan plan)
            throws WriteRefusedException {
        out.series(seriesAt, stamped.bytes() + otherBytes);
        stamped.write(out, bytes, plan);
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
