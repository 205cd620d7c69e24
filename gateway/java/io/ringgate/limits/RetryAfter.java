package io.ringgate.limits;

import java.util.random.RandomGenerator;

/** When a refused sender should come again. */
public final class RetryAfter {

    private static final long SECOND = 1_000_000_000L;

    /** The width of the jitter for a first attempt. */
    private static final int WIDTH = 4;

    /** As wide as it becomes for who has no turn: the jitter is all that makes a ramp of a wave. */
    private static final int WIDEST = 28;

    /** As wide as it becomes behind a wait, which is a turn of its own already: more would only make late ones later. */
    private static final int WIDEST_BEHIND_A_WAIT = 8;

    private RetryAfter() {}

    /**
     * Whole seconds, at least 1, never before the wait is over. The jitter is what keeps those apart who were told the
     * same, and grows with each attempt that was in vain.
     *
     * @param waitNanos how long there is nothing for it; 0 when that is not known
     * @param attempt how often the sender says that it repeated this write; it may say anything
     */
    public static int seconds(long waitNanos, int attempt, RandomGenerator random) {
        long wait = Math.clamp(Math.ceilDiv(waitNanos, SECOND), 1, Integer.MAX_VALUE - WIDEST);
        int widest = waitNanos > 0 ? WIDEST_BEHIND_A_WAIT : WIDEST;
        return (int) wait + random.nextInt(Math.min(WIDTH << Math.clamp(attempt, 0, 3), widest));
    }
}
