package io.ringgate.wire;

import static io.ringgate.wire.Messages.label;
import static io.ringgate.wire.Messages.plan;
import static io.ringgate.wire.Messages.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.LabelNames;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a sender's label that is stamped with another value and renamed; tidy series and others alike. */
class RenameTest {

    private static final byte[] POINT = Messages.sample(1, 1_700_000_000_000L);
    private static final StampPlan CLUSTER = plan("cluster", "edge-1", "RENAME");

    private final WriteCodec codec = new WriteCodec(LabelNames.UTF8);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_senders_goes_on_as_exported(boolean tidy) {
        assertThat(sent(tidy, CLUSTER, "__name__", "up", "cluster", "kafka", "job", "j"))
                .isEqualTo(labels("__name__", "up", "cluster", "edge-1", "exported_cluster", "kafka", "job", "j"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_new_name_may_sort_before_labels_that_were_passed(boolean tidy) {
        assertThat(sent(tidy, plan("region", "here", "RENAME"), "__name__", "up", "job", "j", "region", "there"))
                .isEqualTo(labels("__name__", "up", "exported_region", "there", "job", "j", "region", "here"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void equal_values_are_no_conflict(boolean tidy) {
        EncodedWrite.Ready ready = code(tidy, CLUSTER, SeriesLimits.NONE, "__name__", "up", "cluster", "edge-1");

        assertThat(ready.unchanged()).isTrue();
        assertThat(ready.tally().conflicts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stamped_names_are_taken_and_shorter_names_go_first(boolean tidy) {
        StampPlan both = plan("a", "ours", "RENAME", "exported_a", "ours", "RENAME");

        assertThat(sent(tidy, both, "a", "1", "exported_a", "2"))
                .isEqualTo(labels(
                        "a",
                        "ours",
                        "exported_a",
                        "ours",
                        "exported_exported_a",
                        "1",
                        "exported_exported_exported_a",
                        "2"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eight_prefixes_are_the_most(boolean tidy) {
        assertThat(sent(tidy, CLUSTER, taken(7))).isEqualTo(labels(stampedWithSeven()));

        WriteCounts tally = code(tidy, CLUSTER, SeriesLimits.NONE, taken(8)).tally();

        assertThat(tally.refusedBy()).isEqualTo(Map.of(SeriesFault.NAMES_TAKEN, 1));
        assertThat(tally.conflicts()).isEqualTo(Map.of("cluster", 1));
        assertThat(tally.firstFault())
                .contains("label \"cluster\" is stamped with another value and cannot be renamed")
                .contains("exported_cluster");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void limits_judge_the_senders_own_labels(boolean tidy) {
        SeriesLimits limits = new SeriesLimits(2, 8, 6, Long.MIN_VALUE, Long.MAX_VALUE, false);

        EncodedWrite.Ready ready = code(tidy, CLUSTER, limits, "__name__", "up", "cluster", "kafka");

        assertThat(ready.tally().refusedSeries()).isZero();
        assertThat(Messages.unpack(ready))
                .isEqualTo(series(labels("__name__", "up", "cluster", "edge-1", "exported_cluster", "kafka"), POINT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RENAME", "OVERWRITE", "KEEP", "REJECT"})
    void conflicts_are_counted_whatever_is_done_about_them(String verdict) {
        StampPlan plan = plan("cluster", "edge-1", verdict, "zone", "z", verdict);

        assertThat(code(true, plan, SeriesLimits.NONE, "__name__", "up", "cluster", "kafka", "zone", "z")
                        .tally()
                        .conflicts())
                .isEqualTo(Map.of("cluster", 1));
    }

    private static String[] taken(int prefixes) {
        String[] pairs = new String[2 * prefixes + 2];
        for (int i = 0; i <= prefixes; i++) {
            pairs[2 * i] = "exported_".repeat(i) + "cluster";
            pairs[2 * i + 1] = "v" + i;
        }
        return sorted(pairs);
    }

    private static String[] stampedWithSeven() {
        String[] pairs = Arrays.copyOf(taken(7), 18);
        for (int i = 0; i < 16; i += 2) {
            pairs[i + 1] = pairs[i].equals("cluster") ? "edge-1" : pairs[i + 1];
        }
        pairs[16] = "exported_".repeat(8) + "cluster";
        pairs[17] = "v0";
        return sorted(pairs);
    }

    private static String[] sorted(String[] pairs) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map.entrySet().stream()
                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                .toArray(String[]::new);
    }

    private static byte[] labels(String... pairs) {
        byte[][] fields = new byte[pairs.length / 2][];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = label(pairs[2 * i], pairs[2 * i + 1]);
        }
        return Messages.join(fields);
    }

    private byte[] sent(boolean tidy, StampPlan plan, String... pairs) {
        byte[] out = Messages.unpack(code(tidy, plan, SeriesLimits.NONE, pairs));
        Oracle.Series series = Oracle.read(out).series().getFirst();
        return Messages.join(
                series.labels().stream().map(l -> label(l.name(), l.value())).toArray(byte[][]::new));
    }

    private EncodedWrite.Ready code(boolean tidy, StampPlan plan, SeriesLimits limits, String... pairs) {
        byte[] message = tidy ? series(labels(pairs), POINT) : series(POINT, labels(pairs));
        byte[] packed = Messages.pack(message);
        return (EncodedWrite.Ready) codec.code(packed, 0, packed.length, plan, limits);
    }
}
