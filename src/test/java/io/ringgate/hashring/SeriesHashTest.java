package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesHashTest {

    private static final SeriesHash HASH = new SeriesHash();

    static long hash(String tenant, JsonNode labels) {
        SeriesHash hash = new SeriesHash();
        hash.tenant(tenant);
        hash.begin();
        for (JsonNode label : labels) {
            hash.label(label.get(0).textValue(), label.get(1).textValue());
        }
        return hash.digest();
    }

    @Test
    void every_hash_is_that_of_thanos() {
        for (JsonNode recorded : Vectors.lines("series-hash.jsonl.gz")) {
            long hash = hash(recorded.get("tenant").textValue(), recorded.get("labels"));

            assertThat(Long.toUnsignedString(hash))
                    .as("%s", recorded)
                    .isEqualTo(recorded.get("hash").textValue());
        }
    }

    /** One after the other in a single message for each tenant, so that neighbours meet. */
    @Test
    void every_hash_is_that_of_thanos_also_from_the_bytes_of_a_write() {
        LabelWrite write = new LabelWrite("");
        List<JsonNode> series = new ArrayList<>();
        for (JsonNode recorded : Vectors.lines("series-hash.jsonl.gz")) {
            String tenant = recorded.get("tenant").textValue();
            if (!tenant.equals(write.tenant())) {
                assertRecorded(write, series);
                write = new LabelWrite(tenant);
                series.clear();
            }
            List<LabelWrite.Label> labels = new ArrayList<>();
            for (JsonNode label : recorded.get("labels")) {
                labels.add(LabelWrite.Label.of(
                        label.get(0).textValue(), label.get(1).textValue()));
            }
            write.series(labels);
            series.add(recorded);
        }
        assertRecorded(write, series);
    }

    private static void assertRecorded(LabelWrite write, List<JsonNode> series) {
        long[] hashes = write.hashes(HASH, 0);
        for (int i = 0; i < hashes.length; i++) {
            assertThat(Long.toUnsignedString(hashes[i]))
                    .as("%s", series.get(i))
                    .isEqualTo(series.get(i).get("hash").textValue());
        }
    }

    /** However long the pieces are, and wherever they stand in an array, it is one hash over all of them. */
    @Test
    void pieces_of_all_lengths_make_the_hash_of_the_whole() {
        SeriesHash hash = new SeriesHash();
        for (int seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String tenant = "t".repeat(random.nextInt(random.nextBoolean() ? 9 : 9_000));
            hash.tenant(tenant);
            for (int series = 0; series < 3; series++) {
                ByteArrayOutputStream flat = new ByteArrayOutputStream();
                put(flat, tenant.getBytes(StandardCharsets.UTF_8));
                hash.begin();
                int labels = random.nextInt(40);
                for (int i = 0; i < labels; i++) {
                    byte[] name = piece(random);
                    byte[] value = piece(random);
                    put(flat, name);
                    put(flat, value);
                    int nameAt = random.nextInt(20);
                    int valueAt = nameAt + name.length + random.nextInt(4);
                    byte[] around = new byte[valueAt + value.length + random.nextInt(40)];
                    Arrays.fill(around, (byte) 7);
                    System.arraycopy(name, 0, around, nameAt, name.length);
                    System.arraycopy(value, 0, around, valueAt, value.length);
                    hash.label(around, nameAt, name.length, valueAt, value.length);
                }
                assertThat(hash.digest())
                        .as("seed %d, series %d", seed, series)
                        .isEqualTo(XxHash64.hash(flat.toByteArray(), 0, flat.size()));
            }
        }
    }

    @Test
    void a_letter_that_moves_from_name_to_value_changes_the_hash() {
        LabelWrite write = new LabelWrite("t");
        write.series(List.of(LabelWrite.Label.of("a", "bc"), LabelWrite.Label.of("x", "y")));
        write.series(List.of(LabelWrite.Label.of("ab", "c"), LabelWrite.Label.of("x", "y")));
        write.series(List.of(LabelWrite.Label.of("a", "bc"), LabelWrite.Label.of("x", "y")));

        long[] hashes = write.hashes(HASH, 0);

        assertThat(hashes).containsExactly(write.expected());
        assertThat(hashes[1]).isNotEqualTo(hashes[0]);
    }

    @Test
    void the_same_array_may_hold_the_next_write() {
        LabelWrite one = new LabelWrite("t");
        LabelWrite other = new LabelWrite("t");
        for (String name : List.of("a", "b")) {
            one.series(List.of(LabelWrite.Label.of(name, "before")));
            other.series(List.of(LabelWrite.Label.of(name, "behind")));
        }
        byte[] bytes = new byte[500];

        assertThat(one.hashes(HASH, bytes)).containsExactly(one.expected());
        assertThat(other.hashes(HASH, bytes)).containsExactly(other.expected());
    }

    /** Every series is the one before with some labels changed, so that anything may be in common or seem to be. */
    @Test
    void what_series_have_in_common_changes_no_hash() {
        for (int seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LabelWrite write = new LabelWrite("t".repeat(length(random, 60, 5_000)));
            List<LabelWrite.Label> labels = new ArrayList<>();
            for (int series = random.nextInt(1, 20); series > 0; series--) {
                for (int changes = random.nextInt(4); changes > 0 || labels.isEmpty(); changes--) {
                    change(random, labels);
                }
                write.series(labels);
            }
            int behind = random.nextInt(2) * random.nextInt(200);

            assertThat(write.hashes(HASH, behind)).as("seed %d", seed).containsExactly(write.expected());
            assertThat(write.hashesApart(HASH)).as("seed %d", seed).containsExactly(write.expected());
        }
    }

    private static void change(SplittableRandom random, List<LabelWrite.Label> labels) {
        int at = random.nextInt(labels.size() + 1);
        switch (random.nextInt(8)) {
            case 0, 1 -> labels.add(at, label(random));
            case 2 -> labels.subList(at, labels.size()).clear();
            case 3 -> labels.subList(0, at).clear();
            case 4 -> {
                while (labels.size() < 14) {
                    labels.add(label(random));
                }
            }
            case 5 -> labels.replaceAll(label -> random.nextInt(9) == 0 ? label.shifted() : label);
            default -> {
                if (at < labels.size()) {
                    labels.set(at, random.nextBoolean() ? labels.get(at).other(random) : label(random));
                }
            }
        }
    }

    private static LabelWrite.Label label(SplittableRandom random) {
        byte[] name = new byte[length(random, 60, 300)];
        byte[] value = new byte[length(random, 70, 6_000)];
        random.nextBytes(name);
        random.nextBytes(value);
        return new LabelWrite.Label(LabelWrite.Label.bytes(name), LabelWrite.Label.bytes(value), random.nextInt(12));
    }

    /** Mostly short. */
    private static int length(SplittableRandom random, int usual, int most) {
        return random.nextInt(random.nextInt(60) == 0 ? most : random.nextBoolean() ? usual : 17);
    }

    private static byte[] piece(SplittableRandom random) {
        byte[] piece = new byte[random.nextInt(random.nextInt(20) == 0 ? 5_000 : 40)];
        random.nextBytes(piece);
        return piece;
    }

    private static void put(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(bytes);
        out.write(0xff);
    }
}
