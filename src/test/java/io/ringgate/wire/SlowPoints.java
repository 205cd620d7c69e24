package io.ringgate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.ringgate.wire.Oracle.Message;
import io.ringgate.wire.Oracle.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a series carries beside its labels, counted the slow way.
 *
 * @param exemplars all of them
 * @param emptyExemplars those that hold defaults only
 * @param buckets of the histogram that has the most values, or bounds
 * @param spans of the histogram that has the most
 * @param decoded bytes of structs in a receiver, without growth
 */
record SlowPoints(int exemplars, int emptyExemplars, int buckets, int spans, long decoded) {

    private static final Set<Integer> EXEMPLAR = Set.of(1, 2, 3);
    private static final Set<Integer> METADATA = Set.of(1, 2, 4, 5);
    private static final Set<Integer> VALUES = Set.of(9, 10, 12, 13);
    private static final int BOUNDS = 16;
    private static final Set<Integer> SPANS = Set.of(8, 11);
    private static final Set<Integer> BOXED = Set.of(1, 2, 6, 7);

    static SlowPoints of(Series series) {
        int exemplars = 0;
        int empty = 0;
        int buckets = 0;
        int spans = 0;
        long decoded = 0;
        for (String field : series.points()) {
            byte[] content = Oracle.content(field);
            switch (field.charAt(0) >> 3) {
                case 2 -> decoded += 16;
                case 3 -> {
                    exemplars++;
                    empty += defaultsOnly(content, EXEMPLAR) ? 1 : 0;
                    decoded += 40 + 32L * fields(content, Set.of(1));
                }
                default -> {
                    int values = numbers(content, VALUES);
                    int bounds = numbers(content, Set.of(BOUNDS));
                    int of = fields(content, SPANS);
                    buckets = Math.max(buckets, Math.max(values, bounds));
                    spans = Math.max(spans, of);
                    decoded += 240 + 8L * (values + bounds + of + fields(content, BOXED));
                }
            }
        }
        return new SlowPoints(exemplars, empty, buckets, spans, decoded);
    }

    /** The limit that the series goes beyond, in the order in which they are judged. */
    @Nullable
    SeriesFault excess(PointLimits limits) {
        List<SeriesFault> found = new ArrayList<>();
        if (exemplars > limits.exemplars()) {
            found.add(SeriesFault.TOO_MANY_EXEMPLARS);
        }
        if (buckets > limits.buckets()) {
            found.add(SeriesFault.TOO_MANY_BUCKETS);
        }
        if (spans > limits.spans()) {
            found.add(SeriesFault.TOO_MANY_SPANS);
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Of all that leaves us, with growth. */
    static long decoded(Message message) {
        long sum = 0;
        for (Series series : message.series()) {
            sum += 96 + 32L * series.labels().size() + of(series).decoded;
        }
        for (String entry : message.metadata()) {
            sum += 56 + texts(Oracle.content(entry));
        }
        return 2 * sum;
    }

    static int emptyMetadata(Message message) {
        return (int) message.metadata().stream()
                .filter(entry -> defaultsOnly(Oracle.content(entry), METADATA))
                .count();
    }

    private static int fields(byte[] message, Set<Integer> numbers) {
        int[] count = new int[1];
        each(message, (number, type, in) -> {
            count[0] += numbers.contains(number) ? 1 : 0;
            in.skipField(number << 3 | type);
        });
        return count[0];
    }

    private static int numbers(byte[] message, Set<Integer> numbers) {
        int[] count = new int[1];
        each(message, (number, type, in) -> {
            boolean packed = type == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (!numbers.contains(number) || !packed) {
                count[0] += numbers.contains(number) ? 1 : 0;
                in.skipField(number << 3 | type);
                return;
            }
            byte[] content = in.readByteArray();
            boolean doubles = number == 10 || number == 13 || number == BOUNDS;
            for (int i = 0; i < content.length; i++) {
                count[0] += !doubles && content[i] >= 0 ? 1 : 0;
            }
            count[0] += doubles ? content.length / 8 : 0;
        });
        return count[0];
    }

    private static long texts(byte[] metadata) {
        long[] sum = new long[1];
        each(metadata, (number, type, in) -> {
            if (number == 2 || number == 4 || number == 5) {
                sum[0] += in.readByteArray().length;
            } else {
                in.skipField(number << 3 | type);
            }
        });
        return sum[0];
    }

    /** Of an exemplar or a metadata entry: no known field holds anything but zero, or no text. */
    private static boolean defaultsOnly(byte[] message, Set<Integer> known) {
        boolean[] something = new boolean[1];
        each(message, (number, type, in) -> {
            if (!known.contains(number)) {
                in.skipField(number << 3 | type);
                return;
            }
            something[0] |= switch (type) {
                case WireFormat.WIRETYPE_VARINT -> in.readRawVarint64() != 0;
                case WireFormat.WIRETYPE_FIXED64 -> in.readRawLittleEndian64() != 0;
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> holdsText(in.readByteArray(), number);
                default -> throw new IOException("wire type " + type);
            };
        });
        return !something[0];
    }

    /** A text itself, or a label with one. */
    private static boolean holdsText(byte[] content, int number) {
        if (number != 1) {
            return content.length > 0;
        }
        boolean[] text = new boolean[1];
        each(content, (part, type, in) -> text[0] |= in.readByteArray().length > 0);
        return text[0];
    }

    private interface Visitor {
        void field(int number, int type, CodedInputStream in) throws IOException;
    }

    private static void each(byte[] message, Visitor visitor) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(message);
            while (!in.isAtEnd()) {
                int tag = in.readTag();
                visitor.field(WireFormat.getTagFieldNumber(tag), WireFormat.getTagWireType(tag), in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(new String(message, ISO_8859_1), e);
        }
    }
}
