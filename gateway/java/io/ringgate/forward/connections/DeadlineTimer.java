package io.ringgate.forward.connections;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One deadline that moves with every request and is hardly ever reached.
 *
 * <p>Moving it later costs an assignment: the task that is already scheduled wakes up, sees that it is early and goes
 * back to sleep. Only moving it before the next wake-up schedules another task. Event loop only.
 */
final class DeadlineTimer {

    private final EventLoop loop;
    private final LongSupplier clock;
    private final Runnable expired;
    private @Nullable ScheduledFuture<?> wake;
    private long wakeAt;
    private long due;
    private boolean set;

    DeadlineTimer(EventLoop loop, LongSupplier clock, Runnable expired) {
        this.loop = loop;
        this.clock = clock;
        this.expired = expired;
    }

    void set(long dueNanos) {
        due = dueNanos;
        set = true;
        if (wake == null || wakeAt - dueNanos > 0) {
            cancelWake();
            schedule();
        }
    }

    void stop() {
        set = false;
        cancelWake();
    }

    private void schedule() {
        wakeAt = due;
        wake = loop.schedule(this::awake, Math.max(0, due - clock.getAsLong()), TimeUnit.NANOSECONDS);
    }

    private void awake() {
        wake = null;
        if (!set) {
            return;
        }
        if (due - clock.getAsLong() > 0) {
            schedule();
        } else {
            set = false;
            expired.run();
        }
    }

    private void cancelWake() {
        ScheduledFuture<?> waiting = wake;
        if (waiting != null) {
            wake = null;
            waiting.cancel(false);
        }
    }
}
