package io.ringgate.wire;

/** An array that is kept from write to write and replaced by a larger one when a write needs it. */
final class ScratchArray {

    /** Up to this size arrays grow in powers of two; above, to exactly what one write needs. */
    private static final int ROUNDED = 1 << 20;

    private byte[] bytes = new byte[0];

    /** Drops an array that is larger. */
    void trim(int most) {
        if (bytes.length > most + Bytes.SLACK) {
            bytes = new byte[0];
        }
    }

    /** The array, with room for more, and the first bytes as they were. */
    byte[] grow(int content, int keep) {
        byte[] before = bytes;
        byte[] after = room(content);
        System.arraycopy(before, 0, after, 0, keep);
        return after;
    }

    /** How many bytes the array has room for. */
    int held() {
        return Math.max(0, bytes.length - Bytes.SLACK);
    }

    /** The array, with room for this many bytes and {@link Bytes#SLACK} behind them. Its content is arbitrary. */
    byte[] room(int content) {
        int need = content + Bytes.SLACK;
        if (bytes.length < need) {
            bytes = new byte[0];
            bytes = new byte[need > ROUNDED ? need : Integer.highestOneBit(need - 1) << 1];
        }
        return bytes;
    }
}
