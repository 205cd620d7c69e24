package io.ringgate.wire;

/**
 * How far the series that are refused for their samples' times are beyond the limits, in milliseconds: the smallest
 * distance of those that are too old, and of those that are too new. Shows whether a clock that is set otherwise would
 * accept one of them. {@link #NEVER} where there is none.
 */
public record TimeGaps(long leastTooOld, long leastTooNew) {

    static final long NEVER = Long.MAX_VALUE;

    public static final TimeGaps NONE = new TimeGaps(NEVER, NEVER);

    /** What is known of another clock is not exact; as far as this from its limits its verdict is open too. */
    private static final long TOLERANCE = 30_000;

    /** From one time to a later one; the largest number where the difference overflows. */
    static long between(long earlier, long later) {
        long gap = later - earlier;
        return gap < 0 ? NEVER : gap;
    }

    /**
     * Whether a correct clock would accept one of the series.
     *
     * @param aheadMillis by how much the clock that refused them is ahead of it; zero for a clock that is right
     */
    public boolean closeWith(long aheadMillis) {
        return aheadMillis != 0
                && (aheadMillis > 0 ? leastTooOld <= aheadMillis + TOLERANCE : leastTooNew <= TOLERANCE - aheadMillis);
    }
}
