package io.ringgate.wire;

/**
 * How far beyond the limits of samples' times the series of one write are that are refused for them, in milliseconds: of
 * those that are too old the one that is least so, and of those that are too new. Tells whether another clock would let
 * one of them through. {@link #NEVER} where there is none.
 */
public record TimeGaps(long leastTooOld, long leastTooNew) {

    static final long NEVER = Long.MAX_VALUE;

    public static final TimeGaps NONE = new TimeGaps(NEVER, NEVER);

    /** What is known of another clock is not exact; as far as this from its limits its verdict is open too. */
    private static final long TOLERANCE = 30_000;

    /** From one time to a later one; as good as for ever where that is no number. */
    static long between(long earlier, long later) {
        long gap = later - earlier;
        return gap < 0 ? NEVER : gap;
    }

    /**
     * Whether a clock that is right would let one of the series through.
     *
     * @param aheadMillis by how much the clock that refused them is ahead of it; zero for a clock that is right
     */
    public boolean closeWith(long aheadMillis) {
        return aheadMillis != 0
                && (aheadMillis > 0 ? leastTooOld <= aheadMillis + TOLERANCE : leastTooNew <= TOLERANCE - aheadMillis);
    }
}
