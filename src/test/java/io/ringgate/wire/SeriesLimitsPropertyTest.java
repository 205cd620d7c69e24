package io.ringgate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.ringgate.edge.LabelNames;
import io.ringgate.wire.Oracle.Label;
import io.ringgate.wire.Oracle.Message;
import io.ringgate.wire.Oracle.Series;
import io.ringgate.wire.Oracle.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Limits of a series against a slow account of the same bytes, and the quick walk against the careful one. */
class SeriesLimitsPropertyTest {

    private static final long SEED = 20261121;
    private static final long TIME = 1_700_000_000_000L;

    private final WriteCodec codec = new WriteCodec(LabelNames.UTF8);

    @Test
    void what_is_refused_observed_and_counted_is_what_the_slow_account_says() {
        int faulty = 0;
        for (long seed = SEED; seed < SEED + 6_000; seed++) {
            RandomWrites writes = new RandomWrites(seed);
            List<Stamp> stamps = writes.stamps();
            byte[] message = writes.message();
            SeriesLimits limits = limits(new SplittableRandom(~seed));
            byte[] packed = Messages.pack(message);

            EncodedWrite coded = codec.code(packed, 0, packed.length, Oracle.plan(stamps), limits);

            Account account = Account.of(Oracle.read(message), stamps, limits);
            EncodedWrite.Ready went = (EncodedWrite.Ready) coded;
            assertThat(Oracle.read(Messages.unpack(went))).as("seed %d", seed).isEqualTo(account.sent);
            WriteCounts tally = went.tally();
            assertThat(tally.refusedSeries()).as("seed %d", seed).isEqualTo(account.refused);
            assertThat(tally.samples()).as("seed %d", seed).isEqualTo(account.samples);
            assertThat(tally.histograms()).as("seed %d", seed).isEqualTo(account.histograms);
            assertThat(tally.decoded()).as("seed %d", seed).isEqualTo(SlowPoints.decoded(account.sent));
            assertThat(atLimits(tally.refusedBy())).as("seed %d", seed).isEqualTo(account.refusedBy);
            assertThat(tally.observedBy()).as("seed %d", seed).isEqualTo(account.observedBy);
            faulty += account.refusedBy.size() + account.observedBy.size();
        }
        assertThat(faulty).as("faults that were met").isGreaterThan(3_000);
    }

    @Test
    void what_the_quick_walk_takes_the_careful_one_finds_within_the_limits() throws WriteRefusedException {
        SeriesWalk quick = new SeriesWalk(LabelNames.UTF8);
        SlowPathSeries careful = new SlowPathSeries(LabelNames.UTF8);
        int taken = 0;
        for (long seed = SEED; seed < SEED + 6_000; seed++) {
            RandomWrites writes = new RandomWrites(seed);
            StampPlan plan = Oracle.plan(writes.stamps());
            SeriesLimits limits = limits(new SplittableRandom(~seed));
            quick.hold(limits);
            for (byte[] body : bodies(writes.message())) {
                byte[] roomy = Messages.join(body, new byte[Bytes.SLACK]);
                boolean quickly = quick.walk(roomy, 0, body.length, plan);
                if (quickly) {
                    taken++;
                    assertThat(careful.walk(roomy, 0, body.length, plan))
                            .as("seed %d", seed)
                            .isNull();
                    assertThat(careful.excess(limits)).as("seed %d", seed).isNull();
                    assertThat(careful.excess(limits.enforcedPoints())).isNull();
                    assertThat(careful.labels()).as("seed %d", seed).isEqualTo(quick.labels());
                    assertThat(careful.points().decoded())
                            .as("seed %d", seed)
                            .isEqualTo(quick.points().decoded());
                }
            }
        }
        assertThat(taken).as("series that went the quick way").isGreaterThan(2_500);
    }

    private static SeriesLimits limits(SplittableRandom random) {
        boolean observe = random.nextInt(3) == 0;
        PointLimits enforced = points(random, 1);
        PointLimits points = observe ? points(random, 0) : enforced;
        return new SeriesLimits(
                random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(14),
                random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(20),
                random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(random.nextBoolean() ? 12 : 420),
                oldest(random),
                random.nextBoolean() ? Long.MAX_VALUE : TIME + random.nextInt(-1_000, 150_000),
                observe,
                enforced,
                new PointLimits(
                        Math.min(points.exemplars(), enforced.exemplars()),
                        Math.min(points.buckets(), enforced.buckets()),
                        Math.min(points.spans(), enforced.spans())));
    }

    private static PointLimits points(SplittableRandom random, int least) {
        return new PointLimits(
                random.nextBoolean() ? Integer.MAX_VALUE : least + random.nextInt(2),
                random.nextBoolean() ? Integer.MAX_VALUE : least + random.nextInt(5),
                random.nextBoolean() ? Integer.MAX_VALUE : least + random.nextInt(2));
    }

