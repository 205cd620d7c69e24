package io.ringgate.wire;

/**
 * Reads protobuf fields strictly: each number in its shortest form, no groups, no field 0, nothing past the end. Some
 * decoders cut a long tag down to 32 bits or let a number run into the next field; what passes here is decoded alike by
 * all.
 */
final class FieldReader {

    static final int VARINT = 0;
    static final int I64 = 1;
    static final int LEN = 2;
    static final int I32 = 5;

    private byte[] bytes = new byte[0];
    private int at;

    void open(byte[] content, int from) {
        bytes = content;
        at = from;
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    /** The next tag: field number and wire type in one int, the number unsigned in the upper 29 bits. */
    int tag(int end) throws WriteRefusedException {
        int start = at;
        int first = start < end ? bytes[start] : -1;
        long tag;
        if (first >= 0) {
            at = start + 1;
            tag = first;
        } else {
            tag = varint(end);
        }
        if (tag >>> 32 != 0) {
            throw WriteRefusedException.malformed(start, "field number above 536870911");
        }
        if (tag >>> 3 == 0) {
            throw WriteRefusedException.malformed(start, "invalid field number 0");
        }
        int type = (int) (tag & 7);
        if (type != VARINT && type != I64 && type != LEN && type != I32) {
            String what = type < I32 ? "groups are not allowed" : "wire type " + type + " does not exist";
            throw WriteRefusedException.malformed(start, what);
        }
        return (int) tag;
    }

    /** Reads the length of a field and returns the place behind its content. */
    int contentEnd(int end) throws WriteRefusedException {
        int start = at;
        long length = varint(end);
        if (length < 0 || length > end - at) {
            throw WriteRefusedException.malformed(
                    start,
                    "a field of " + Long.toUnsignedString(length) + " bytes is longer than the " + (end - at)
                            + " bytes left");
        }
        return at + (int) length;
    }

    long varint(int end) throws WriteRefusedException {
        int start = at;
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at >= end) {
                throw WriteRefusedException.malformed(start, "truncated varint");
            }
            int b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                if (b == 0 && shift > 0) {
                    throw WriteRefusedException.malformed(start, "overlong varint");
                }
                if (shift == 63 && b > 1) {
                    throw WriteRefusedException.malformed(start, "varint exceeds 64 bits");
                }
                return value;
            }
        }
        throw WriteRefusedException.malformed(start, "varint longer than ten bytes");
    }

    /**
     * The number that is written in up to eight bytes, the first of them lowest: seven bits each, and what is behind its
     * last byte is zero. A few steps on all bytes at once; Long.compress is slow where the processor lacks it.
     */
    static long joined(long bytes) {
        long pairs = (bytes & 0x007f_007f_007f_007fL) | (bytes & 0x7f00_7f00_7f00_7f00L) >>> 1;
        long quads = (pairs & 0x0000_3fff_0000_3fffL) | (pairs & 0x3fff_0000_3fff_0000L) >>> 2;
        return (quads & 0x0fff_ffffL) | (quads & 0x0fff_ffff_0000_0000L) >>> 4;
    }

    /** Goes over the content of the field whose tag was just read. */
    void skip(int tag, int end) throws WriteRefusedException {
        switch (tag & 7) {
            case VARINT -> varint(end);
            case I64 -> fixed(8, end);
            case I32 -> fixed(4, end);
            default -> at = contentEnd(end);
        }
    }

    /** The content of a field of eight bytes. */
    long fixed64(int end) throws WriteRefusedException {
        int from = at;
        fixed(8, end);
        return Bytes.little(bytes, from);
    }

    private void fixed(int size, int end) throws WriteRefusedException {
        if (size > end - at) {
            throw WriteRefusedException.malformed(
                    at, "a field of " + size + " bytes is longer than the " + (end - at) + " bytes left");
        }
        at += size;
    }

    /** How many bytes a number takes in its shortest form. */
    static int sizeOf(int number) {
        return (38 - Integer.numberOfLeadingZeros(number | 1)) / 7;
    }
}
