package io.ringgate.wire;

/**
 * The memory one write may take from end to end. A reservation of this size is never too small, whatever the bytes turn out
 * to be.
 *
 * <pre>
 *   as it came     ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
 *   message             ▇▇▇▇▇▇▇              given up before the stamped one is packed, which takes more room
 *   stamped                ▇▇▇▇▇▇▇▇▇▇
 *   packed again                ▇▇▇▇▇▇▇▇▇
 *   on its way                      ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇      copied when stamped and as it came are given up
 *                  read, unpack, walk, pack, copy, send
 * </pre>
 */
public final class WorstCaseMemory {

    /** The fewest bytes of a series that is not refused: its frame, and one label of one-byte name and value. */
    private static final int SMALLEST_SERIES = 10;

    /** The frame of a series grows from one byte of length to at most five. */
    private static final int FRAME_GROWTH = 4;

    /** The most bytes a stamped message may have: packed again it still fits into one array. */
    static final int LARGEST_STAMPED = 1 << 30;

    private WorstCaseMemory() {}

    /**
     * Of the copies of a write those that are held together. What fits into the arrays that a codec keeps from write to write
     * is there anyway: of such a write only what came and what is sent on is held.
     *
     * @param packed bytes
     * @param unpacked bytes
     * @param maxSeries that it may have before it is refused
     */
    public static long of(long packed, long unpacked, StampPlan plan, int maxSeries) {
        long stamped = stampedCap(unpacked, plan, maxSeries);
        long again = packedCap(stamped);
        return packed + (again <= WriteCodec.KEPT ? again : whenCoded(stamped));
    }

    /** Beside what came: its message and its stamped one, or that one and what it is packed to. */
    static long whenCoded(long stamped) {
        return stamped + packedCap(stamped);
    }

    /** The most bytes its stamped message may have. */
    static int stampedCap(long unpacked, StampPlan plan, int maxSeries) {
        if (plan.count() == 0) {
            return (int) unpacked;
        }
        long series = Math.min(unpacked / SMALLEST_SERIES, maxSeries);
        long inserted = series * (plan.insertedBytes() + FRAME_GROWTH);
        return (int) Math.min(LARGEST_STAMPED, unpacked + inserted + plan.renamedBytes(unpacked, series));
    }

    /** The most bytes a snappy block of so many unpacked bytes can have. */
    static long packedCap(long unpacked) {
        return 32 + unpacked + unpacked / 6;
    }
}
