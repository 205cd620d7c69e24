package io.ringgate.cli.demo;

import com.google.protobuf.CodedOutputStream;
import io.ringgate.cli.SampleWrites;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.xerial.snappy.Snappy;

/**
 * A write that a gateway has to refuse, at least in part. Made to be sent, not compared.
 *
 * @param what it is, for people
 * @param expected the status it has to get
 * @param stored samples in it that are good all the same
 */
@SuppressWarnings("ArrayRecordComponent")
record MalformedWrite(String what, byte[] body, int expected, long stored) {

    private static final int GOOD_SERIES = 10;
    private static final int LABELS = 12;

    /** One of each kind, with samples of now. */
    static List<MalformedWrite> ofEachKind(long nowMillis, RandomGenerator random) throws IOException {
        byte[] good = Snappy.uncompress(
                SampleWrites.body(GOOD_SERIES, LABELS, nowMillis, random).packed());
        byte[] noise = new byte[500];
        random.nextBytes(noise);
        Arrays.fill(noise, 0, 5, (byte) 0xff);
        return List.of(
                new MalformedWrite("bytes that are not snappy", noise, 400, 0),
                new MalformedWrite(
                        "a message that breaks off", Snappy.compress(Arrays.copyOf(good, good.length - 7)), 400, 0),
                new MalformedWrite("a few bytes that unpack to a gigabyte", declaring(1 << 30), 413, 0),
                new MalformedWrite(
                        "a series with the same label twice among good ones",
                        Snappy.compress(joined(good, doubledLabel(nowMillis))),
                        400,
                        GOOD_SERIES));
    }

    /** A snappy block begins with its unpacked size. */
    private static byte[] declaring(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeUInt32NoTag(size);
        out.writeRawBytes(new byte[100]);
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] doubledLabel(long nowMillis) throws IOException {
        ByteArrayOutputStream series = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(series);
        out.writeByteArray(1, label("__name__", "up"));
        out.writeByteArray(1, label("job", "one"));
        out.writeByteArray(1, label("job", "two"));
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        CodedOutputStream sampleOut = CodedOutputStream.newInstance(sample);
        sampleOut.writeDouble(1, 1);
        sampleOut.writeInt64(2, nowMillis);
        sampleOut.flush();
        out.writeByteArray(2, sample.toByteArray());
        out.flush();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        CodedOutputStream messageOut = CodedOutputStream.newInstance(message);
        messageOut.writeByteArray(1, series.toByteArray());
        messageOut.flush();
        return message.toByteArray();
    }

    private static byte[] label(String name, String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeString(1, name);
        out.writeString(2, value);
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
