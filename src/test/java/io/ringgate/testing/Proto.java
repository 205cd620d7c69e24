package io.ringgate.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/** A protobuf message written field by field, so that a test can also write what no sender should. */
public final class Proto {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    /** A write request of these series. */
    public static Proto write(Proto... series) {
        Proto write = new Proto();
        for (Proto one : series) {
            write.message(1, one);
        }
        return write;
    }

    /** A series with labels alone. */
    public static Proto series(String... namesAndValues) {
        Proto series = new Proto();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            series.message(1, label(namesAndValues[i], namesAndValues[i + 1]));
        }
        return series;
    }

    /** A series with one sample. */
    public static Proto gauge(String... namesAndValues) {
        return series(namesAndValues).message(2, sample(1.5, 1_700_000_000_000L));
    }

    public static Proto label(String name, String value) {
        return new Proto().string(1, name).string(2, value);
    }

    public static Proto sample(double value, long millis) {
        return new Proto().number(1, value).varint(2, millis);
    }

    public Proto message(int field, Proto inner) {
        byte[] content = inner.bytes();
        return add(o -> o.writeByteArray(field, content));
    }

    public Proto string(int field, String text) {
        return add(o -> o.writeString(field, text));
    }

    public Proto number(int field, double value) {
        return add(o -> o.writeDouble(field, value));
    }

    public Proto varint(int field, long value) {
        return add(o -> o.writeUInt64(field, value));
    }

    public Proto raw(byte... raw) {
        return add(o -> o.writeRawBytes(ByteString.copyFrom(raw)));
    }

    private Proto add(Writing writing) {
        try {
            writing.to(out);
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public byte[] bytes() {
        add(CodedOutputStream::flush);
        return bytes.toByteArray();
    }

    /** As a snappy block. */
    public byte[] packed() {
        try {
            return Snappy.compress(bytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
