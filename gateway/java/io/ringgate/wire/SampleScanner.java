package io.ringgate.wire;

/**
 * What a series carries besides its labels: counts it, checks its structure, and checks its times and the content of
 * exemplars and histograms.
 */
final class SampleScanner {

    private static final long HIGH_BITS = 0x8080808080808080L;

    private final ContentCounter contents = new ContentCounter();

    private int samples;
    private int histograms;
    private int exemplars;
    private int emptyExemplars;
    private int buckets;
    private int spans;
    private boolean unknown;
    private PointLimits limits = PointLimits.NONE;
    private boolean timed;
    private long oldest;
    private long newest;

    /** Whether the times of plain samples are checked from now on; those of all others always are. */
    void checkTimes(boolean atTimes) {
        timed = atTimes;
    }

    /** The limits that {@link #check} applies from now on. */
    void hold(PointLimits most) {
        limits = most;
    }

    void clear() {
        if ((histograms | exemplars) != 0) {
            contents.clear();
            emptyExemplars = 0;
            buckets = 0;
            spans = 0;
        }
        samples = 0;
        histograms = 0;
        exemplars = 0;
        oldest = Long.MAX_VALUE;
        newest = Long.MIN_VALUE;
    }

    int samples() {
        return samples;
    }

    int histograms() {
        return histograms;
    }

    int exemplars() {
        return exemplars;
    }

    /** Exemplars that hold nothing: neither labels nor value nor time. */
    int emptyExemplars() {
        return emptyExemplars;
    }

    /** The buckets of the histogram that has the most. */
    int buckets() {
        return buckets;
    }

    /** The spans of the histogram that has the most. */
    int spans() {
        return spans;
    }

    /** What a receiver holds of exemplars and histograms once they are decoded, in bytes. */
    long decoded() {
        return contents.decoded();
    }

    /** True when the last {@link #field} is none of a series, which is not sent on. */
    boolean unknown() {
        return unknown;
    }

    /** The earliest time of a sample or histogram, in Unix milliseconds; later than any when there is none. */
    long oldest() {
        return oldest;
    }

    /** The latest time of a sample or histogram, in Unix milliseconds; earlier than any when there is none. */
    long newest() {
        return newest;
    }

    /**
     * Goes over what follows the labels. Returns false when another label or an unknown field comes up, or too much of
     * something.
     */
    boolean check(FieldReader in, byte[] bytes, int from, int to) throws WriteRefusedException {
        int at = from;
        while (at < to) {
            int end = usualSample(bytes, at, to);
            if (end > 0) {
                samples++;
                at = end;
                continue;
            }
            in.open(bytes, at);
            int tag = in.tag(to);
            if (tag >>> 3 == 1) {
                return false;
            }
            field(in, at, tag, to);
            if (unknown || !within(limits)) {
                return false;
            }
            at = in.at();
        }
        return true;
    }

    private boolean within(PointLimits most) {
        return emptyExemplars == 0
                && exemplars <= most.exemplars()
                && buckets <= most.buckets()
                && spans <= most.spans();
    }

    /** Goes over one field of a series that is not a label, whose tag at {@code start} was just read. */
    void field(FieldReader in, int start, int tag, int end) throws WriteRefusedException {
        unknown = false;
        switch (tag >>> 3) {
            case 2 -> {
                samples++;
                recordTime(message(MessageSchema.SAMPLE, in, start, tag, end));
            }
            case 3 -> {
                exemplars++;
                message(MessageSchema.EXEMPLAR, in, start, tag, end);
                emptyExemplars += contents.empty() ? 1 : 0;
            }
            case 4 -> {
                histograms++;
                recordTime(message(MessageSchema.HISTOGRAM, in, start, tag, end));
                buckets = Math.max(buckets, contents.buckets());
                spans = Math.max(spans, contents.spans());
            }
            default -> {
                unknown = true;
                in.skip(tag, end);
            }
        }
    }

    private void recordTime(long time) {
        oldest = Math.min(oldest, time);
        newest = Math.max(newest, time);
    }

    private long message(MessageSchema shape, FieldReader in, int start, int tag, int end)
            throws WriteRefusedException {
        MessageSchema.expect(start, tag, FieldReader.LEN, "a series");
        contents.beginMessage();
        return shape.check(in, in.contentEnd(end), contents);
    }

    /**
     * Looks at a sample as every sender writes it: the value unless it is 0, then a time of at most eight bytes. Returns
     * its end, or -1 for any other field; {@link MessageSchema} then checks it.
     */
    private int usualSample(byte[] bytes, int at, int to) {
        int length = bytes[at + 1];
        int end = at + 2 + length;
        if (bytes[at] != Protobuf.SAMPLE || length < 2 || end > to) {
            return -1;
        }
        int time = bytes[at + 2] == Protobuf.SAMPLE_VALUE ? at + 11 : at + 2;
        long word = Bytes.little(bytes, time + 1);
        long stop = ~word & HIGH_BITS;
        if (bytes[time] != Protobuf.TIMESTAMP || stop == 0) {
            return -1;
        }
        int last = Long.numberOfTrailingZeros(stop) >>> 3;
        boolean shortest = last == 0 || ((word >>> (8 * last)) & 0xff) != 0;
        if (!shortest || time + 2 + last != end) {
            return -1;
        }
        if (timed) {
            recordTime(FieldReader.joined(word & (stop ^ (stop - 1))));
        }
        return end;
    }
}
