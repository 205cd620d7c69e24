package io.ringgate.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of one message must look like, and the check of bytes against it. Known fields must have their wire
 * type, packed numbers must fill their field exactly; fields that are not known here pass as long as they are well
 * formed.
 */
final class Shape {

    static final Shape LABEL =
            new Shape("a label", 2).field(1, Kind.BYTES).field(2, Kind.BYTES).sealed();
    static final Shape SAMPLE = new Shape("a sample", 2).field(1, Kind.I64).time(2);
    static final Shape EXEMPLAR =
            new Shape("an exemplar", 3).message(1, LABEL).field(2, Kind.I64).field(3, Kind.VARINT);
    static final Shape METADATA = new Shape("metadata", 5)
            .field(1, Kind.VARINT)
            .field(2, Kind.BYTES)
            .field(4, Kind.BYTES)
            .field(5, Kind.BYTES);

    private static final Shape SPAN =
            new Shape("a bucket span", 2).field(1, Kind.VARINT).field(2, Kind.VARINT);

    static final Shape HISTOGRAM = new Shape("a histogram", 16)
            .field(1, Kind.VARINT)
            .field(2, Kind.I64)
            .field(3, Kind.I64)
            .field(4, Kind.VARINT)
            .field(5, Kind.I64)
            .field(6, Kind.VARINT)
            .field(7, Kind.I64)
            .message(8, SPAN)
            .field(9, Kind.VARINTS)
            .field(10, Kind.I64S)
            .message(11, SPAN)
            .field(12, Kind.VARINTS)
            .field(13, Kind.I64S)
            .field(14, Kind.VARINT)
            .time(15)
            .field(16, Kind.I64S);

    private enum Kind {
        VARINT(Fields.VARINT),
        I64(Fields.I64),
        BYTES(Fields.LEN),
        MESSAGE(Fields.LEN),
        /** Repeated numbers: packed into one field, or one field each. */
        VARINTS(Fields.VARINT),
        I64S(Fields.I64);

        private final int wireType;

        Kind(int wireType) {
            this.wireType = wireType;
        }

        boolean packed(int type) {
            return (this == VARINTS || this == I64S) && type == Fields.LEN;
        }
    }

    private final String name;
    private final @Nullable Kind[] kinds;
    private final @Nullable Shape[] messages;

    /** The field that holds the message's time; 0 when there is none. */
    private int timeField;

    /** Sealed: every field at most once, and no others. */
    private boolean sealed;

    private Shape(String name, int highestField) {
        this.name = name;
        this.kinds = new @Nullable Kind[highestField + 1];
        this.messages = new @Nullable Shape[highestField + 1];
    }

    private Shape field(int number, Kind kind) {
        kinds[number] = kind;
        return this;
    }

    private Shape message(int number, Shape shape) {
        messages[number] = shape;
        return field(number, Kind.MESSAGE);
    }

    private Shape time(int number) {
        timeField = number;
        return field(number, Kind.VARINT);
    }

    private Shape sealed() {
        sealed = true;
        return this;
    }

    /**
     * Checks the message between where {@code in} stands and {@code end}, and leaves {@code in} at its end. Returns the
     * time it carries as a decoder reads it: the last one there is, and 0 when there is none.
     */
    long check(Fields in, int end) throws WholeFault {
        int seen = 0;
        long time = 0;
        while (in.at() < end) {
            int start = in.at();
            int tag = in.tag(end);
            int number = tag >>> 3;
            Kind kind = number < kinds.length ? kinds[number] : null;
            if (sealed) {
                if (kind == null) {
                    throw WholeFault.malformed(start, name + " has no field " + number);
                }
                if ((seen & (1 << number)) != 0) {
                    throw WholeFault.malformed(start, "field " + number + " of " + name + " is there twice");
                }
                seen |= 1 << number;
            }
            if (kind == null) {
                in.skip(tag, end);
            } else if (number == timeField) {
                expect(start, tag, Fields.VARINT, name);
                time = in.varint(end);
            } else {
                known(in, start, tag, kind, end);
            }
        }
        return time;
    }

    private void known(Fields in, int start, int tag, Kind kind, int end) throws WholeFault {
        int number = tag >>> 3;
        if (kind.packed(tag & 7)) {
            packed(in, kind, in.contentEnd(end));
            return;
        }
        expect(start, tag, kind.wireType, name);
        if (kind == Kind.MESSAGE) {
            Objects.requireNonNull(messages[number]).check(in, in.contentEnd(end));
        } else {
            in.skip(tag, end);
        }
    }

    private void packed(Fields in, Kind kind, int end) throws WholeFault {
        if (kind == Kind.I64S) {
            if ((end - in.at()) % 8 != 0) {
                throw WholeFault.malformed(in.at(), "packed numbers of " + name + " do not fill their field");
            }
            in.moveTo(end);
        }
        while (in.at() < end) {
            in.varint(end);
        }
    }

    static void expect(int start, int tag, int wireType, String message) throws WholeFault {
        if ((tag & 7) != wireType) {
            throw WholeFault.malformed(
                    start,
                    "field " + (tag >>> 3) + " of " + message + " has wire type " + (tag & 7) + " instead of "
                            + wireType);
        }
    }
}
