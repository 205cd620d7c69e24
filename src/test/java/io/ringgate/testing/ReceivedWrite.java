package io.ringgate.testing;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xerial.snappy.Snappy;

/**
 * One request as a receiver sees it. The message is read by protobuf's own reader, which has nothing in common with the
 * gateway's.
 *
 * @param requestLine the first line
 * @param headers each as {@code name: value}, in the order they came
 * @param packed the body as it came
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedWrite(String requestLine, List<String> headers, byte[] packed) {

    /**
     * One series.
     *
     * @param labels each as {@code name=value}, in the order they came
     * @param rest all bytes of the series that are not labels
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Series(List<String> labels, List<Double> samples, byte[] rest) {}

    public byte[] message() {
        try {
            return Snappy.uncompress(packed);
        } catch (IOException e) {
            throw new AssertionError("what the receiver got is no snappy block", e);
        }
    }

    public List<Series> series() {
        List<Series> all = new ArrayList<>();
        try {
            CodedInputStream in = CodedInputStream.newInstance(message());
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag >>> 3 == 1) {
                    all.add(readSeries(in.readByteArray()));
                } else {
                    in.skipField(tag);
                }
            }
            return all;
        } catch (IOException e) {
            throw new AssertionError("what the receiver got is no write request", e);
        }
    }

    private static Series readSeries(byte[] bytes) throws IOException {
        List<String> labels = new ArrayList<>();
        List<Double> samples = new ArrayList<>();
        Proto rest = new Proto();
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int from = 0, tag = in.readTag(); tag != 0; from = in.getTotalBytesRead(), tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> labels.add(readLabel(in.readByteArray()));
                case 2 -> samples.add(readSample(in.readByteArray()));
                default -> in.skipField(tag);
            }
            if (tag >>> 3 != 1) {
                rest.raw(Arrays.copyOfRange(bytes, from, in.getTotalBytesRead()));
            }
        }
        return new Series(labels, samples, rest.bytes());
    }

    private static String readLabel(byte[] bytes) throws IOException {
        String name = "";
        String value = "";
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> name = in.readStringRequireUtf8();
                case 2 -> value = in.readStringRequireUtf8();
                default -> throw new IOException("a label with field " + (tag >>> 3));
            }
        }
        return name + "=" + value;
    }

    private static double readSample(byte[] bytes) throws IOException {
        double value = 0;
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag >>> 3 == 1) {
                value = in.readDouble();
            } else {
                in.skipField(tag);
            }
        }
        return value;
    }

    public String header(String name) {
        return headers.stream()
                .filter(h -> h.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(h -> h.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    public List<String> headerNames() {
        return headers.stream().map(h -> h.substring(0, h.indexOf(':'))).toList();
    }
}
