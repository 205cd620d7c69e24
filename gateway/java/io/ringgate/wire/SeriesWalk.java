package io.ringgate.wire;

import io.ringgate.edge.LabelNames;

/**
 * One series as every well-behaved sender writes it: labels first, sorted, each with a name and a value. Checks it and finds
 * where stamps go, in one pass that only adds up lengths and compares eight bytes a label. Anything else is left to {@link
 * SlowPathSeries}.
 *
 * <pre>
 *   the body of a series                        0a LL  0a NN n n n n  12 VV v v v      one label
 *                                               \__ quad __/ \_ name's first eight bytes: its prefix
 *   | label | label | label | label | label | samples, exemplars, histograms |
 *   |\______ run ______/|       |\__ run __/|
 *   bodyFrom            |       |           labels() returns here; SampleScanner reads the rest
 *                    stampAt or closer: a stamp's place, or a label that needs a closer look
 *
 *   run       the prefixes rise and stay below the next stamp's: nothing else is looked at
 *   stampAt   the stamp is there already, or goes in front of this label
 *   closer    long or unusual labels, equal prefixes, conflicts
 *   LabelChanges   the stamps by place; write() copies what is between them as it came
 * </pre>
 */
final class SeriesWalk {

    private static final int OTHERWISE = -1;
    private static final int UNKNOWN = -1;
    private static final int TAKEN = -1;

    /** The tags of a label and of its name, with zero for the lengths between and behind. */
    private static final int USUAL_HEAD = (Protobuf.NAME << 16) | Protobuf.LABEL;

    private final FieldReader in = new FieldReader();
    private final LabelField label = new LabelField();
    private final SampleScanner points = new SampleScanner();
    private final boolean legacyNames;

    private int mostLabels;
    private int longestName;
    private int longestValue;
    private long oldest;
    private long newest;

    private final LabelChanges changes = new LabelChanges();
    private StampPlan plan = StampPlan.builder().build();
    private int bodyFrom;
    private int bodyTo;

    /** How many labels came. */
    private int labels;

    /** Negative when one of them was too long. */
    private int slack;

    /** The next stamp to place. */
    private int stamps;

    /** The prefix of the last label's name, and where that name is, unless it is {@link #UNKNOWN}. */
    private long last;

    private int lastAt;
    private int lastLength;
    private int runFrom;

    /** Labels from here on are not known to be ASCII yet. */
    private int asciiFrom;

    SeriesWalk(LabelNames names) {
        legacyNames = names == LabelNames.LEGACY;
    }

    SampleScanner points() {
        return points;
    }

    /** How many labels the series has once it is written. */
    int labels() {
        return labels + changes.moreLabels();
    }

    boolean changed() {
        return changes.any();
    }

    /** One bit for each stamped label that the sender has set to another value. */
    long conflicts() {
        return changes.conflicts();
    }

    /** The limits of the series from now on; one beyond them takes the slow path, which says what is wrong. */
    void hold(SeriesLimits limits) {
        mostLabels = Math.min(limits.maxLabels(), LabelTable.MOST);
        longestName = limits.maxNameLength();
        longestValue = limits.maxValueLength();
        points.checkTimes(limits.timed());
        points.hold(limits.points());
        oldest = limits.oldestMillis();
        newest = limits.newestMillis();
    }

    /** Goes over the body of a series. False when it needs the slow path. */
    boolean walk(byte[] bytes, int bodyFrom, int bodyTo, StampPlan plan) throws WriteRefusedException {
        changes.clear(plan);
        points.clear();
        this.bodyFrom = bodyFrom;
        this.bodyTo = bodyTo;
        this.plan = plan;
        int behind = labels(bytes);
        return behind != OTHERWISE
                && points.check(in, bytes, behind, bodyTo)
                && points.oldest() >= oldest
                && points.newest() <= newest;
    }

    /** Writes the series with its stamps; what follows its last change stays to be kept. */
    void write(StampedOutput out, int seriesAt) throws WriteRefusedException {
        out.series(seriesAt, bodyTo - bodyFrom + changes.growth());
        out.skipTo(bodyFrom);
        changes.write(out);
    }

