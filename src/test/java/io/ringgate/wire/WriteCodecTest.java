package io.ringgate.wire;

import static io.ringgate.wire.Messages.bytes;
import static io.ringgate.wire.Messages.join;
import static io.ringgate.wire.Messages.label;
import static io.ringgate.wire.Messages.metadata;
import static io.ringgate.wire.Messages.pack;
import static io.ringgate.wire.Messages.plan;
import static io.ringgate.wire.Messages.sample;
import static io.ringgate.wire.Messages.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.LabelNames;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of one write, rule by rule. */
class WriteCodecTest {

    private static final byte[] UP = label("__name__", "up");
    private static final byte[] JOB = label("job", "node");
    private static final byte[] POINT = sample(1, 1_700_000_000_000L);
    private static final byte[][] UNKNOWN = {
        Messages.number(20, 300),
        Messages.i64(70, 1),
        Messages.i32(60, 1),
        Messages.len(200_000_000, bytes(1, 2, 3)),
        Messages.len(536_870_911)
    };
    private static final StampPlan NONE = plan();
    private static final StampPlan CLUSTER = plan("cluster", "edge-1", "OVERWRITE");

    private final WriteCodec codec = new WriteCodec(LabelNames.UTF8);

    @Test
    void a_stamp_goes_in_at_its_sorted_place() {
        byte[] out = sent(codec, series(UP, JOB, POINT), CLUSTER);

        assertThat(out).isEqualTo(series(UP, label("cluster", "edge-1"), JOB, POINT));
    }

    @Test
    void stamps_go_in_before_the_first_and_behind_the_last_label() {
        byte[] out = sent(codec, series(UP, JOB, POINT), plan("A", "1", "REJECT", "zone", "2", "KEEP"));

        assertThat(out).isEqualTo(series(label("A", "1"), UP, JOB, label("zone", "2"), POINT));
    }

    @Test
    void a_write_that_is_stamped_already_goes_on_as_it_came() {
        byte[] packed = pack(series(UP, label("cluster", "edge-1"), JOB, POINT));

        EncodedWrite.Ready ready = ready(codec.code(packed, 0, packed.length, CLUSTER, SeriesLimits.NONE));

        assertThat(ready.unchanged()).isTrue();
        assertThat(ready.bytes()).isSameAs(packed);
        assertThat(ready.length()).isEqualTo(packed.length);
    }

    @Test
    void a_label_of_the_sender_is_overwritten_kept_or_refuses_its_series() {
        byte[] message = series(UP, label("cluster", "other"), JOB, POINT);

        byte[] overwritten = sent(codec, message, plan("cluster", "edge-1", "OVERWRITE"));
        byte[] kept = sent(codec, message, plan("cluster", "edge-1", "KEEP"));
        WriteCounts refused =
                code(codec, message, plan("cluster", "edge-1", "REJECT")).tally();

        assertThat(overwritten).isEqualTo(series(UP, label("cluster", "edge-1"), JOB, POINT));
        assertThat(kept).isEqualTo(message);
        assertThat(refused.refusedBy()).isEqualTo(Map.of(SeriesFault.CONFLICT, 1));
        assertThat(refused.firstFault())
                .isEqualTo("series 1 {__name__=\"up\",...}: label \"cluster\" is set to \"other\","
                        + " which is not this edge's value");
    }

    @Test
    void an_empty_label_counts_as_absent_and_is_left_out() {
        byte[] out = sent(codec, series(UP, label("a", ""), label("cluster", ""), JOB, label("a", "x")), CLUSTER);

        assertThat(out).isEqualTo(series(UP, label("a", "x"), label("cluster", "edge-1"), JOB));
    }

    @Test
    void unsorted_labels_are_sorted_and_come_before_everything_else() {
        byte[] unknown = Messages.number(9, 7);

        byte[] out = sent(codec, series(POINT, JOB, unknown, UP, Messages.histogram()), NONE);

        assertThat(out).isEqualTo(series(UP, JOB, POINT, Messages.histogram()));
    }

    @Test
    void only_the_series_at_fault_is_left_out() {
        byte[] good = series(UP, JOB, POINT);
        byte[] twice = series(UP, JOB, label("job", "x"), POINT, POINT);

        EncodedWrite.Ready ready = code(codec, join(good, twice, good), NONE);

        assertThat(Messages.unpack(ready)).isEqualTo(join(good, good));
        assertThat(ready.tally().series()).isEqualTo(3);
        assertThat(ready.tally().refusedSeries()).isEqualTo(1);
        assertThat(ready.tally().samples()).isEqualTo(2);
        assertThat(ready.tally().firstFault())
                .isEqualTo("series 2 {__name__=\"up\",...}: duplicate label name \"job\"");
    }

