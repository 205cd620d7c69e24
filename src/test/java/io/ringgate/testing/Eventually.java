package io.ringgate.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits for what other programs do: polls for a bounded time, and then reports what it saw last. */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    /** The first value that fits. A failed poll counts as one that does not. */
    public static <T> T see(String what, Callable<T> look, Predicate<T> fits) {
        long end = System.nanoTime() + LIMIT.toNanos();
        @Nullable Object last = null;
        do {
            try {
                T seen = look.call();
                if (fits.test(seen)) {
                    return seen;
                }
                last = seen;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (System.nanoTime() - end < 0);
        throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + what + ". Seen last: " + last);
    }

    public static void becomes(String what, Callable<Boolean> condition) {
        see(what, condition, Boolean::booleanValue);
    }
}
