package io.ringgate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringgate.wire.Oracle.Stamp;
import io.ringgate.wire.StampPlan.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Well-formed writes of every kind that the wire format allows: tidy ones as Prometheus sends them, and ones with
 * unsorted, repeated, empty or oddly encoded labels, unknown fields, and fields in any order.
 */
final class RandomWrites {

    private static final String[] NAMES = {
        "__name__",
        "a",
        "b",
        "cluster",
        "container",
        "container_id",
        "container_id_long_name",
        "exported_a",
        "exported_cluster",
        "exported_exported_a",
        "exported_exported_cluster",
        "exported_exported_exported_cluster",
        "exported_instance",
        "instance",
        "job",
        "kubernetes_io_arch",
        "kubernetes_io_os",
        "namespace",
        "pod",
        "region",
        "tenant",
        "tenant_id",
        "zone",
        "Z",
        "_",
        "kubern",
        "kubernetes",
        "a\0",
        "a\0\0",
        "container\0",
        "http.method",
        "größe",
        "\u4f60\u597d",
        "1a",
        ""
    };

    private static final List<Verdict> VERDICTS = List.of(Verdict.values());

    private final SplittableRandom random;

    RandomWrites(long seed) {
        random = new SplittableRandom(seed);
    }

    List<Stamp> stamps() {
        TreeMap<String, Stamp> stamps = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = latin(NAMES[random.nextInt(NAMES.length - 1)]);
            Verdict verdict = VERDICTS.get(random.nextInt(VERDICTS.size()));
            stamps.put(name, new Stamp(name, latin(value(false)), verdict));
        }
        return new ArrayList<>(stamps.values());
    }

    byte[] message() {
        boolean tidy = random.nextInt(3) == 0;
        List<byte[]> fields = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            fields.add(tidy || random.nextInt(2) == 0 ? tidySeries() : anySeries());
        }
        if (!tidy) {
            for (int i = random.nextInt(4); i > 0; i--) {
                byte[] other = random.nextBoolean() ? metadata() : unknown(6);
                fields.add(random.nextInt(fields.size() + 1), other);
            }
        }
        return Messages.join(fields.toArray(new byte[0][]));
    }

    private byte[] tidySeries() {
        TreeMap<String, byte[]> labels = new TreeMap<>();
        labels.put("__name__", Messages.label("__name__", value(false)));
        for (int i = random.nextInt(12); i > 0; i--) {
            String name = NAMES[random.nextInt(NAMES.length - 1)];
            labels.put(latin(name), Messages.label(name, value(false)));
        }
        if (random.nextInt(20) == 0) {
            exported(latin(NAMES[random.nextInt(NAMES.length - 1)]), labels);
        }
        List<byte[]> fields = new ArrayList<>(labels.values());
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            fields.add(point());
        }
        return Messages.series(fields.toArray(new byte[0][]));
    }

    /** A label and nearly all the names it could be renamed to, or all. */
    private void exported(String name, Map<String, byte[]> labels) {
        int most = 5 + random.nextInt(6);
        for (int many = 0; many < most; many++) {
            String prefixed = "exported_".repeat(many) + name;
            labels.put(
                    prefixed,
                    Messages.label(prefixed.getBytes(ISO_8859_1), value(false).getBytes(UTF_8)));
        }
    }

    private byte[] anySeries() {
        List<byte[]> fields = new ArrayList<>();
        for (int i = random.nextInt(10); i > 0; i--) {
            fields.add(anyLabel());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            fields.add(point());
        }
        if (random.nextInt(4) == 0) {
            fields.add(unknown(5));
        }
        if (random.nextInt(3) == 0) {
            Collections.shuffle(fields, new Random(random.nextLong()));
        }
        return Messages.series(fields.toArray(new byte[0][]));
    }

    private byte[] anyLabel() {
        String text = NAMES[random.nextInt(random.nextInt(20) == 0 ? NAMES.length : NAMES.length - 1)];
        byte[] name = text.getBytes(UTF_8);
        byte[] value = value(true).getBytes(UTF_8);
        if (random.nextInt(40) == 0 && value.length > 0) {
            value[random.nextInt(value.length)] = (byte) random.nextInt(256);
        }
        return switch (random.nextInt(12)) {
            case 0 -> Messages.len(1, Messages.len(2, value), Messages.len(1, name));
            case 1 -> Messages.len(1, Messages.len(1, name));
            case 2 -> random.nextInt(4) == 0 ? Messages.len(1) : Messages.label(name, value);
            default -> Messages.label(name, value);
        };
    }

    private String value(boolean orEmpty) {
        return switch (random.nextInt(10)) {
            case 0 -> orEmpty ? "" : "x";
            case 1 -> "v".repeat(1 + random.nextInt(400));
            case 2 -> "wörter " + random.nextInt(10);
            case 3 -> "v".repeat(110 + random.nextInt(20));
            default -> "value-" + random.nextInt(4);
        };
    }

    private byte[] point() {
        return switch (random.nextInt(10)) {
            case 0 -> exemplar();
            case 1 -> histogram();
            case 2 -> Messages.len(2);
            case 3 -> Messages.len(2, Messages.number(2, random.nextLong()));
            case 4 -> Messages.len(2, Messages.number(2, 5), Messages.i64(1, 2));
            case 5 -> Messages.len(2, Messages.i64(1, 2), unknown(3));
            default -> Messages.sample(random.nextDouble(), 1_700_000_000_000L + random.nextInt(100_000));
        };
    }

    private byte[] metadata() {
        return switch (random.nextInt(6)) {
            case 0 -> Messages.len(3);
            case 1 -> Messages.len(3, Messages.number(1, 0), Messages.len(5), unknown(6));
            default -> Messages.metadata(value(false));
        };
    }

    private byte[] exemplar() {
        return switch (random.nextInt(10)) {
            case 0 -> Messages.len(3);
            case 1 -> Messages.len(3, Messages.len(1), Messages.number(3, 0), Messages.i64(2, 0));
            case 2 -> Messages.len(3, unknown(4));
            case 3 -> Messages.len(3, Messages.i64(2, -0.0));
            case 4 -> Messages.len(3, Messages.number(3, 1 + random.nextInt(9)));
            case 5 -> Messages.len(3, Messages.len(1, Messages.len(1, new byte[] {'a'})), Messages.len(1));
            default -> Messages.exemplar();
        };
    }

    /** Of any numbers of buckets and spans, packed or not, in several fields of the same number too. */
    private byte[] histogram() {
        List<byte[]> fields = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            int many = random.nextInt(5);
            fields.add(
                    switch (random.nextInt(8)) {
                        case 0 -> Messages.number(random.nextBoolean() ? 1 : 6, random.nextInt(3));
                        case 1 -> Messages.i64(random.nextBoolean() ? 2 : 7, random.nextInt(3));
                        case 2 -> Messages.len(random.nextBoolean() ? 8 : 11, Messages.number(2, many));
                        case 3 -> Messages.number(random.nextBoolean() ? 9 : 12, random.nextInt(400));
                        case 4 -> Messages.i64(random.nextBoolean() ? 10 : 13, 1.5);
                        case 5 -> Messages.len(random.nextBoolean() ? 9 : 12, deltas(many));
                        case 6 -> Messages.len(random.nextBoolean() ? 10 : 13, new byte[8 * many]);
                        default -> Messages.len(16, new byte[8 * many]);
                    });
        }
        fields.add(Messages.number(15, 1_700_000_000_000L));
        return Messages.len(4, fields.toArray(new byte[0][]));
    }

    private byte[] deltas(int count) {
        byte[][] numbers = new byte[count][];
        for (int i = 0; i < count; i++) {
            numbers[i] = Messages.varint(random.nextInt(400));
        }
        return Messages.join(numbers);
    }

    private byte[] unknown(int lowest) {
        int field = lowest + random.nextInt(random.nextBoolean() ? 10 : 500_000_000);
        return switch (random.nextInt(4)) {
            case 0 -> Messages.number(field, random.nextLong() >>> random.nextInt(64));
            case 1 -> Messages.i64(field, 1.5);
            case 2 -> Messages.i32(field, 7);
            default -> Messages.len(field, new byte[random.nextInt(200)]);
        };
    }

    private static String latin(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
