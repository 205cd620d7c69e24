package io.ringgate.hashring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The labels of some series as a message has them, and what their hashes must be. */
final class LabelWrite {

    private final String tenant;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<Long> expected = new ArrayList<>();

    LabelWrite(String tenant) {
        this.tenant = tenant;
    }

    /**
     * A label.
     *
     * @param name each character is a byte
     * @param value each character is a byte
     * @param form 0: the value before the name; 1: an empty value is left out; else usual
     */
    record Label(String name, String value, int form) {

        static Label of(String name, String value) {
            return new Label(bytes(name.getBytes(UTF_8)), bytes(value.getBytes(UTF_8)), 2);
        }

        static String bytes(byte[] bytes) {
            return new String(bytes, ISO_8859_1);
        }

        /** As long, with one byte changed. */
        Label other(SplittableRandom random) {
            byte[] changed = value.getBytes(ISO_8859_1);
            if (changed.length > 0) {
                changed[random.nextInt(changed.length)]++;
            }
            return new Label(name, bytes(changed), form);
        }

        /** The same bytes, of which one more is the name's. */
        Label shifted() {
            return value.isEmpty() ? this : new Label(name + value.charAt(0), value.substring(1), form);
        }
    }

    String tenant() {
        return tenant;
    }

    void series(List<Label> labels) {
        ByteArrayOutputStream flat = new ByteArrayOutputStream();
        put(flat, tenant.getBytes(UTF_8));
        message.write(0x0a);
        starts.add(message.size());
        for (Label label : labels) {
            put(flat, label.name.getBytes(ISO_8859_1));
            put(flat, label.value.getBytes(ISO_8859_1));
            write(label);
        }
        ends.add(message.size());
        expected.add(XxHash64.hash(flat.toByteArray(), 0, flat.size()));
    }

    long[] expected() {
        return expected.stream().mapToLong(Long::longValue).toArray();
    }

    /** @param behind how many bytes the array has behind the message */
    long[] hashes(SeriesHash hash, int behind) {
        return hashes(hash, new byte[message.size() + behind]);
    }

    /** @param bytes an array that the message is copied to */
    long[] hashes(SeriesHash hash, byte[] bytes) {
        System.arraycopy(message.toByteArray(), 0, bytes, 0, message.size());
        long[] hashes = new long[starts.size()];
        hash.tenant(tenant);
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = hash(hash, bytes, starts.get(i), ends.get(i));
        }
        hash.release();
        return hashes;
    }

    /** Each series in an array of its own. */
    long[] hashesApart(SeriesHash hash) {
        byte[] bytes = message.toByteArray();
        long[] hashes = new long[starts.size()];
        hash.tenant(tenant);
        for (int i = 0; i < hashes.length; i++) {
            int from = starts.get(i) - 1;
            byte[] apart = Arrays.copyOfRange(bytes, from, ends.get(i) + 48);
            hashes[i] = hash(hash, apart, 1, ends.get(i) - from);
        }
        return hashes;
    }

    private static long hash(SeriesHash hash, byte[] bytes, int from, int to) {
        hash.begin();
        int at = hash.labels(bytes, from, to);
        while (at < to) {
            at = hash.labels(bytes, unusual(hash, bytes, at), to);
        }
        return hash.digest();
    }

    /** Adds a label as a decoder would read it, and returns its end. */
    private static int unusual(SeriesHash hash, byte[] bytes, int from) {
        int at = from + 1;
        int[] where = new int[4];
        int end = length(bytes, at) + behindLength(bytes, at);
        for (at = behindLength(bytes, at); at < end; ) {
            int field = bytes[at] == 0x0a ? 0 : 2;
            where[field + 1] = length(bytes, at + 1);
            where[field] = behindLength(bytes, at + 1);
            at = where[field] + where[field + 1];
        }
        hash.label(bytes, where[0], where[1], where[2], where[3]);
        return end;
    }

    private static int length(byte[] bytes, int at) {
        return bytes[at] >= 0 ? bytes[at] : (bytes[at] & 0x7f) | bytes[at + 1] << 7;
    }

    private static int behindLength(byte[] bytes, int at) {
        return bytes[at] >= 0 ? at + 1 : at + 2;
    }

    private void write(Label label) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        boolean valueFirst = label.form == 0;
        if (!valueFirst) {
            field(fields, 0x0a, label.name);
        }
        if (label.form != 1 || !label.value.isEmpty()) {
            field(fields, 0x12, label.value);
        }
        if (valueFirst) {
            field(fields, 0x0a, label.name);
        }
        field(message, 0x0a, fields.toString(ISO_8859_1));
    }

    private static void field(ByteArrayOutputStream out, int tag, String text) {
        byte[] content = text.getBytes(ISO_8859_1);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(content.length | 0x80);
            out.write(content.length >> 7);
        }
        out.writeBytes(content);
    }

    private static void put(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(bytes);
        out.write(0xff);
    }
}
