package io.ringgate.wire;

/**
 * How many series a message has at most: its fields are only stepped over, from length to length. Behind one that cannot be
 * stepped over there may be as many as fit.
 */
final class SeriesCount {

    private SeriesCount() {}

    static int of(byte[] message, int end) {
        int series = 0;
        int at = 0;
        while (at < end) {
            int tag = message[at];
            int next = tag >= 0 && (tag & 7) == FieldReader.LEN ? behind(message, at + 1, end) : -1;
            if (next < 0) {
                return series + (end - at);
            }
            series += tag == Protobuf.SERIES ? 1 : 0;
            at = next;
        }
        return series;
    }

    /** The place behind the content whose length stands here; negative when it is not there. */
    private static int behind(byte[] message, int from, int end) {
        long length = 0;
        for (int i = 0; i < 5 && from + i < end; i++) {
            int b = message[from + i];
            length |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                long behind = from + i + 1 + length;
                return behind <= end ? (int) behind : -1;
            }
        }
        return -1;
    }
}
