package io.ringgate.bench;

import io.ringgate.hashring.Algorithm;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.HashringFile;
import io.ringgate.hashring.InvalidRing;
import io.ringgate.hashring.Placement;
import io.ringgate.hashring.PlacementFailure;
import io.ringgate.hashring.Ring;
import io.ringgate.hashring.SeriesHash;
import io.ringgate.hashring.XxHash64;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Where a series lies: 30 endpoints in three zones, three replicas, series of 12 labels. Figures are a series. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
public class RingBench {

    private static final int SERIES = 2000;

    /** So many that the processor does not learn the way of each look-up by heart. */
    private static final int WRITES = 64;

    private static final String TENANT = "team-shop";
    private static final int LABEL_TAG = 0x0a;

    /** A tag and a length of two bytes. */
    private static final int SERIES_HEAD = 3;

    @Param
    private Neighbours neighbours = Neighbours.UNLIKE;

    private final SeriesHash hash = new SeriesHash();
    private final int[] replicas = new int[3];
    private final long[][] hashes = new long[WRITES][SERIES];
    private final long[] walked = new long[SERIES];
    private final byte[][] flat = new byte[SERIES][];
    private int turn;
    private byte[] write = new byte[0];
    private List<Hashring> rings = List.of();
    private Placement placement = rings("[]");
    private Placement sharded = placement;

    @Setup(Level.Trial)
    public void series() throws PlacementFailure {
        SplittableRandom random = new SplittableRandom(30);
        Arrays.setAll(hashes, i -> random.longs(SERIES).toArray());
        String endpoints = IntStream.range(0, 30)
                .mapToObj(i -> "{\"address\":\"thanos-receive-" + i
                        + ".thanos-receive.monitoring.svc:10901\",\"az\":\"z" + i % 3 + "\"}")
                .collect(Collectors.joining(",", "\"endpoints\":[", "]"));
        placement = rings("[{" + endpoints + "}]");
        rings = placement.rings();
        sharded = rings("[{" + endpoints + ",\"shuffle_sharding_config\":{\"shard_size\":6}}]");
        hash.tenant(TENANT);
        write = neighbours.write(SERIES);
        int at = 0;
        for (int i = 0; i < SERIES; i++) {
            flat[i] = flat(at);
            if (hashSeries(at, next(at)) != XxHash64.hash(flat[i], 0, flat[i].length)) {
                throw new IllegalStateException("the two ways give different hashes");
            }
            at = next(at);
        }
    }

    private static Placement rings(String json) {
        try {
            return Placement.of(
                    HashringFile.read(json.getBytes(StandardCharsets.UTF_8)).rings(), Algorithm.KETAMA, 3);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    @OperationsPerInvocation(SERIES)
    public int lookUp() throws PlacementFailure {
        return lookUp(placement.ring(TENANT), next());
    }

    /** In a shard of two endpoints a zone. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public int lookUpInShard() throws PlacementFailure {
        return lookUp(sharded.ring(TENANT), next());
    }

    /** First all hashes of the write, then all places: a look-up that misses a cache holds up no hashing. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public int hashAndLookUp() throws PlacementFailure {
        hash.tenant(TENANT);
        int at = 0;
        for (int i = 0; i < SERIES; i++) {
            int next = next(at);
            walked[i] = hashSeries(at, next);
            at = next;
        }
        return lookUp(placement.ring(TENANT), walked);
    }

    private long[] next() {
        turn = (turn + 1) % WRITES;
        return hashes[turn];
    }

    private int lookUp(Ring ring, long[] series) throws PlacementFailure {
        int sum = 0;
        for (long one : series) {
            ring.replicas(one, replicas);
            sum += replicas[0] + replicas[1] + replicas[2];
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(SERIES)
    public long hashAlone() {
        long sum = 0;
        hash.tenant(TENANT);
        int at = 0;
        for (int i = 0; i < SERIES; i++) {
            int next = next(at);
            sum += hashSeries(at, next);
            at = next;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(SERIES)
    public long flatHash() {
        long sum = 0;
        for (byte[] one : flat) {
            sum += XxHash64.hash(one, 0, one.length);
        }
        return sum;
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Placement build() throws InvalidRing {
        return Placement.of(rings, Algorithm.KETAMA, 3);
    }

    private long hashSeries(int from, int to) {
        hash.begin();
        hash.labels(write, from + SERIES_HEAD, to);
        return hash.digest();
    }

    private int next(int seriesAt) {
        return seriesAt + SERIES_HEAD + ((write[seriesAt + 1] & 0x7f) | (write[seriesAt + 2] << 7));
    }

    /** The very bytes that are hashed, side by side. */
    private byte[] flat(int seriesAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(TENANT.getBytes(StandardCharsets.UTF_8));
        bytes.write(0xff);
        for (int at = seriesAt + SERIES_HEAD; write[at] == LABEL_TAG; at += 2 + write[at + 1]) {
            int nameLength = write[at + 3];
            int valueLength = write[at + 5 + nameLength];
            bytes.write(write, at + 4, nameLength);
            bytes.write(0xff);
            bytes.write(write, at + 6 + nameLength, valueLength);
            bytes.write(0xff);
        }
        return bytes.toByteArray();
    }
}
