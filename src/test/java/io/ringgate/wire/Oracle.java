package io.ringgate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.ringgate.wire.StampPlan.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a write means and what must become of it, computed the slow way: read by protobuf's own decoder, kept as lists
 * and maps. Text is held as Latin-1, one char a byte, so that its order is the order of bytes.
 */
final class Oracle {

    private static final Pattern LEGACY = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private Oracle() {}

    record Label(String name, String value) {}

    /** One series: labels as read, and every other field as its bytes, in order. */
    record Series(List<Label> labels, List<String> others) {

        /** The fields that a series has, without labels. */
        List<String> points() {
            return known(others, 2, 4);
        }
    }

    /** A whole message: series, and every other field as its bytes. */
    record Message(List<Series> series, List<String> others) {

        List<String> metadata() {
            return known(others, 3, 3);
        }
    }

    private static List<String> known(List<String> fields, int first, int last) {
        return fields.stream()
                .filter(field -> {
                    int tag = field.charAt(0);
                    return tag < 0x80 && tag >> 3 >= first && tag >> 3 <= last;
                })
                .toList();
    }

    /** One label of a plan. */
    record Stamp(String name, String value, Verdict verdict) {}

    static StampPlan plan(List<Stamp> stamps) {
        StampPlan.Builder builder = StampPlan.builder();
        stamps.forEach(
                s -> builder.label(s.name().getBytes(ISO_8859_1), s.value().getBytes(ISO_8859_1), s.verdict()));
        return builder.build();
    }

    static Message read(byte[] bytes) {
        Message message = new Message(new ArrayList<>(), new ArrayList<>());
        fields(bytes, (field, content, whole) -> {
            if (field == 1) {
                message.series().add(series(content));
            } else {
                message.others().add(whole);
            }
        });
        return message;
    }

    /** What is in a field with a length. */
    static byte[] content(String field) {
        byte[][] found = new byte[1][];
        fields(field.getBytes(ISO_8859_1), (number, content, whole) -> found[0] = content);
        return found[0];
    }

    private static Series series(byte[] bytes) {
        Series series = new Series(new ArrayList<>(), new ArrayList<>());
        fields(bytes, (field, content, whole) -> {
            if (field == 1) {
                series.labels().add(label(content));
            } else {
                series.others().add(whole);
            }
        });
        return series;
    }

    private static Label label(byte[] bytes) {
        String[] parts = {"", "", ""};
        fields(bytes, (field, content, whole) -> parts[Math.min(field, 3) - 1] = new String(content, ISO_8859_1));
        return new Label(parts[0], parts[1]);
    }

    /** The message that must leave us: refused series and unknown fields gone, labels stamped, sorted, without empty ones. */
    static Message expected(Message in, List<Stamp> stamps, boolean legacy) {
        List<Series> out = new ArrayList<>();
        for (Series series : in.series()) {
            NavigableMap<String, String> labels = judged(series, stamps, legacy);
            if (labels != null) {
                List<Label> sorted = labels.entrySet().stream()
                        .map(e -> new Label(e.getKey(), e.getValue()))
                        .toList();
                out.add(new Series(sorted, series.points()));
            }
        }
        return new Message(out, in.metadata());
    }

    private static @Nullable NavigableMap<String, String> judged(Series series, List<Stamp> stamps, boolean legacy) {
        Map<String, String> sent = sent(series, legacy);
        return sent == null || SlowPoints.of(series).emptyExemplars() > 0 ? null : stamped(sent, stamps);
    }

    /** The labels of a series that have a value; null when they are no good. */
    private static @Nullable Map<String, String> sent(Series series, boolean legacy) {
        TreeMap<String, String> labels = new TreeMap<>();
        for (Label label : series.labels()) {
            if (label.value().isEmpty()) {
                continue;
            }
            boolean bad = label.name().isEmpty()
                    || !utf8(label.name())
                    || !utf8(label.value())
                    || (legacy && !LEGACY.matcher(label.name()).matches());
            if (bad || labels.put(label.name(), label.value()) != null) {
                return null;
            }
        }
        return labels.isEmpty() ? null : labels;
    }

    private static @Nullable NavigableMap<String, String> stamped(Map<String, String> sent, List<Stamp> stamps) {
        TreeMap<String, String> labels = new TreeMap<>(sent);
        List<Stamp> renamed = new ArrayList<>();
        for (Stamp stamp : stamps) {
            Verdict verdict = isConflict(sent, stamp) ? stamp.verdict() : Verdict.OVERWRITE;
            if (verdict == Verdict.REJECT) {
                return null;
            }
            if (verdict == Verdict.RENAME) {
                renamed.add(stamp);
            }
            if (verdict != Verdict.KEEP) {
                labels.put(stamp.name(), stamp.value());
            }
        }
        renamed.sort(Comparator.comparingInt(stamp -> stamp.name().length()));
        for (Stamp stamp : renamed) {
            String free = IntStream.rangeClosed(1, 8)
                    .mapToObj(many -> "exported_".repeat(many) + stamp.name())
                    .filter(name -> !labels.containsKey(name))
                    .findFirst()
                    .orElse(null);
            if (free == null) {
                return null;
            }
            labels.put(free, Objects.requireNonNull(sent.get(stamp.name())));
        }
        return labels;
    }

    private static boolean isConflict(Map<String, String> sent, Stamp stamp) {
        String value = sent.get(stamp.name());
        return value != null && !value.equals(stamp.value());
    }

    /** How many series meet a conflict at each label; stamps after one that refuses its series are not looked at. */
    static Map<String, Integer> conflicts(Message in, List<Stamp> stamps, boolean legacy) {
        Map<String, Integer> conflicts = new TreeMap<>();
        for (Series series : in.series()) {
            Map<String, String> sent = sent(series, legacy);
            if (sent == null) {
                continue;
            }
            for (Stamp stamp : stamps) {
                if (isConflict(sent, stamp)) {
                    conflicts.merge(stamp.name(), 1, Integer::sum);
                    if (stamp.verdict() == Verdict.REJECT) {
                        break;
                    }
                }
            }
        }
        return conflicts;
    }

    private static boolean utf8(String latin) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(latin.getBytes(ISO_8859_1)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private interface Visitor {
        void field(int number, byte[] content, String whole);
    }

    private static void fields(byte[] bytes, Visitor visitor) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            while (!in.isAtEnd()) {
                int start = in.getTotalBytesRead();
                int tag = in.readTag();
                byte[] content = new byte[0];
                if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    content = in.readByteArray();
                } else {
                    in.skipField(tag);
                }
                byte[] whole = Arrays.copyOfRange(bytes, start, in.getTotalBytesRead());
                visitor.field(WireFormat.getTagFieldNumber(tag), content, new String(whole, ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
