package io.ringgate.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread makes true, and never longer than a bound. */
public final class Await {

    private static final Duration MOST = Duration.ofSeconds(15);
    private static final long PAUSE_NANOS = 2_000_000;

    private Await() {}

    /** Fails with what was awaited when it does not come true. */
    public static void until(String what, BooleanSupplier condition) {
        if (!within(MOST, condition)) {
            throw new AssertionError("after " + MOST.toSeconds() + " s still not so: " + what);
        }
    }

    public static boolean within(Duration most, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
