package io.ringgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

class SampleWritesTest {

    @Test
    void a_series_is_as_big_as_a_real_one() {
        SampleWrites.Body body = SampleWrites.body(2_000, 12, 1_700_000_000_000L, new SplittableRandom(1));

        assertThat(body.series()).isEqualTo(2_000);
        assertThat(body.unpacked() / 2_000).isBetween(330, 350);
        assertThat(body.packed().length / 2_000).isBetween(32, 40);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12, 30})
    void every_series_has_its_labels_sorted_and_one_sample(int labels) throws IOException {
        SampleWrites.Body body = SampleWrites.body(100, labels, 1_700_000_000_000L, new SplittableRandom(1));

        List<Series> series = read(body);

        assertThat(series).hasSize(100).allSatisfy(one -> {
            assertThat(one.names).hasSize(labels).isSorted().doesNotHaveDuplicates();
            assertThat(one.timestamps).containsExactly(1_700_000_000_000L);
        });
    }

    @Test
    void series_differ_from_each_other_and_stay_from_write_to_write() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<String> first = read(SampleWrites.body(500, 12, 1, random)).stream()
                .map(Series::identity)
                .toList();

        List<String> second = read(SampleWrites.body(500, 12, 2, random)).stream()
                .map(Series::identity)
                .toList();

        assertThat(first).doesNotHaveDuplicates().isEqualTo(second);
    }

    private record Series(List<String> names, List<String> values, List<Long> timestamps) {
        String identity() {
            return names + " " + values;
        }
    }

    private static List<Series> read(SampleWrites.Body body) throws IOException {
        CodedInputStream write = CodedInputStream.newInstance(Snappy.uncompress(body.packed()));
        List<Series> all = new ArrayList<>();
        while (!write.isAtEnd()) {
            assertThat(write.readTag()).isEqualTo(1 << 3 | 2);
            all.add(series(write.readBytes().newCodedInput()));
        }
        return all;
    }

    private static Series series(CodedInputStream in) throws IOException {
        Series series = new Series(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        while (!in.isAtEnd()) {
            boolean label = in.readTag() >>> 3 == 1;
            CodedInputStream inner = in.readBytes().newCodedInput();
            inner.readTag();
            if (label) {
                series.names.add(inner.readString());
                inner.readTag();
                series.values.add(inner.readString());
            } else {
                inner.readDouble();
                inner.readTag();
                series.timestamps.add(inner.readInt64());
            }
        }
        return series;
    }
}
