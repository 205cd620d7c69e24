package io.ringgate.wire;

import io.ringgate.edge.LabelNames;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * The one walk over an unpacked write request: every series is checked, stamped and counted as the walk passes it.
 * Allocates nothing unless a series is refused.
 */
final class MessageWalk {

    private final FieldReader in = new FieldReader();
    private final SeriesWalk quick;
    private final SlowPathSeries careful;
    private final FaultCounts refused = new FaultCounts();
    private final FaultCounts observed = new FaultCounts();
    private final ConflictCounts conflicts = new ConflictCounts();
    private @Nullable String firstFault;

    /** Of the series that are refused by time, as {@link TimeGaps} has it. */
    private long leastTooOld;

    private long leastTooNew;
    private StampPlan plan = StampPlan.builder().build();
    private SeriesLimits limits = SeriesLimits.NONE;

    private int series;
    private long samples;
    private long histograms;
    private long exemplars;
    private int metadata;
    private int emptyMetadata;

    /** Of the series that go on, with the stamps. */
    private long labels;

    /** What a receiver holds of exemplars, histograms and metadata. */
    private long deeper;

    private final ContentCounter contents = new ContentCounter();

    MessageWalk(LabelNames names) {
        quick = new SeriesWalk(names);
        careful = new SlowPathSeries(names);
    }

    WriteCounts tally() {
        return new WriteCounts(
                series,
                refused.total(),
                samples,
                histograms,
                exemplars,
                metadata,
                emptyMetadata,
                DecodedSize.of(series - refused.total(), labels, samples, deeper),
                refused.byFault(),
                observed.byFault(),
                conflicts.byLabel(plan),
                new TimeGaps(leastTooOld, leastTooNew),
                firstFault);
    }

    /** Walks the message of {@code end} bytes, which {@code out} was begun with. */
    void walk(byte[] bytes, int end, StampPlan plan, SeriesLimits limits, StampedOutput out)
            throws WriteRefusedException {
        series = 0;
        samples = 0;
        histograms = 0;
        exemplars = 0;
        metadata = 0;
        emptyMetadata = 0;
        labels = 0;
        deeper = 0;
        refused.clear();
        observed.clear();
        conflicts.clear();
        firstFault = null;
        leastTooOld = TimeGaps.NEVER;
        leastTooNew = TimeGaps.NEVER;
        this.plan = plan;
        this.limits = limits;
        quick.hold(limits);
        int at = 0;
        while (at < end) {
            if (bytes[at] == Protobuf.SERIES) {
                int bodyFrom = at + 2;
                int length = bytes[at + 1];
                int second = bytes[at + 2];
                if (length < 0 && second > 0) {
                    length = (length & 0x7f) | second << 7;
                    bodyFrom = at + 3;
                }
                int bodyTo = bodyFrom + length;
                if (length < 0 || bodyTo > end) {
                    in.open(bytes, at + 1);
                    bodyTo = in.contentEnd(end);
                    bodyFrom = in.at();
                }
                series(bytes, at, bodyFrom, bodyTo, plan, out);
                at = bodyTo;
            } else {
                at = other(bytes, at, end, out);
            }
        }
        if (end > 0 && series == 0 && metadata == 0) {
            throw WriteRefusedException.malformed(
                    "neither series nor metadata in the message: not a remote write 1.0 request");
        }
        if (series > limits.maxSeries()) {
            throw new WriteRefusedException(
                    new Rejection.TooMany(Limit.MAX_SERIES_PER_WRITE, limits.maxSeries(), series));
        }
        if (out.changed()) {
            out.keep(end);
        }
    }

    private void series(byte[] bytes, int at, int bodyFrom, int bodyTo, StampPlan plan, StampedOutput out)
            throws WriteRefusedException {
        series++;
        if (series > limits.maxSeries()) {
            return;
        }
        if (quick.walk(bytes, bodyFrom, bodyTo, plan)) {
            count(quick.points(), quick.labels());
            conflicts.add(quick.conflicts());
            if (quick.changed()) {
                quick.write(out, at);
            }
            return;
        }
        SeriesFault fault = careful.walk(bytes, bodyFrom, bodyTo, plan);
        conflicts.add(careful.conflicts());
        if (fault == null) {
            fault = careful.excess(limits.enforcedPoints());
        }
        if (fault != null) {
            refuse(fault, bytes, at, bodyTo, out);
            return;
        }
        SeriesFault excess = careful.excess(limits);
        if (excess != null) {
            if (!limits.observe()) {
                refuse(excess, bytes, at, bodyTo, out);
                return;
            }
            observed.add(excess);
        }
        count(careful.points(), careful.labels());
        if (careful.changed()) {
            careful.write(out, bytes, at, bodyFrom, bodyTo, plan);
        }
    }

    /** Leaves a series out. Only the first gets a message. */
    private void refuse(SeriesFault fault, byte[] bytes, int at, int bodyTo, StampedOutput out)
            throws WriteRefusedException {
        if (refused.total() == 0) {
            firstFault = FaultMessage.of(fault, series, bytes, careful, limits);
        }
        refused.add(fault);
        switch (fault) {
            case TOO_OLD ->
                leastTooOld =
                        Math.min(leastTooOld, TimeGaps.between(careful.points().oldest(), limits.oldestMillis()));
            case TOO_NEW ->
                leastTooNew = Math.min(
                        leastTooNew,
                        TimeGaps.between(limits.newestMillis(), careful.points().newest()));
            default -> {}
        }
        out.keep(at);
        out.skipTo(bodyTo);
    }

    private void count(SampleScanner points, int labelsThen) {
        labels += labelsThen;
        deeper += points.decoded();
        samples += points.samples();
        histograms += points.histograms();
        exemplars += points.exemplars();
    }

    /** Goes over a field that is not a series, and returns where the next begins. An unknown one is left out. */
    private int other(byte[] bytes, int at, int end, StampedOutput out) throws WriteRefusedException {
        in.open(bytes, at);
        int tag = in.tag(end);
        switch (tag >>> 3) {
            case 1 -> MessageSchema.expect(at, tag, FieldReader.LEN, "a write request");
            case 3 -> {
                MessageSchema.expect(at, tag, FieldReader.LEN, "a write request");
                contents.clear();
                MessageSchema.METADATA.check(in, in.contentEnd(end), contents);
                metadata++;
                emptyMetadata += contents.empty() ? 1 : 0;
                deeper += contents.decoded();
            }
            case 4, 5 ->
                throw new WriteRefusedException(new Rejection.Plain(
                        Reason.WRONG_MEDIA_TYPE,
                        "remote write 2.0 message with the media type of 1.0:"
                                + " set protobuf_message to prometheus.WriteRequest in the sender's remote_write"));
            default -> {
                in.skip(tag, end);
                out.keep(at);
                out.skipTo(in.at());
            }
        }
        return in.at();
    }
}
