package io.ringgate.wire;

import static io.ringgate.wire.Messages.join;
import static io.ringgate.wire.Messages.label;
import static io.ringgate.wire.Messages.len;
import static io.ringgate.wire.Messages.number;
import static io.ringgate.wire.Messages.pack;
import static io.ringgate.wire.Messages.plan;
import static io.ringgate.wire.Messages.sample;
import static io.ringgate.wire.Messages.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.LabelNames;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit of a series, at the limit and one beyond it, for labels in order and in any other. */
class SeriesLimitsTest {

    private static final int ANY = Integer.MAX_VALUE;
    private static final long NOW = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    private static final byte[] UP = label("__name__", "up");
    private static final byte[] JOB = label("job", "node");
    private static final byte[] POD = label("pod", "api-0");
    private static final byte[] EMPTY = label("very_long_name_without_a_value", "");
    private static final byte[] POINT = sample(1, NOW);
    private static final byte[] GOOD = series(label("a", "b"), POINT);
    private static final StampPlan CLUSTER = plan("cluster_of_a_long_name", "edge-1", "OVERWRITE");

    private final WriteCodec codec = new WriteCodec(LabelNames.UTF8);

    @Test
    void labels_are_counted() {
        for (byte[] labels : new byte[][] {join(UP, JOB, POD), join(POD, UP, JOB), join(UP, EMPTY, JOB, POD)}) {
            passes(labels(3), series(labels, POINT));
            refuses(
                    labels(2),
                    series(labels, POINT),
                    SeriesFault.TOO_MANY_LABELS,
                    "series 2 {__name__=\"up\",...}: 3 labels, max_labels_per_series allows 2");
        }
    }

    @Test
    void more_labels_than_the_table_holds_are_refused_even_when_observed() {
        byte[][] many = new byte[5_000][];
        for (int i = 0; i < many.length; i++) {
            many[i] = label("l" + (10_000 + i), "v");
        }
        SeriesLimits observed = new SeriesLimits(40, ANY, ANY, Long.MIN_VALUE, Long.MAX_VALUE, true);

        refuses(observed, series(many), SeriesFault.TOO_MANY_LABELS, "series 2: 5000 labels, at most 4096 are allowed");
    }

    @Test
    void names_are_measured() {
        for (byte[] labels : new byte[][] {join(UP, JOB), join(JOB, UP), join(UP, EMPTY, JOB)}) {
            passes(names(8), series(labels, POINT));
            refuses(
                    names(7),
                    series(labels, POINT),
                    SeriesFault.NAME_TOO_LONG,
                    "series 2 {__name__=\"up\",...}: label \"__name__\" has a name of 8 bytes, max_label_name_length allows 7");
        }
    }

    @Test
    void values_are_measured_in_bytes() {
        for (byte[] labels : new byte[][] {
            join(UP, label("pod", "größe!")),
            join(label("pod", "größe!"), UP),
            join(UP, EMPTY, label("pod", "12345678"))
        }) {
            passes(values(8), series(labels, POINT));
            refuses(
                    values(7),
                    series(labels, POINT),
                    SeriesFault.VALUE_TOO_LONG,
                    "series 2 {__name__=\"up\",...}: label \"pod\" has a value of 8 bytes, max_label_value_length allows 7");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 63, 64, 100, 118, 119, 120, 121, 122, 123, 126, 127, 128, 129, 200, 3000, 20_000})
    void lengths_around_each_form_of_a_label_are_true(int length) {
        byte[] name = series(UP, label("n".repeat(length), "v"), POINT);
        byte[] value = series(UP, label("n", "v".repeat(length)), POINT);

        passes(names(Math.max(length, 8)), name);
        passes(values(length), value);
        if (length > 8) {
            refuses(names(length - 1), name, SeriesFault.NAME_TOO_LONG, " has a name of " + length + " bytes, ");
        }
        refuses(values(length - 1), value, SeriesFault.VALUE_TOO_LONG, " has a value of " + length + " bytes, ");
    }