    @Test
    void each_fault_of_a_series_has_its_name() {
        assertThat(fault(series(POINT))).isEqualTo(SeriesFault.NO_LABELS);
        assertThat(fault(series(label("a", ""), POINT))).isEqualTo(SeriesFault.NO_LABELS);
        assertThat(fault(series())).isEqualTo(SeriesFault.NO_LABELS);
        assertThat(fault(series(label("", "x"), UP))).isEqualTo(SeriesFault.EMPTY_NAME);
        assertThat(fault(series(Messages.len(1, Messages.len(2, bytes('x')))))).isEqualTo(SeriesFault.EMPTY_NAME);
        assertThat(fault(series(UP, UP))).isEqualTo(SeriesFault.DUPLICATE_NAME);
        assertThat(fault(series(label(bytes('a', 0xff), bytes('x'))))).isEqualTo(SeriesFault.NOT_UTF8);
        assertThat(fault(series(label(bytes('a'), bytes(0xc0, 0x80))))).isEqualTo(SeriesFault.NOT_UTF8);
        assertThat(fault(series(label(bytes('a'), bytes(0xed, 0xa0, 0x80))))).isEqualTo(SeriesFault.NOT_UTF8);
    }

    @Test
    void a_name_outside_ascii_passes_unless_names_are_legacy() {
        WriteCodec legacy = new WriteCodec(LabelNames.LEGACY);
        byte[] message = series(UP, label("größe", "1"), POINT);

        assertThat(code(codec, message, NONE).unchanged()).isTrue();
        assertThat(code(legacy, message, NONE).tally().refusedBy()).isEqualTo(Map.of(SeriesFault.BAD_NAME, 1));
        assertThat(code(legacy, series(UP, JOB, POINT), NONE).unchanged()).isTrue();
    }

    @Test
    void more_labels_than_any_series_has_are_a_fault_of_the_series() {
        byte[] labels = many(5000);

        assertThat(fault(series(labels))).isEqualTo(SeriesFault.TOO_MANY_LABELS);
        assertThat(code(codec, series(many(4096)), NONE).unchanged()).isTrue();
    }

    @Test
    void all_series_refused_leaves_the_metadata() {
        EncodedWrite.Ready ready = code(codec, join(series(POINT), metadata("up")), CLUSTER);

        assertThat(Messages.unpack(ready)).isEqualTo(metadata("up"));
        assertThat(ready.tally().refusedSeries()).isEqualTo(ready.tally().series());
        assertThat(ready.tally().metadata()).isEqualTo(1);
    }

    @Test
    void an_empty_message_is_ready_with_nothing_in_it() {
        EncodedWrite.Ready ready = ready(codec.code(bytes(0), 0, 1, CLUSTER, SeriesLimits.NONE));

        assertThat(ready.unchanged()).isTrue();
        assertThat(ready.tally().empty()).isTrue();
    }

    @Test
    void unknown_fields_of_a_write_and_of_a_series_are_left_out() {
        byte[] stamped = series(UP, label("cluster", "edge-1"), POINT);
        for (byte[] unknown : UNKNOWN) {
            for (byte[] message : new byte[][] {
                join(unknown, stamped),
                join(stamped, unknown),
                series(unknown, UP, label("cluster", "edge-1"), POINT),
                series(UP, unknown, label("cluster", "edge-1"), POINT),
                series(UP, label("cluster", "edge-1"), unknown, POINT),
                series(UP, label("cluster", "edge-1"), POINT, unknown),
                series(UP, unknown, POINT, unknown)
            }) {
                EncodedWrite.Ready ready = code(codec, message, CLUSTER);

                assertThat(ready.unchanged()).isFalse();
                assertThat(Messages.unpack(ready)).isEqualTo(stamped);
            }
        }
        assertThat(sent(codec, join(Messages.number(2, 1), stamped), CLUSTER)).isEqualTo(stamped);
    }

    @Test
    void unknown_fields_further_down_pass_untouched() {
        for (byte[] unknown : UNKNOWN) {
            byte[] sample = Messages.len(2, Messages.i64(1, 1), unknown);
            byte[] exemplar = Messages.len(3, Messages.i64(2, 1), unknown);
            byte[] histogram = Messages.len(4, unknown, Messages.len(8, unknown));
            byte[] message =
                    join(series(UP, sample, exemplar, histogram), Messages.len(3, Messages.number(1, 1), unknown));

            assertThat(code(codec, message, NONE).unchanged()).isTrue();
        }
    }

