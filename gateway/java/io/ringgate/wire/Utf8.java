package io.ringgate.wire;

/** Strict UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. */
final class Utf8 {

    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** True when every byte is below 128. Reads up to seven bytes behind the range. */
    static boolean ascii(byte[] bytes, int from, int to) {
        long high = 0;
        int behindWhole = to - 7;
        for (int at = from; at < behindWhole; at += 8) {
            high |= Bytes.little(bytes, at);
        }
        int rest = (to - from) & 7;
        if (rest > 0) {
            high |= Bytes.little(bytes, to - rest) << (64 - 8 * rest);
        }
        return (high & HIGH_BITS) == 0;
    }

    /** True when the range is valid UTF-8. Reads nothing outside it. */
    static boolean valid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + 8 <= to && (Bytes.little(bytes, at) & HIGH_BITS) == 0) {
                at += 8;
                continue;
            }
            int size = bytes[at] >= 0 ? 1 : sequence(bytes, at, to);
            if (size == 0) {
                return false;
            }
            at += size;
        }
        return true;
    }

    /** The size of the valid multi-byte sequence at a place, or 0. */
    private static int sequence(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xff;
        int size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (size == 0 || size > to - at) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