    @Test
    void a_stamp_that_the_sender_has_set_already_counts_as_his_and_one_that_goes_in_does_not() {
        byte[] stamp = label("cluster_of_a_long_name", "edge-1");
        SeriesLimits names = names(12);

        byte[] inserted = Messages.unpack(code(names, series(UP, JOB, POINT), CLUSTER));
        EncodedWrite.Ready sent = code(names, series(UP, stamp, JOB, POINT), CLUSTER);
        EncodedWrite.Ready counted = code(labels(2), series(UP, stamp, JOB, POINT), CLUSTER);

        assertThat(inserted).isEqualTo(series(UP, stamp, JOB, POINT));
        assertThat(sent.tally().refusedBy()).isEqualTo(Map.of(SeriesFault.NAME_TOO_LONG, 1));
        assertThat(counted.tally().refusedBy()).isEqualTo(Map.of(SeriesFault.TOO_MANY_LABELS, 1));
    }

    @Test
    void samples_and_histograms_have_an_age_and_exemplars_have_none() {
        byte[] histogram = len(4, number(1, 1), number(15, NOW));
        byte[] timeFirst = len(2, number(2, NOW), Messages.i64(1, 1));
        for (byte[] point : new byte[][] {POINT, histogram, timeFirst}) {
            for (byte[] labels : new byte[][] {join(UP, JOB), join(JOB, UP)}) {
                passes(times(NOW, NOW), series(labels, Messages.exemplar(), point));
                refuses(
                        times(NOW + 1, Long.MAX_VALUE),
                        series(labels, point, sample(1, NOW + 5)),
                        SeriesFault.TOO_OLD,
                        "series 2 {__name__=\"up\",...}: a sample of 2026-11-20T10:00:00Z is older than this tenant's"
                                + " max_sample_age allows");
                refuses(
                        times(Long.MIN_VALUE, NOW - 1),
                        series(labels, sample(1, NOW - 5), point),
                        SeriesFault.TOO_NEW,
                        "series 2 {__name__=\"up\",...}: a sample of 2026-11-20T10:00:00Z is further in the future than"
                                + " this tenant's max_sample_future allows");
            }
        }
    }

    @Test
    void a_sample_without_a_time_is_of_1970_and_of_two_times_the_last_counts() {
        byte[] none = series(UP, len(2, Messages.i64(1, 1)));
        byte[] two = series(UP, len(2, number(2, 1), number(2, NOW)));

        passes(times(0, 0), none);
        refuses(times(1, NOW), none, SeriesFault.TOO_OLD, "a sample of 1970-01-01T00:00:00Z is older");
        passes(times(NOW, NOW), two);
    }

    @Test
    void the_time_of_every_length_of_number_is_read_alike() {
        for (int bit = 0; bit < 64; bit++) {
            for (long time :
                    new long[] {1L << bit, (1L << bit) - 1, -(1L << bit), ~(1L << bit) >>> 1, 0x5555L << bit}) {
                byte[] message = series(UP, sample(1, time));
                assertThat(fault(times(time, time), message)).as("%d", time).isEmpty();
                if (time > Long.MIN_VALUE) {
                    assertThat(fault(times(Long.MIN_VALUE, time - 1), message))
                            .as("%d", time)
                            .isEqualTo(Map.of(SeriesFault.TOO_NEW, 1));
                }
                if (time < Long.MAX_VALUE) {
                    assertThat(fault(times(time + 1, Long.MAX_VALUE), message))
                            .as("%d", time)
                            .isEqualTo(Map.of(SeriesFault.TOO_OLD, 1));
                }
            }
        }
    }

    @Test
    void groups_of_seven_bits_join_to_the_number_that_they_are() {
        long groups = 0x7f7f_7f7f_7f7f_7f7fL;
        for (int bit = 0; bit < 56; bit++) {
            long number = (1L << bit) | 1;
            assertThat(FieldReader.joined(Long.expand(number, groups))).isEqualTo(number);
            assertThat(FieldReader.joined(Long.expand((1L << bit) - 1, groups))).isEqualTo((1L << bit) - 1);
        }
        assertThat(FieldReader.joined(groups)).isEqualTo((1L << 56) - 1);
        assertThat(FieldReader.joined(-1)).isEqualTo((1L << 56) - 1);
    }

