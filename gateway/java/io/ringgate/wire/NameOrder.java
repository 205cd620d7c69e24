package io.ringgate.wire;

/**
 * The order of label names: by unsigned bytes, a prefix first. Names are compared by their first eight bytes as one
 * number; most differ there, and only equal ones are looked at further.
 */
final class NameOrder {

    private NameOrder() {}

    /**
     * The first eight bytes of a name that is not empty, zero-filled, so shifted that a signed comparison orders as the
     * bytes do. Reads up to seven bytes behind the name.
     */
    static long prefix(byte[] bytes, int at, int length) {
        long mask = -1L << (64 - 8 * Math.min(length, 8));
        return (Bytes.big(bytes, at) & mask) ^ Long.MIN_VALUE;
    }

    /** Compares two names of any length; equal prefixes do not mean equal names, as a name may hold zero bytes. */
    static int compare(byte[] a, int aAt, int aLength, byte[] b, int bAt, int bLength) {
        int common = Math.min(aLength, bLength);
        for (int i = 0; i < common; i += 8) {
            long x = prefix(a, aAt + i, aLength - i);
            long y = prefix(b, bAt + i, bLength - i);
            if (x != y) {
                return x < y ? -1 : 1;
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
