package io.ringgate.wire;

import java.util.Arrays;

/**
 * The order of label names: by unsigned bytes, a prefix first. Names are compared by their first eight bytes as one
 * number; most differ there, and only equal ones are looked at further.
 */
final class NameOrder {

    /** By length of a name up to 127: which of eight bytes belong to it. An empty name has none. */
    private static final long[] MASKS = new long[128];

    static {
        Arrays.fill(MASKS, -1L);
        for (int length = 0; length < 8; length++) {
            MASKS[length] = ~(-1L >>> (8 * length));
        }
    }

    /** The first eight bytes of a name, zero-filled, as an unsigned number. Reads up to eight bytes behind the name. */
    static long prefix(byte[] bytes, int at, int length) {
        return Bytes.big(bytes, at) & MASKS[Math.min(length, 8)];
    }

    /** The same for a length that fits into seven bits. */
    static long shortPrefix(byte[] bytes, int at, int length) {
        return Bytes.big(bytes, at) & MASKS[length & 0x7f];
    }

    private NameOrder() {}

    /** Compares two names of any length; equal prefixes do not mean equal names, as a name may hold zero bytes. */
    static int compare(byte[] a, int aAt, int aLength, byte[] b, int bAt, int bLength) {
        int common = Math.min(aLength, bLength);
        for (int i = 0; i < common; i += 8) {
            long x = prefix(a, aAt + i, aLength - i);
            long y = prefix(b, bAt + i, bLength - i);
            if (x != y) {
                return Long.compareUnsigned(x, y);
            }
        }
        return Integer.compare(aLength, bLength);
    }

    /** Letters, digits and underscore, no digit first. */
    static boolean legacy(byte[] bytes, int at, int length) {
        for (int i = 0; i < length; i++) {
            int b = bytes[at + i];
            boolean letter = ((b | 0x20) >= 'a' && (b | 0x20) <= 'z') || b == '_';
            if (!letter && !(i > 0 && b >= '0' && b <= '9')) {
                return false;
            }
        }
        return length > 0;
    }
}
