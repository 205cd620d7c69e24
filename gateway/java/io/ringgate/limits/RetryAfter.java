package io.ringgate.limits;

import java.util.random.RandomGenerator;

/**
 * When refused senders should come again. The more of them are away, the wider the seconds over which they are spread: a few
 * come back at once, a wave comes back as a ramp.
 *
 * <pre>
 *   seconds from now   1     2     3     4     5   …
 *   coming back       ▇▇▇   ▇▇▇   ▇▇▇   ▇▇    ▇        together: the senders that are away
 * </pre>
 *
 * <p>A sender is away from its refusal until the time that it was given, so nobody is counted twice, and nobody who does not
 * come back is counted for long. Any thread, under one short lock; times are on the scale of {@link System#nanoTime}.
 */
public final class RetryAfter {

    private static final long SECOND = 1_000_000_000L;

    /** How many senders may come back in one second. */
    static final int FEW = 10;

    /** The widest jitter for a first attempt. */
    private static final int WIDTH = 4;

    /** The widest jitter for a sender without a turn: here only jitter spreads a wave. */
    private static final int WIDEST = 28;

    /** The widest jitter after a wait, which spreads senders already: more would only delay the last ones. */
    private static final int WIDEST_BEHIND_A_WAIT = 8;

    /** How many seconds ahead are counted one by one; later senders count in the last. */
    private static final int SECONDS = 128;

    /** How many come back in each second, by that second's remainder. */
    private final int[] comingBack = new int[SECONDS];

    private int away;

    /** The second up to which those who came back are taken off. */
    private long second = Long.MIN_VALUE;

    /**
     * Whole seconds, at least 1, never before the wait is over. The jitter keeps senders apart that got the same wait. It is as wide as there are senders to keep apart, and may become wider with each attempt that was in vain.
     *
     * @param waitNanos how long there is nothing for it; 0 when that is not known
     * @param attempt how often the sender says that it repeated this write; it may say anything
     */
    public synchronized int seconds(long waitNanos, int attempt, RandomGenerator random, long nowNanos) {
        passed(Math.floorDiv(nowNanos, SECOND));
        int wait = Math.clamp(Math.ceilDiv(waitNanos, SECOND), 1, Integer.MAX_VALUE - WIDEST);
        int widest = Math.min(WIDTH << Math.clamp(attempt, 0, 3), waitNanos > 0 ? WIDEST_BEHIND_A_WAIT : WIDEST);
        int seconds = wait + random.nextInt(Math.min(Math.ceilDiv(away + 1, FEW), widest));
        comingBack[slot(second + Math.min(seconds, SECONDS - 1))]++;
        away++;
        return seconds;
    }

    /** How many refused senders have not been told to be back yet. */
    public synchronized int away(long nowNanos) {
        passed(Math.floorDiv(nowNanos, SECOND));
        return away;
    }

    private void passed(long now) {
        while (away > 0 && second < now) {
            int slot = slot(++second);
            away -= comingBack[slot];
            comingBack[slot] = 0;
        }
        second = Math.max(second, now);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }
}
