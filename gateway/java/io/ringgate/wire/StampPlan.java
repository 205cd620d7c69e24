package io.ringgate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The labels that every series of an edge gets, sorted by name and already encoded as protobuf label fields, so that
 * stamping is a copy of bytes. Immutable; one plan serves all threads.
 */
public final class StampPlan {

    /** What happens when the sender has set a stamped label to another value. */
    public enum Verdict {
        /** The label is stamped; the sender's is renamed to {@link #EXPORTED} and its name. */
        RENAME,
        OVERWRITE,
        KEEP,
        REJECT
    }

    /** The most labels a plan holds: one bit of a long each. */
    public static final int MOST_LABELS = 62;

    /** What a renamed label's name begins with, as Prometheus renames when it scrapes. */
    static final String EXPORTED = "exported_";

    /** How often it is put in front of a name until that name is free. */
    static final int MOST_PREFIXES = 8;

    /** The fewest bytes of a label besides its name: three tags, three lengths and a value of one byte. */
    private static final int LEAST_LABEL = 7;

    /** The lengths of a label and of its name grow by one byte each at most when it is renamed. */
    private static final int LENGTH_GROWTH = 2;

    /** All label fields one behind the other, with slack behind the last. */
    final byte[] encoded;

    /** Each label's name with {@link #MOST_PREFIXES}, whose ends are its new names; slack behind the last. */
    final byte[] prefixedNames;

    private final String[] names;
    private final int[] prefixedEnd;
    private final int[] fieldAt;
    private final int[] nameAt;
    private final int[] nameLength;
    private final int[] valueAt;
    private final long[] prefix;
    private final Verdict[] verdicts;

    /** How many labels may be renamed, and the length of the shortest name of them. */
    private final int renaming;

    private final int shortestRenamed;

    /** Whether names may be taken by stamps, or by other renamed labels. */
    private final boolean exportedNames;

    private StampPlan(List<Label> labels) {
        int count = labels.size();
        names = new String[count];
        prefixedEnd = new int[count];
        fieldAt = new int[count + 1];
        nameAt = new int[count];
        nameLength = new int[count];
        valueAt = new int[count];
        prefix = new long[count + 1];
        verdicts = new Verdict[count];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream prefixed = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            Label label = labels.get(i);
            names[i] = new String(label.name, UTF_8);
            prefixed.writeBytes(EXPORTED.repeat(MOST_PREFIXES).getBytes(UTF_8));
            prefixed.writeBytes(label.name);
            prefixedEnd[i] = prefixed.size();
            int valueField = fieldSize(label.value.length);
            number(out, Protobuf.LABEL);
            number(out, fieldSize(label.name.length) + valueField);
            number(out, Protobuf.NAME);
            number(out, label.name.length);
            nameAt[i] = out.size();
            nameLength[i] = label.name.length;
            out.writeBytes(label.name);
            number(out, Protobuf.VALUE);
            number(out, label.value.length);
            valueAt[i] = out.size();
            out.writeBytes(label.value);
            fieldAt[i + 1] = out.size();
            verdicts[i] = label.verdict;
        }
        encoded = Arrays.copyOf(out.toByteArray(), out.size() + Bytes.SLACK);
        prefixedNames = Arrays.copyOf(prefixed.toByteArray(), prefixed.size() + Bytes.SLACK);
        for (int i = 0; i < count; i++) {
            prefix[i] = NameOrder.prefix(encoded, nameAt[i], nameLength[i]);
        }
        prefix[count] = Long.MAX_VALUE;
        renaming = (int)
                labels.stream().filter(label -> label.verdict == Verdict.RENAME).count();
        shortestRenamed = labels.stream()
                .filter(label -> label.verdict == Verdict.RENAME)
                .mapToInt(label -> label.name.length)
                .min()
                .orElse(0);
        exportedNames = Arrays.stream(names).anyMatch(name -> name.startsWith(EXPORTED));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The most bytes this plan can add to the labels of one series. */
    public int insertedBytes() {
        return fieldAt[count()];
    }

