package io.ringgate.wire;

/**
 * The unpacked size that a snappy block declares in its first one to five bytes, little-endian in groups of seven bits.
 * The sender chooses it: check it before memory is reserved for it.
 */
public final class DeclaredSize {

    /** The preamble is not complete yet. */
    public static final long NEED_MORE = -1;

    /** Not a preamble: above 32 bits, or not in its shortest form. */
    public static final long MALFORMED = -2;

    private static final int LONGEST = 5;

    private DeclaredSize() {}

    /** The most bytes for the fewest that a block has: a copy element of three bytes makes 64. */
    private static final int MOST_FROM_ELEMENT = 64;

    private static final int THAT_ELEMENT = 3;

    /** False when a block of this packed size is too short to unpack to what it declares. */
    public static boolean isPossible(long packed, long declared) {
        return declared <= mostUnpacked(packed);
    }

    /** The most bytes that a block of this packed size can unpack to. */
    public static long mostUnpacked(long packed) {
        return packed * MOST_FROM_ELEMENT / THAT_ELEMENT;
    }

    /** The fewest packed bytes that can unpack to this size. */
    public static long fewestPacked(long declared) {
        return Math.ceilDiv(declared * THAT_ELEMENT, MOST_FROM_ELEMENT);
    }

    /** What is wrong with a block for which {@link #isPossible} is false. */
    public static String impossible(long packed, long declared) {
        return "malformed snappy block: " + packed + " bytes cannot hold the " + declared + " declared";
    }

    /** The declared size, at least 0, or one of the two constants, which are negative. */
    public static long read(byte[] bytes, int from, int length) {
        long size = 0;
        for (int i = 0; i < Math.min(length, LONGEST); i++) {
            int b = bytes[from + i];
            size |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                boolean shortest = b > 0 || i == 0;
                return shortest && size >>> 32 == 0 ? size : MALFORMED;
            }
        }
        return length < LONGEST ? NEED_MORE : MALFORMED;
    }
}