    /** Goes over the labels in front, and returns where they end. */
    private int labels(byte[] bytes) throws WriteRefusedException {
        labels = 0;
        slack = 0;
        stamps = 0;
        last = 0;
        lastAt = bodyFrom;
        lastLength = 0;
        asciiFrom = bodyFrom;
        int at = bodyFrom;
        while (true) {
            at = run(bytes, at);
            if (at >= bodyTo || bytes[at] != Protobuf.LABEL) {
                break;
            }
            int behind = stampAt(bytes, at);
            if (behind == OTHERWISE) {
                behind = closer(bytes, at);
            }
            if (behind == OTHERWISE) {
                return OTHERWISE;
            }
            at = behind;
        }
        boolean within = ((mostLabels - labels) | slack) >= 0;
        if (!within || at == bodyFrom || at > bodyTo || !Utf8.ascii(bytes, asciiFrom, at)) {
            return OTHERWISE;
        }
        for (; stamps < plan.count(); stamps++) {
            changes.insert(stamps, at);
        }
        return changes.renamed().count() == 0 || rename(bytes, at) ? at : OTHERWISE;
    }

    /** Names and places the labels that are renamed, among those that end at a place. False when a name cannot be found. */
    private boolean rename(byte[] bytes, int labelsEnd) throws WriteRefusedException {
        RenamedLabels renamed = changes.renamed();
        for (int which = 0; which < renamed.count(); which++) {
            int place = TAKEN;
            for (int many = 1; place == TAKEN && many <= StampPlan.MOST_PREFIXES; many++) {
                renamed.prefix(which, many);
                place = changes.has(which) ? TAKEN : placeOf(bytes, renamed, which, labelsEnd);
            }
            if (place == TAKEN) {
                return false;
            }
            changes.insertRenamed(which, place);
        }
        return true;
    }

    /** Where the first label is whose name is above a renamed one's; {@link #TAKEN} when one has that very name. */
    private int placeOf(byte[] bytes, RenamedLabels renamed, int which, int labelsEnd) throws WriteRefusedException {
        int at = bodyFrom;
        while (at < labelsEnd) {
            int end = read(bytes, at);
            int order = renamed.compare(which, label.nameAt, label.nameLength);
            if (order <= 0) {
                return order == 0 ? TAKEN : at;
            }
            at = end;
        }
        return at;
    }

    /**
     * Goes over usual labels: name and value of 1 to some 120 bytes in this order, the name's first
     * eight bytes above those of the one before and below those of the next stamp. Stops at the first other field.
     *
     * <p>Prefixes are compared as signed numbers: one that begins with a byte above 127 is negative and stops the run.
     * The end of the body is only looked at between labels; a label past it shows in the result. All heads together, bit
     * by bit, are no less than the longest name and the longest label: they mostly tell that no length needs a look.
     */
    private int run(byte[] bytes, int from) {
        int bodyTo = this.bodyTo;
        long next = plan.prefix(stamps);
        int at = from;
        long prefix = legacyNames || last < 0 ? Long.MAX_VALUE : last;
        int labels = this.labels;
        int heads = 0;
        while (at < bodyTo) {
            int head = Bytes.quad(bytes, at);
            int nameLength = (head >>> 24) & 0x7f;
            int end = at + 2 + ((head >>> 8) & 0x7f);
            int value = ((end - at - nameLength) << 8) + (Protobuf.VALUE - 0x600);
            long here = NameOrder.shortPrefix(bytes, at + 4, nameLength);
            if ((head & 0x80ff80ff) != USUAL_HEAD
                    || Bytes.pair(bytes, at + 4 + nameLength) != value
                    || value < 0x100
                    || here <= prefix
                    || here >= next) {
                break;
            }
            prefix = here;
            at = end;
            labels++;
            heads |= head;
        }
        if (at > from) {
            last = prefix;
            lastAt = UNKNOWN;
            runFrom = from;
            this.labels = labels;
            if (heads >>> 24 > longestName || (heads >>> 8 & 0x7f) > longestValue) {
                measure(bytes, from, at);
            }
        }
        return at;
    }

    /** Holds the labels of a run to the limits, one by one. */
    private void measure(byte[] bytes, int from, int to) {
        int end;
        for (int at = from; at < to; at = end) {
            end = at + 2 + bytes[at + 1];
            hold(bytes[at + 3], end - at - 6 - bytes[at + 3]);
        }
    }

    private void hold(int nameLength, int valueLength) {
        slack |= (longestName - nameLength) | (longestValue - valueLength);
    }

    /** Finds the name of the last label of the run that ended at a place. */
    private void findLast(byte[] bytes, int place) {
        int before = runFrom;
        for (int at = before; at < place; at += 2 + bytes[at + 1]) {
            before = at;
        }
        lastAt = before + 4;
        lastLength = bytes[before + 3];
    }

