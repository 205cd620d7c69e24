package io.ringgate.verification;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The loop that a call came from: its Vert.x context, else its event loop, since a Netty handler of ours runs there without a
 * context. A caller on any other thread is a test or a tool, and gets the answer on whichever thread has it.
 */
final class CallerLoop {

    private final Executor loop;

    private CallerLoop(Executor loop) {
        this.loop = loop;
    }

    static CallerLoop current() {
        Context context = Vertx.currentContext();
        if (context != null) {
            return new CallerLoop(task -> context.runOnContext(nothing -> task.run()));
        }
        EventExecutor loop = ThreadExecutorMap.currentExecutor();
        return new CallerLoop(loop == null ? Runnable::run : loop);
    }

    /** Drops the task when the loop has stopped: its connections are closed, and other loops still wait. */
    void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException stopped) {
            // Nobody is left to get the answer.
        }
    }
}
