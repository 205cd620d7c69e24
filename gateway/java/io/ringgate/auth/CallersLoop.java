package io.ringgate.auth;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way back to where a call came from: its Vert.x context, else its event loop, since a Netty handler of ours runs
 * there without a context. A caller on any other thread is a test or a tool, and gets the answer wherever it is made.
 */
public final class CallersLoop {

    private final Executor loop;

    private CallersLoop(Executor loop) {
        this.loop = loop;
    }

    public static CallersLoop current() {
        Context context = Vertx.currentContext();
        if (context != null) {
            return new CallersLoop(task -> context.runOnContext(nothing -> task.run()));
        }
        EventExecutor loop = ThreadExecutorMap.currentExecutor();
        return new CallersLoop(loop == null ? Runnable::run : loop);
    }

    /** Drops the task when the loop has stopped: its connections are gone, and others still wait for their turn. */
    public void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException stopped) {
            // Nobody is left to take the answer.
        }
    }
}
