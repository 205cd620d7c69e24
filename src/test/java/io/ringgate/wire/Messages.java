package io.ringgate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/** Builds remote-write messages field by field, so that a test can also build what no library would. */
final class Messages {

    private Messages() {}

    static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] varint(long value) {
        return written(out -> out.writeUInt64NoTag(value));
    }

    static byte[] len(int field, byte[]... content) {
        byte[] joined = join(content);
        return join(varint(tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED)), varint(joined.length), joined);
    }

    static byte[] number(int field, long value) {
        return join(varint(tag(field, WireFormat.WIRETYPE_VARINT)), varint(value));
    }

    static byte[] i64(int field, double value) {
        return written(out -> out.writeDouble(field, value));
    }

    static byte[] i32(int field, int value) {
        return written(out -> out.writeFixed32(field, value));
    }

    static long tag(int field, int type) {
        return ((long) field << 3) | type;
    }

    static byte[] series(byte[]... fields) {
        return len(1, fields);
    }

    static byte[] label(String name, String value) {
        return label(name.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    static byte[] label(byte[] name, byte[] value) {
        return len(1, len(1, name), len(2, value));
    }

    static byte[] sample(double value, long time) {
        return len(2, i64(1, value), number(2, time));
    }

    static byte[] exemplar() {
        return len(3, label("trace_id", "abc"), i64(2, 1.5), number(3, 1_700_000_000_000L));
    }

    static byte[] histogram() {
        return len(
                4,
                number(1, 12),
                i64(3, 18.4),
                number(4, 2),
                i64(5, 1e-9),
                number(6, 1),
                len(11, number(1, 0), number(2, 2)),
                len(12, varint(2), varint(300)),
                number(15, 1_700_000_000_000L));
    }

    static byte[] metadata(String name) {
        return len(3, number(1, 1), len(2, name.getBytes(UTF_8)), len(4, "Help.".getBytes(UTF_8)));
    }

    static byte[] pack(byte[] message) {
        try {
            return Snappy.compress(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] unpack(EncodedWrite.Ready ready) {
        try {
            byte[] packed = new byte[ready.length()];
            System.arraycopy(ready.bytes(), ready.from(), packed, 0, packed.length);
            return Snappy.uncompress(packed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A plan from triples of name, value and verdict. */
    static StampPlan plan(String... triples) {
        StampPlan.Builder plan = StampPlan.builder();
        for (int i = 0; i < triples.length; i += 3) {
            plan.label(
                    triples[i].getBytes(UTF_8),
                    triples[i + 1].getBytes(UTF_8),
                    StampPlan.Verdict.valueOf(triples[i + 2]));
        }
        return plan.build();
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
