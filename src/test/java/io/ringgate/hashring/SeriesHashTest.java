package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesHashTest {

    static long hash(String tenant, JsonNode labels) {
        SeriesHash hash = new SeriesHash();
        hash.tenant(tenant);
        int at = hash.begin();
        for (JsonNode label : labels) {
            at = hash.label(at, label.get(0).textValue(), label.get(1).textValue());
        }
        return hash.digest(at);
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
                int at = hash.begin();
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
                    at = hash.label(at, around, nameAt, name.length, valueAt, value.length);
                }
                assertThat(hash.digest(at))
                        .as("seed %d, series %d", seed, series)
                        .isEqualTo(XxHash64.hash(flat.toByteArray(), 0, flat.size()));
            }
        }
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
