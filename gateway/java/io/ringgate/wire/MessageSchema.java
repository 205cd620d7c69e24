package io.ringgate.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of one message must look like, and the check of bytes against it. Known fields must have their wire
 * type, packed numbers must fill their field exactly; fields that are not known here pass as long as they are well
 * formed.
 */
final class MessageSchema {

    static final MessageSchema LABEL = new MessageSchema("a label", 2, DecodedSize.LABEL)
            .field(1, Kind.BYTES)
            .field(2, Kind.BYTES)
            .sealed();

    /** Samples are counted where they are parsed. */
    static final MessageSchema SAMPLE =
            new MessageSchema("a sample", 2, 0).field(1, Kind.I64).time(2);

    static final MessageSchema EXEMPLAR = new MessageSchema("an exemplar", 3, DecodedSize.EXEMPLAR)
            .message(1, LABEL)
            .field(2, Kind.I64)
            .field(3, Kind.VARINT);
    static final MessageSchema METADATA = new MessageSchema("metadata", 5, DecodedSize.METADATA)
            .field(1, Kind.VARINT)
            .field(2, Kind.TEXT)
            .field(4, Kind.TEXT)
            .field(5, Kind.TEXT);

    private static final MessageSchema SPAN = new MessageSchema("a bucket span", 2, DecodedSize.SPAN)
            .field(1, Kind.VARINT)
            .field(2, Kind.VARINT);

    static final MessageSchema HISTOGRAM = new MessageSchema("a histogram", 16, DecodedSize.HISTOGRAM)
            .boxed(1, Kind.VARINT)
            .boxed(2, Kind.I64)
            .field(3, Kind.I64)
            .field(4, Kind.VARINT)
            .field(5, Kind.I64)
            .boxed(6, Kind.VARINT)
            .boxed(7, Kind.I64)
            .message(8, SPAN)
            .field(9, Kind.VARINTS)
            .field(10, Kind.I64S)
            .message(11, SPAN)
            .field(12, Kind.VARINTS)
            .field(13, Kind.I64S)
            .field(14, Kind.VARINT)
            .time(15)
            .bounds(16);

    private enum Kind {
        VARINT(FieldReader.VARINT),
        I64(FieldReader.I64),
        BYTES(FieldReader.LEN),
        /** Bytes, which a decoder copies. */
        TEXT(FieldReader.LEN),
        MESSAGE(FieldReader.LEN),
        /** Repeated numbers: packed into one field, or one field each. */
        VARINTS(FieldReader.VARINT),
        I64S(FieldReader.I64);

        private final int wireType;

        Kind(int wireType) {
            this.wireType = wireType;
        }

        boolean packed(int type) {
            return (this == VARINTS || this == I64S) && type == FieldReader.LEN;
        }
    }

    private final String name;

    /** What a decoder makes of the message itself, in bytes. */
    private final int struct;

    private final @Nullable Kind[] kinds;
    private final @Nullable MessageSchema[] messages;

    /** By number: true for a field that lies in a struct of its own each time it comes. */
    private final boolean[] boxed;

    /** The field that holds the message's time; 0 when there is none. */
    private int timeField;

    /** The field that holds bounds of buckets; 0 when there is none. All other repeated numbers are buckets. */
    private int boundsField;

    /** Sealed: every field at most once, and no others. */
    private boolean sealed;

    private MessageSchema(String name, int highestField, int struct) {
        this.name = name;
        this.struct = struct;
        this.kinds = new @Nullable Kind[highestField + 1];
        this.messages = new @Nullable MessageSchema[highestField + 1];
        this.boxed = new boolean[highestField + 1];
    }

    private MessageSchema field(int number, Kind kind) {
        kinds[number] = kind;
        return this;
    }

    private MessageSchema message(int number, MessageSchema shape) {
        messages[number] = shape;
        return field(number, Kind.MESSAGE);
    }

    private MessageSchema time(int number) {
        timeField = number;
        return field(number, Kind.VARINT);
    }

    private MessageSchema bounds(int number) {
        boundsField = number;
        return field(number, Kind.I64S);
    }

    private MessageSchema boxed(int number, Kind kind) {
        boxed[number] = true;
        return field(number, kind);
    }

    private MessageSchema sealed() {
        sealed = true;
        return this;
    }

    /**
     * Checks the message between where {@code in} stands and {@code end}, leaves {@code in} at its end and adds what is in
     * it to {@code found}. Returns the time it carries as a decoder reads it: the last one there is, and 0 when there is
     * none.
     */
    long check(FieldReader in, int end, ContentCounter found) throws WriteRefusedException {
        found.held(struct);
        int seen = 0;
        long time = 0;
        while (in.at() < end) {
            int start = in.at();
            int tag = in.tag(end);
            int number = tag >>> 3;
            Kind kind = number < kinds.length ? kinds[number] : null;
            if (sealed) {
                if (kind == null) {
                    throw WriteRefusedException.malformed(start, name + " has no field " + number);
                }
                if ((seen & (1 << number)) != 0) {
                    throw WriteRefusedException.malformed(start, "field " + number + " of " + name + " is repeated");
                }
                seen |= 1 << number;
            }
            if (kind == null) {
                in.skip(tag, end);
            } else if (number == timeField) {
                expect(start, tag, FieldReader.VARINT, name);
                time = in.varint(end);
                found.number(time);
            } else {
                known(in, start, tag, kind, end, found);
            }
        }
        return time;
    }

    private void known(FieldReader in, int start, int tag, Kind kind, int end, ContentCounter found)
            throws WriteRefusedException {
        int number = tag >>> 3;
        if (kind.packed(tag & 7)) {
            repeated(number, packed(in, kind, in.contentEnd(end)), found);
            return;
        }
        expect(start, tag, kind.wireType, name);
        switch (kind) {
            case VARINT -> found.number(in.varint(end));
            case I64 -> found.number(in.fixed64(end));
            case BYTES, TEXT -> {
                int contentEnd = in.contentEnd(end);
                found.text(contentEnd - in.at(), kind == Kind.TEXT);
                in.moveTo(contentEnd);
            }
            case MESSAGE -> {
                MessageSchema message = Objects.requireNonNull(messages[number]);
                if (message == SPAN) {
                    found.span();
                }
                message.check(in, in.contentEnd(end), found);
            }
            case VARINTS, I64S -> {
                in.skip(tag, end);
                repeated(number, 1, found);
            }
        }
        if (boxed[number]) {
            found.held(DecodedSize.NUMBER);
        }
    }

    private void repeated(int number, int count, ContentCounter found) {
        if (number == boundsField) {
            found.bounds(count);
        } else {
            found.buckets(count);
        }
    }

    /** Returns how many numbers are packed up to {@code end}. */
    private int packed(FieldReader in, Kind kind, int end) throws WriteRefusedException {
        if (kind == Kind.I64S) {
            int length = end - in.at();
            if (length % 8 != 0) {
                throw WriteRefusedException.malformed(
                        in.at(), "packed numbers of " + name + " do not fill their field");
            }
            in.moveTo(end);
            return length / 8;
        }
        int count = 0;
        while (in.at() < end) {
            in.varint(end);
            count++;
        }
        return count;
    }

    static void expect(int start, int tag, int wireType, String message) throws WriteRefusedException {
        if ((tag & 7) != wireType) {
            throw WriteRefusedException.malformed(
                    start,
                    "field " + (tag >>> 3) + " of " + message + " has wire type " + (tag & 7) + " instead of "
                            + wireType);
        }
    }
}