    @Test
    void what_is_observed_is_counted_and_goes_on_as_it_came() {
        SeriesLimits observed = new SeriesLimits(2, 7, 3, NOW + 1, Long.MAX_VALUE, true);
        byte[] message = join(series(UP, JOB, POD, POINT), series(UP, POINT), series(label("a", "b"), POINT));

        EncodedWrite.Ready ready = code(observed, message, plan());

        assertThat(ready.unchanged()).isTrue();
        assertThat(ready.tally().refusedSeries()).isZero();
        assertThat(ready.tally().refusedBy()).isEmpty();
        assertThat(ready.tally().firstFault()).isNull();
        assertThat(ready.tally().samples()).isEqualTo(3);
        assertThat(ready.tally().observedBy())
                .isEqualTo(
                        Map.of(SeriesFault.TOO_MANY_LABELS, 1, SeriesFault.NAME_TOO_LONG, 1, SeriesFault.TOO_OLD, 1));
    }

    @Test
    void what_is_observed_is_stamped_and_faults_of_form_are_refused_still() {
        SeriesLimits observed = new SeriesLimits(1, ANY, ANY, Long.MIN_VALUE, Long.MAX_VALUE, true);
        byte[] twice = series(UP, UP, JOB, POINT);

        EncodedWrite.Ready ready = code(observed, join(series(UP, JOB, POINT), twice), CLUSTER);

        assertThat(Messages.unpack(ready)).isEqualTo(series(UP, label("cluster_of_a_long_name", "edge-1"), JOB, POINT));
        assertThat(ready.tally().observedBy()).isEqualTo(Map.of(SeriesFault.TOO_MANY_LABELS, 1));
        assertThat(ready.tally().refusedBy()).isEqualTo(Map.of(SeriesFault.DUPLICATE_NAME, 1));
    }

    @Test
    void exemplars_of_a_series_are_counted() {
        byte[] two = join(Messages.exemplar(), Messages.exemplar());
        for (byte[] labels : new byte[][] {join(UP, JOB), join(JOB, UP)}) {
            passes(points(2, ANY, ANY), series(labels, POINT, two));
            refuses(
                    points(1, ANY, ANY),
                    series(labels, POINT, two),
                    SeriesFault.TOO_MANY_EXEMPLARS,
                    "series 2 {__name__=\"up\",...}: 2 exemplars, max_exemplars_per_series allows 1");
        }
    }

    @Test
    void buckets_and_spans_are_those_of_one_histogram() {
        byte[] small = len(4, len(11, number(2, 1)), len(12, new byte[1]), number(15, NOW));
        byte[] deltas = len(4, len(8, number(2, 1)), len(9, new byte[1]), len(11), len(12, new byte[2]));
        byte[] counts = len(4, len(8), len(11), len(10, new byte[8]), Messages.i64(13, 0), Messages.i64(13, 0));
        byte[] bounds = len(4, len(8), len(11), len(12, new byte[2]), len(16, new byte[16]), Messages.i64(16, 1));
        for (byte[] histogram : new byte[][] {deltas, counts, bounds}) {
            for (byte[] labels : new byte[][] {join(UP, JOB), join(JOB, UP)}) {
                byte[] series = series(labels, small, histogram, small, small);
                passes(points(ANY, 3, 2), series);
                refuses(
                        points(ANY, 2, ANY),
                        series,
                        SeriesFault.TOO_MANY_BUCKETS,
                        "a histogram of 3 buckets, max_histogram_buckets allows 2");
                refuses(
                        points(ANY, ANY, 1),
                        series,
                        SeriesFault.TOO_MANY_SPANS,
                        "a histogram of 2 spans, max_histogram_spans allows 1");
            }
        }
    }

    @Test
    void an_exemplar_of_defaults_alone_is_a_fault_and_one_with_anything_in_it_is_none() {
        byte[] unknown = number(9, 1);
        for (byte[] empty : new byte[][] {
            len(3),
            len(3, number(3, 0)),
            len(3, Messages.i64(2, 0)),
            len(3, len(1)),
            len(3, len(1, len(1), len(2)), number(3, 0), unknown)
        }) {
            for (byte[] labels : new byte[][] {join(UP, JOB), join(JOB, UP)}) {
                refuses(
                        SeriesLimits.NONE,
                        series(labels, Messages.exemplar(), POINT, empty),
                        SeriesFault.EMPTY_EXEMPLAR,
                        "an exemplar without labels, value and time");
            }
        }
        byte[] empty = series(UP, len(3));
        assertThat(fault(new SeriesLimits(ANY, ANY, ANY, Long.MIN_VALUE, Long.MAX_VALUE, true), empty))
                .isEqualTo(Map.of(SeriesFault.EMPTY_EXEMPLAR, 1));
        for (byte[] some : new byte[][] {
            len(3, number(3, 1)), len(3, Messages.i64(2, -0.0)), len(3, label("a", "")), len(3, len(1, len(2, POINT)))
        }) {
            passes(SeriesLimits.NONE, series(UP, POINT, some));
        }
    }