    /**
     * The most bytes that names grow by when labels are renamed.
     *
     * <p>A label to rename has 7 bytes and its name at least. A second prefix needs a label in the same series that has the
     * name with one, which is longer still, and so on; unless a stamp has that name. So the bytes of the message bound how
     * many labels may get how many prefixes, the first before the second.
     *
     * @param unpacked bytes of the message
     * @param series of the message, at most
     */
    long renamedBytes(long unpacked, long series) {
        if (renaming == 0) {
            return 0;
        }
        long conflicts = Math.min(unpacked / (LEAST_LABEL + shortestRenamed), series * renaming);
        if (exportedNames) {
            return conflicts * (MOST_PREFIXES * EXPORTED.length() + LENGTH_GROWTH);
        }
        long grown = conflicts * LENGTH_GROWTH;
        long left = unpacked;
        for (int prefixes = 0; prefixes < MOST_PREFIXES; prefixes++) {
            int label = LEAST_LABEL + shortestRenamed + prefixes * EXPORTED.length();
            conflicts = Math.min(conflicts, left / label);
            left -= conflicts * label;
            grown += conflicts * EXPORTED.length();
        }
        return grown;
    }

    int count() {
        return verdicts.length;
    }

    Verdict verdict(int label) {
        return verdicts[label];
    }

    String name(int label) {
        return names[label];
    }

    int nameLength(int label) {
        return nameLength[label];
    }

    /** Where a label's name with so many prefixes begins in {@link #prefixedNames}. */
    int prefixedAt(int label, int prefixes) {
        return prefixedEnd[label] - prefixedLength(label, prefixes);
    }

    int prefixedLength(int label, int prefixes) {
        return prefixes * EXPORTED.length() + nameLength[label];
    }

    /** Where a label's field begins in {@link #encoded}. */
    int fieldAt(int label) {
        return fieldAt[label];
    }

    int fieldLength(int label) {
        return fieldAt[label + 1] - fieldAt[label];
    }

    /** A name's prefix as {@link NameOrder} has it; behind the last label, one that no name in ASCII reaches. */
    long prefix(int label) {
        return prefix[label];
    }

    /** Compares the name of a stamped label with a name in a message. */
    int compareName(int label, byte[] bytes, int at, int length) {
        return NameOrder.compare(encoded, nameAt[label], nameLength[label], bytes, at, length);
    }

    /** True when a label's value in a message is the stamped one. */
    boolean sameValue(int label, byte[] bytes, int at, int length) {
        int from = valueAt[label];
        return length == fieldAt[label + 1] - from && Bytes.same(encoded, from, bytes, at, length);
    }

    private static int fieldSize(int length) {
        return 1 + FieldReader.sizeOf(length) + length;
    }

    private static void number(ByteArrayOutputStream out, int number) {
        int rest = number;
        for (; rest > 0x7f; rest >>>= 7) {
            out.write(rest | 0x80);
        }
        out.write(rest);
    }

    private static final class Label {

        private final byte[] name;
        private final byte[] value;
        private final Verdict verdict;

        Label(byte[] name, byte[] value, Verdict verdict) {
            if (name.length == 0 || value.length == 0) {
                throw new IllegalArgumentException("a stamped label has a name and a value");
            }
            if (!Utf8.valid(name, 0, name.length) || !Utf8.valid(value, 0, value.length)) {
                throw new IllegalArgumentException("a stamped label is valid UTF-8");
            }
            this.name = name.clone();
            this.value = value.clone();
            this.verdict = verdict;
        }
    }

    /** Collects the labels of a plan, in any order. */
    public static final class Builder {

        private final List<Label> labels = new ArrayList<>();

        private Builder() {}

        public Builder label(byte[] nameUtf8, byte[] valueUtf8, Verdict verdict) {
            labels.add(new Label(nameUtf8, valueUtf8, verdict));
            return this;
        }

        public StampPlan build() {
            if (labels.size() > MOST_LABELS) {
                throw new IllegalArgumentException("at most " + MOST_LABELS + " labels are stamped");
            }
            labels.sort((a, b) -> Arrays.compareUnsigned(a.name, b.name));
            for (int i = 1; i < labels.size(); i++) {
                if (Arrays.equals(labels.get(i - 1).name, labels.get(i).name)) {
                    throw new IllegalArgumentException("a label is stamped once");
                }
            }
            return new StampPlan(labels);
        }
    }
}
