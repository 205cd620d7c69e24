package io.ringgate.http;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A pause between two pipelined requests of a connection, in which the other connections of the loop are served. It is a timer
 * and no task: a loop runs its tasks, and those that they add, for up to a second before it reads a socket. On the connection's
 * event loop.
 */
final class PipeliningPause {

    static final long PAUSE_MILLIS = 1;

    private boolean running;

    boolean isRunning() {
        return running;
    }

    /** @param next is run after the pause */
    void start(EventExecutor loop, Runnable next) {
        running = true;
        loop.schedule(
                () -> {
                    running = false;
                    next.run();
                },
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
    }
}