    @Test
    void a_write_of_unknown_fields_alone_is_none() {
        byte[] packed = pack(Messages.number(9, 300));

        EncodedWrite coded = codec.code(packed, 0, packed.length, NONE, SeriesLimits.NONE);

        assertThat(coded).isInstanceOf(EncodedWrite.Faulty.class);
    }

    @Test
    void a_series_may_grow_past_a_byte_of_length() {
        byte[] long1 = label("pod", "p".repeat(100));

        byte[] out = sent(codec, series(UP, long1), plan("zone", "z".repeat(300), "OVERWRITE"));

        assertThat(out).isEqualTo(series(UP, long1, label("zone", "z".repeat(300))));
    }

    @Test
    void stamps_may_be_many_times_as_large_as_the_message() {
        byte[] large = label("cluster", "v".repeat(8_000));

        byte[] out = sent(codec, many(200, series(UP)), plan("cluster", "v".repeat(8_000), "OVERWRITE"));

        assertThat(out).isEqualTo(many(200, series(UP, large)));
    }

    @Test
    void more_series_than_a_write_may_have_are_counted_and_refused() {
        SeriesLimits two = new SeriesLimits(
                40, 40, 40, Long.MIN_VALUE, Long.MAX_VALUE, false, PointLimits.NONE, PointLimits.NONE, 2);
        byte[] few = pack(many(2, series(UP)));
        byte[] packed = pack(join(many(5, series(UP)), metadata("up")));

        assertThat(codec.code(few, 0, few.length, CLUSTER, two)).isInstanceOf(EncodedWrite.Ready.class);
        assertThat(codec.code(packed, 0, packed.length, CLUSTER, two))
                .isEqualTo(new EncodedWrite.Faulty(new Rejection.TooMany(Limit.MAX_SERIES_PER_WRITE, 2, 5)));
    }

    @Test
    void the_declared_size_is_checked_before_anything_else() {
        byte[] liar = join(Messages.varint(1L << 30), bytes(0));

        EncodedWrite coded = codec.code(liar, 0, liar.length, NONE, SeriesLimits.NONE);

        assertThat(((EncodedWrite.Faulty) coded).rejection())
                .isEqualTo(new Rejection.TooLarge(Limit.MAX_UNPACKED, WriteCodec.LARGEST, 1L << 30));
    }

    @Test
    void what_is_not_a_snappy_block_is_malformed_and_says_so() {
        assertNotSnappy(bytes());
        assertNotSnappy(bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
        assertNotSnappy(bytes(0x80, 0x00));
        assertNotSnappy(bytes(60, 0));
        assertNotSnappy("hello, this is no block".getBytes(StandardCharsets.US_ASCII));
        assertNotSnappy(bytes(0, 1, 2, 3));
    }

    private void assertNotSnappy(byte[] body) {
        EncodedWrite coded = codec.code(body, 0, body.length, NONE, SeriesLimits.NONE);

        Rejection rejection = ((EncodedWrite.Faulty) coded).rejection();
        assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(rejection.sentence()).startsWith("malformed snappy block: ");
    }

    private static byte[] many(int labels) {
        byte[][] all = new byte[labels][];
        for (int i = 0; i < labels; i++) {
            all[i] = label("l" + (10_000 + i), "v");
        }
        return join(all);
    }

    private static byte[] many(int times, byte[] field) {
        byte[][] all = new byte[times][];
        Arrays.fill(all, field);
        return join(all);
    }

    private SeriesFault fault(byte[] message) {
        WriteCounts tally = code(codec, message, NONE).tally();
        assertThat(tally.refusedSeries()).isEqualTo(1);
        assertThat(tally.firstFault()).startsWith("series 1");
        return tally.refusedBy().keySet().iterator().next();
    }

    private static byte[] sent(WriteCodec codec, byte[] message, StampPlan plan) {
        return Messages.unpack(code(codec, message, plan));
    }

    private static EncodedWrite.Ready code(WriteCodec codec, byte[] message, StampPlan plan) {
        byte[] packed = pack(message);
        return ready(codec.code(packed, 0, packed.length, plan, SeriesLimits.NONE));
    }

    private static EncodedWrite.Ready ready(EncodedWrite coded) {
        assertThat(coded).isInstanceOf(EncodedWrite.Ready.class);
        return (EncodedWrite.Ready) coded;
    }
}
