package io.ringgate.bench;

import io.ringgate.edge.LabelNames;
import io.ringgate.wire.EncodedWrite;
import io.ringgate.wire.PointLimits;
import io.ringgate.wire.SeriesLimits;
import io.ringgate.wire.StampPlan;
import io.ringgate.wire.WriteCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.xerial.snappy.Snappy;

/** The codec over one write: as a whole, and snappy alone. Divide by {@code series} for the cost of one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders"})
public class CodecBench {

    private static final Map<String, String> STAMPS = Map.of("cluster", "cluster-02-edge", "tenant", "team-shop");

    private static final Map<String, String> CONFLICT = Map.of("cluster", "kafka-7");

    /** Everything is limited and nothing goes beyond it. */
    private static final PointLimits POINTS = new PointLimits(100, 2_000, 1_000);

    private static final SeriesLimits ALL =
            new SeriesLimits(40, 64, 512, SampleWrite.TIME - 60_000, SampleWrite.TIME + 60_000, false, POINTS, POINTS);

    @Param({"10", "2000"})
    private int series;

    private final WriteCodec codec = new WriteCodec(LabelNames.UTF8);
    private final StampPlan plan = plan(StampPlan.Verdict.OVERWRITE);
    private final StampPlan renaming = plan(StampPlan.Verdict.RENAME);
    private byte[] bare = new byte[0];
    private byte[] stamped = new byte[0];
    private byte[] aTenthConflicts = new byte[0];
    private byte[] allConflict = new byte[0];
    private byte[] raw = new byte[0];
    private byte[] target = new byte[0];

    @Setup(Level.Trial)
    public void messages() throws IOException {
        raw = SampleWrite.of(series, Map.of());
        bare = Snappy.compress(raw);
        stamped = Snappy.compress(SampleWrite.of(series, STAMPS));
        aTenthConflicts = Snappy.compress(conflicting(10));
        allConflict = Snappy.compress(conflicting(1));
        target = new byte[Math.max(raw.length, Snappy.maxCompressedLength(raw.length))];
    }

    private byte[] conflicting(int oneOf) {
        return SampleWrite.of(series, i -> {
            SortedMap<String, String> labels = SampleWrite.labels(i % SampleWrite.METRICS, i / SampleWrite.METRICS);
            labels.putAll(i % oneOf == 0 ? CONFLICT : Map.of());
            return labels;
        });
    }

    /** Two labels go into every series. */
    @Benchmark
    public EncodedWrite stamp() {
        return codec.code(bare, 0, bare.length, plan, SeriesLimits.NONE);
    }

    /** The sender has set both already: nothing is copied or packed. */
    @Benchmark
    public EncodedWrite nothingToStamp() {
        return codec.code(stamped, 0, stamped.length, plan, SeriesLimits.NONE);
    }

    /** The same two under all limits of a series. */
    @Benchmark
    public EncodedWrite stampWithinLimits() {
        return codec.code(bare, 0, bare.length, plan, ALL);
    }

    @Benchmark
    public EncodedWrite nothingToStampWithinLimits() {
        return codec.code(stamped, 0, stamped.length, plan, ALL);
    }

    /** The same as {@link #stamp} with a tenth of the series in conflict: theirs goes on as {@code exported_cluster}. */
    @Benchmark
    public EncodedWrite stampATenthInConflict() {
        return codec.code(aTenthConflicts, 0, aTenthConflicts.length, renaming, SeriesLimits.NONE);
    }

    @Benchmark
    public EncodedWrite stampAllInConflict() {
        return codec.code(allConflict, 0, allConflict.length, renaming, SeriesLimits.NONE);
    }

    @Benchmark
    public int unpackAlone() throws IOException {
        return Snappy.rawUncompress(bare, 0, bare.length, target, 0);
    }

    @Benchmark
    public int packAlone() throws IOException {
        return Snappy.rawCompress(raw, 0, raw.length, target, 0);
    }

    private static StampPlan plan(StampPlan.Verdict verdict) {
        StampPlan.Builder builder = StampPlan.builder();
        STAMPS.forEach((name, value) ->
                builder.label(name.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8), verdict));
        return builder.build();
    }
}
