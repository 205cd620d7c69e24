package io.ringgate.wire;

/**
 * The memory one write may take from end to end: packed and unpacked as it came, stamped, and packed again. A
 * reservation of this size is never too small, whatever the bytes turn out to be.
 */
public final class WorstCase {

    /** The fewest bytes of a series that is not refused: its frame, and one label of one-byte name and value. */
    private static final int SMALLEST_SERIES = 10;

    /** The frame of a series grows from one byte of length to at most five. */
    private static final int FRAME_GROWTH = 4;

    private static final long MEBIBYTE = 1L << 20;

    private WorstCase() {}

    /** The sum of all copies of a write of these sizes. */
    public static long of(long packed, long unpacked, StampPlan plan) {
        long stamped = stampedCap(unpacked, plan);
        return packed + unpacked + stamped + packedCap(stamped);
    }

    /**
     * The most bytes a stamped message may have. Short series could carry many times their own size in stamps; twice
     * the message, or one mebibyte more, is as far as this goes.
     */
    public static long stampedCap(long unpacked, StampPlan plan) {
        int inserted = plan.insertedBytes();
        if (inserted == 0) {
            return unpacked;
        }
        long insertions = unpacked / SMALLEST_SERIES * (inserted + FRAME_GROWTH);
        return Math.min(unpacked + insertions, Math.max(2 * unpacked, unpacked + MEBIBYTE));
    }

    /** The most bytes a snappy block of so many unpacked bytes can have. */
    static long packedCap(long unpacked) {
        return 32 + unpacked + unpacked / 6;
    }
}