    private static long oldest(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> 6;
            case 2 -> -random.nextLong(1L << 62);
            case 3 -> TIME + random.nextInt(-100_000, 100_000);
            default -> Long.MIN_VALUE;
        };
    }

    private static Map<SeriesFault, Integer> atLimits(Map<SeriesFault, Integer> refusedBy) {
        Map<SeriesFault, Integer> some = new EnumMap<>(SeriesFault.class);
        some.putAll(refusedBy);
        some.keySet()
                .retainAll(List.of(
                        SeriesFault.TOO_MANY_LABELS,
                        SeriesFault.NAME_TOO_LONG,
                        SeriesFault.VALUE_TOO_LONG,
                        SeriesFault.TOO_MANY_EXEMPLARS,
                        SeriesFault.TOO_MANY_BUCKETS,
                        SeriesFault.TOO_MANY_SPANS,
                        SeriesFault.TOO_OLD,
                        SeriesFault.TOO_NEW));
        return some;
    }

    private static List<byte[]> bodies(byte[] message) {
        List<byte[]> bodies = new ArrayList<>();
        try {
            CodedInputStream in = CodedInputStream.newInstance(message);
            while (!in.isAtEnd()) {
                int tag = in.readTag();
                if (tag == Protobuf.SERIES) {
                    bodies.add(in.readByteArray());
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bodies;
    }

    /** What must become of a message, series by series. */
    private record Account(
            Message sent,
            int refused,
            long samples,
            long histograms,
            Map<SeriesFault, Integer> refusedBy,
            Map<SeriesFault, Integer> observedBy) {

        static Account of(Message in, List<Stamp> stamps, SeriesLimits limits) {
            Map<SeriesFault, Integer> refusedBy = new EnumMap<>(SeriesFault.class);
            Map<SeriesFault, Integer> observedBy = new EnumMap<>(SeriesFault.class);
            List<Series> going = new ArrayList<>();
            for (Series series : in.series()) {
                Message alone = new Message(List.of(series), List.of());
                List<Series> stamped = Oracle.expected(alone, stamps, false).series();
                if (stamped.isEmpty()) {
                    continue;
                }
                SeriesFault enforced = SlowPoints.of(series).excess(limits.enforcedPoints());
                SeriesFault excess = enforced == null ? excess(series, limits) : enforced;
                boolean refused = enforced != null || (excess != null && !limits.observe());
                if (excess != null) {
                    (refused ? refusedBy : observedBy).merge(excess, 1, Integer::sum);
                }
                if (!refused) {
                    going.addAll(stamped);
                }
            }
            Message sent = new Message(going, in.metadata());
            int refused = in.series().size() - going.size();
            return new Account(
                    sent, refused, fields(going, Protobuf.SAMPLE), fields(going, 0x22), refusedBy, observedBy);
        }

        private static long fields(List<Series> series, int tag) {
            return series.stream()
                    .flatMap(s -> s.others().stream())
                    .filter(f -> f.charAt(0) == tag)
                    .count();
        }

        private static @Nullable SeriesFault excess(Series series, SeriesLimits limits) {
            List<Label> labels =
                    series.labels().stream().filter(l -> !l.value().isEmpty()).toList();
            if (labels.size() > limits.maxLabels()) {
                return SeriesFault.TOO_MANY_LABELS;
            }
            for (Label label : labels) {
                if (label.name().length() > limits.maxNameLength()) {
                    return SeriesFault.NAME_TOO_LONG;
                }
                if (label.value().length() > limits.maxValueLength()) {
                    return SeriesFault.VALUE_TOO_LONG;
                }
            }
            List<Long> times = series.others().stream()
                    .filter(f -> f.charAt(0) == Protobuf.SAMPLE || f.charAt(0) == 0x22)
                    .map(f -> time(f.getBytes(ISO_8859_1), f.charAt(0) == 0x22 ? 15 : 2))
                    .toList();
            if (times.stream().anyMatch(t -> t < limits.oldestMillis())) {
                return SeriesFault.TOO_OLD;
            }
            if (times.stream().anyMatch(t -> t > limits.newestMillis())) {
                return SeriesFault.TOO_NEW;
            }
            return SlowPoints.of(series).excess(limits.points());
        }

        private static long time(byte[] field, int number) {
            long time = 0;
            try {
                CodedInputStream in = CodedInputStream.newInstance(field);
                in.readTag();
                in.readRawVarint32();
                while (!in.isAtEnd()) {
                    int tag = in.readTag();
                    if (tag == Messages.tag(number, WireFormat.WIRETYPE_VARINT)) {
                        time = in.readInt64();
                    } else {
                        in.skipField(tag);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return time;
        }
    }
}
