package io.ringgate.wire;

import io.ringgate.wire.WireLimits.Names;

/**
 * One series as every sender of good manners writes it: labels first, sorted, each with a name and a value. Checks it
 * and finds where stamps go, in one pass that only adds up lengths and compares eight bytes a label. Whatever looks
 * otherwise is left to {@link CarefulSeries}.
 */
final class SeriesWalk {

    private static final int OTHERWISE = -1;

    private final Fields in = new Fields();
    private final LabelField label = new LabelField();
    private final Points points = new Points();
    private final boolean legacyNames;

    /** The changes in order of place: which stamp goes in, where, and up to where it replaces what is there. */
    private final int[] stamp = new int[StampPlan.MOST_LABELS];

    private final int[] from = new int[StampPlan.MOST_LABELS];
    private final int[] to = new int[StampPlan.MOST_LABELS];
    private int changes;
    private int growth;

    private int labelEnd;

    SeriesWalk(Names names) {
        legacyNames = names == Names.LEGACY;
    }

    Points points() {
        return points;
    }

    boolean changed() {
        return changes > 0;
    }

    /** Goes over the body of a series. False when it needs the careful way. */
    boolean walk(byte[] bytes, int bodyFrom, int bodyTo, StampPlan plan) throws WholeFault {
        changes = 0;
        growth = 0;
        points.clear();
        int behind = labels(bytes, bodyFrom, bodyTo, plan);
        return behind != OTHERWISE && points.check(in, bytes, behind, bodyTo);
    }

    /** Writes the series with its stamps; what follows its last change stays to be kept. */
    void write(Output out, int seriesAt, int bodyFrom, int bodyTo, StampPlan plan) throws WholeFault {
        out.series(seriesAt, bodyTo - bodyFrom + growth);
        out.skipTo(bodyFrom);
        for (int i = 0; i < changes; i++) {
            out.keep(from[i]);
            out.put(plan.encoded, plan.fieldAt(stamp[i]), plan.fieldLength(stamp[i]));
            out.skipTo(to[i]);
        }
    }

    private int labels(byte[] bytes, int bodyFrom, int bodyTo, StampPlan plan) throws WholeFault {
        int at = bodyFrom;
        int ascii = bodyFrom;
        int count = 0;
        int stamps = 0;
        long next = plan.prefix(0);
        long last = Long.MIN_VALUE;
        int lastAt = at;
        int lastLength = 0;
        while (at < bodyTo && bytes[at] == Protobuf.LABEL) {
            int nameAt = at + 4;
            int nameLength = bytes[at + 3];
            int end = usualEnd(bytes, at, bodyTo);
            boolean usual = end >= 0;
            if (!usual) {
                if (!longLabel(bytes, at, bodyTo) || !Utf8.ascii(bytes, ascii, at)) {
                    return OTHERWISE;
                }
                nameAt = label.nameAt;
                nameLength = label.nameLength;
                end = labelEnd;
                ascii = end;
            }
            long prefix = NameOrder.prefix(bytes, nameAt, nameLength);
            if (prefix <= last
                    && (prefix < last
                            || NameOrder.compare(bytes, lastAt, lastLength, bytes, nameAt, nameLength) >= 0)) {
                return OTHERWISE;
            }
            if (legacyNames && !NameOrder.legacy(bytes, nameAt, nameLength)) {
                return OTHERWISE;
            }
            if (prefix >= next) {
                if (usual) {
                    label.usual(at, nameLength, end);
                }
                stamps = stampsUpTo(bytes, at, end, plan, stamps);
                if (stamps == OTHERWISE) {
                    return OTHERWISE;
                }
                next = plan.prefix(stamps);
            }
            last = prefix;
            lastAt = nameAt;
            lastLength = nameLength;
            at = end;
            count++;
        }
        if (count == 0 || count > LabelTable.MOST || !Utf8.ascii(bytes, ascii, at)) {
            return OTHERWISE;
        }
        for (; stamps < plan.count(); stamps++) {
            change(stamps, at, at, plan);
        }
        return at;
    }

    /** Places the stamps whose names are not behind that of the label just read. Returns the next one. */
    private int stampsUpTo(byte[] bytes, int at, int end, StampPlan plan, int first) {
        for (int next = first; next < plan.count(); next++) {
            int order = plan.compareName(next, bytes, label.nameAt, label.nameLength);
            if (order > 0) {
                return next;
            }
            if (order < 0) {
                change(next, at, at, plan);
            } else if (plan.sameValue(next, bytes, label.valueAt, label.valueLength)) {
                return next + 1;
            } else {
                switch (plan.verdict(next)) {
                    case OVERWRITE -> change(next, at, end, plan);
                    case KEEP -> {}
                    case REJECT -> {
                        return OTHERWISE;
                    }
                }
                return next + 1;
            }
        }
        return plan.count();
    }

    private void change(int label, int start, int end, StampPlan plan) {
        stamp[changes] = label;
        from[changes] = start;
        to[changes] = end;
        changes++;
        growth += plan.fieldLength(label) - (end - start);
    }

    /** The end of a label with name and value of 1 to some 120 bytes, in this order; -1 when it is otherwise. */
    private static int usualEnd(byte[] bytes, int at, int bodyTo) {
        int length = bytes[at + 1];
        int nameLength = bytes[at + 3];
        int end = at + 2 + length;
        int valueField = at + 4 + nameLength;
        int valueLength = end - valueField - 2;
        boolean usual = (length | (nameLength - 1) | (valueLength - 1)) >= 0
                && end <= bodyTo
                && bytes[at + 2] == Protobuf.NAME
                && bytes[valueField] == Protobuf.VALUE
                && bytes[valueField + 1] == valueLength;
        return usual ? end : -1;
    }

    /** Reads a label of any form, UTF-8 included. False when it has no name or no value, or is not valid. */
    private boolean longLabel(byte[] bytes, int at, int bodyTo) throws WholeFault {
        in.open(bytes, at + 1);
        labelEnd = in.contentEnd(bodyTo);
        label.read(in, labelEnd);
        return label.nameLength > 0
                && label.valueLength > 0
                && Utf8.valid(bytes, label.nameAt, label.nameAt + label.nameLength)
                && Utf8.valid(bytes, label.valueAt, label.valueAt + label.valueLength);
    }
}