    /**
     * The two usual cases at the next stamp: its very label is there already, or it belongs in front of the label
     * at this place. Returns where to go on, which is this place again after an insertion.
     */
    private int stampAt(byte[] bytes, int at) {
        StampPlan plan = this.plan;
        long next = plan.prefix(stamps);
        if (legacyNames || stamps == plan.count() || last < 0 || next <= last) {
            return OTHERWISE;
        }
        int length = plan.fieldLength(stamps);
        if (bytes[at + 1] + 2 == length
                && at + length <= bodyTo
                && Bytes.same(plan.encoded, plan.fieldAt(stamps), bytes, at, length)) {
            last = next;
            lastAt = at + 4;
            lastLength = bytes[at + 3];
            hold(lastLength, length - 6 - lastLength);
            labels++;
            stamps++;
            return at + length;
        }
        boolean usual = (Bytes.quad(bytes, at) & 0x80ff80ff) == USUAL_HEAD;
        if (usual && NameOrder.shortPrefix(bytes, at + 4, bytes[at + 3]) > next) {
            changes.insert(stamps++, at);
            return at;
        }
        return OTHERWISE;
    }

    /** Reads the label at a place, and returns its end. */
    private int read(byte[] bytes, int at) throws WriteRefusedException {
        int end = usualEnd(bytes, at, bodyTo);
        if (end >= 0) {
            label.usual(at, bytes[at + 3], end);
            return end;
        }
        return readWhole(bytes, at);
    }

    /** The same with a label of any legal form. */
    private int readWhole(byte[] bytes, int at) throws WriteRefusedException {
        in.open(bytes, at + 1);
        int end = in.contentEnd(bodyTo);
        label.read(in, end);
        return end;
    }

    /** Goes over one label at which a run stopped, and returns its end. */
    private int closer(byte[] bytes, int at) throws WriteRefusedException {
        int end = usualEnd(bytes, at, bodyTo);
        if (end >= 0) {
            label.usual(at, bytes[at + 3], end);
        } else {
            end = readWhole(bytes, at);
            if (!wholeAndValid(bytes) || !Utf8.ascii(bytes, asciiFrom, at)) {
                return OTHERWISE;
            }
            asciiFrom = end;
        }
        int nameAt = label.nameAt;
        int nameLength = label.nameLength;
        long prefix = NameOrder.prefix(bytes, nameAt, nameLength);
        int order = Long.compareUnsigned(prefix, last);
        if (order == 0 && lastAt == UNKNOWN) {
            findLast(bytes, at);
        }
        if (order < 0
                || (order == 0 && NameOrder.compare(bytes, nameAt, nameLength, bytes, lastAt, lastLength) <= 0)
                || (legacyNames && !NameOrder.legacy(bytes, nameAt, nameLength))
                || !stampsUpTo(bytes, at, end, prefix)) {
            return OTHERWISE;
        }
        last = prefix;
        lastAt = nameAt;
        lastLength = nameLength;
        hold(nameLength, label.valueLength);
        labels++;
        return end;
    }

    /** True when a label that was read as a whole has a name and a value, both valid. */
    private boolean wholeAndValid(byte[] bytes) {
        return label.nameLength > 0
                && label.valueLength > 0
                && Utf8.valid(bytes, label.nameAt, label.nameAt + label.nameLength)
                && Utf8.valid(bytes, label.valueAt, label.valueAt + label.valueLength);
    }

    /**
     * Places the stamps whose names are not behind that of the label just read. False on a conflict that needs the slow
     * path.
     */
    private boolean stampsUpTo(byte[] bytes, int at, int end, long prefix) {
        while (stamps < plan.count()) {
            int order = Long.compareUnsigned(plan.prefix(stamps), prefix);
            if (order == 0) {
                order = plan.compareName(stamps, bytes, label.nameAt, label.nameLength);
            }
            if (order > 0) {
                return true;
            }
            if (order < 0) {
                changes.insert(stamps++, at);
                continue;
            }
            int same = stamps++;
            return plan.sameValue(same, bytes, label.valueAt, label.valueLength) || conflict(bytes, same, at, end);
        }
        return true;
    }

    /** The label just read is stamped with another value. False when the series is refused for it. */
    private boolean conflict(byte[] bytes, int stamp, int at, int end) {
        changes.conflict(stamp);
        switch (plan.verdict(stamp)) {
            case RENAME -> {
                changes.replace(stamp, at, end);
                changes.rename(bytes, stamp, label.valueAt, label.valueLength);
            }
            case OVERWRITE -> changes.replace(stamp, at, end);
            case KEEP -> {}
            case REJECT -> {
                return false;
            }
        }
        return true;
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
}