    @Test
    void what_is_observed_goes_on_up_to_what_is_enforced() {
        SeriesLimits observed = new SeriesLimits(
                ANY,
                ANY,
                ANY,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                true,
                new PointLimits(2, ANY, ANY),
                new PointLimits(1, ANY, ANY));
        byte[] two = series(UP, Messages.exemplar(), Messages.exemplar());
        byte[] three = series(UP, Messages.exemplar(), Messages.exemplar(), Messages.exemplar());

        EncodedWrite.Ready ready = code(observed, join(two, three), plan());

        assertThat(Messages.unpack(ready)).isEqualTo(two);
        assertThat(ready.tally().observedBy()).isEqualTo(Map.of(SeriesFault.TOO_MANY_EXEMPLARS, 1));
        assertThat(ready.tally().refusedBy()).isEqualTo(Map.of(SeriesFault.TOO_MANY_EXEMPLARS, 1));
        assertThat(ready.tally().firstFault()).endsWith("3 exemplars, max_exemplars_per_series allows 2");
        assertThat(ready.tally().exemplars()).isEqualTo(2);
    }

    @Test
    void limits_hold_for_one_write_and_not_for_the_next() {
        refuses(
                labels(1),
                series(UP, JOB, POINT),
                SeriesFault.TOO_MANY_LABELS,
                "2 labels, max_labels_per_series allows 1");
        passes(SeriesLimits.NONE, series(UP, JOB, POINT));
    }

    private static SeriesLimits labels(int most) {
        return new SeriesLimits(most, ANY, ANY, Long.MIN_VALUE, Long.MAX_VALUE, false);
    }

    private static SeriesLimits names(int longest) {
        return new SeriesLimits(ANY, longest, ANY, Long.MIN_VALUE, Long.MAX_VALUE, false);
    }

    private static SeriesLimits values(int longest) {
        return new SeriesLimits(ANY, ANY, longest, Long.MIN_VALUE, Long.MAX_VALUE, false);
    }

    private static SeriesLimits points(int exemplars, int buckets, int spans) {
        PointLimits points = new PointLimits(exemplars, buckets, spans);
        return new SeriesLimits(ANY, ANY, ANY, Long.MIN_VALUE, Long.MAX_VALUE, false, points, points);
    }

    private static SeriesLimits times(long oldest, long newest) {
        return new SeriesLimits(ANY, ANY, ANY, oldest, newest, false);
    }

    private void passes(SeriesLimits limits, byte[] message) {
        assertThat(fault(limits, message)).isEmpty();
    }

    private Map<SeriesFault, Integer> fault(SeriesLimits limits, byte[] message) {
        return code(limits, message, plan()).tally().refusedBy();
    }

    /** Alone of three series the one at fault is left out, with its samples. */
    private void refuses(SeriesLimits limits, byte[] faulty, SeriesFault fault, String words) {
        EncodedWrite.Ready alone = code(limits, faulty, plan());
        assertThat(alone.tally().refusedBy()).isEqualTo(Map.of(fault, 1));
        assertThat(alone.tally().samples() + alone.tally().histograms()).isZero();

        byte[] good = fault == SeriesFault.TOO_OLD || fault == SeriesFault.TOO_NEW ? series(label("a", "b")) : GOOD;
        EncodedWrite.Ready among = code(limits, join(good, faulty, good), plan());
        assertThat(Messages.unpack(among)).isEqualTo(join(good, good));
        assertThat(among.tally().firstFault()).contains(words);
        assertThat(among.tally().refusedSeries()).isEqualTo(1);
        assertThat(among.tally().observedBy()).isEmpty();
    }

    private EncodedWrite.Ready code(SeriesLimits limits, byte[] message, StampPlan plan) {
        byte[] packed = pack(message);
        return (EncodedWrite.Ready) codec.code(packed, 0, packed.length, plan, limits);
    }
}
