package io.ringgate.http;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets a client that sends many requests at once have one of them served, and then the loop's other connections. The next turn
 * is a timer and no task: the loop does tasks, and those that they make, for up to a second before it looks at a socket. On
 * the connection's event loop.
 */
final class PipeliningPause {

    static final long PAUSE_MILLIS = 1;

    private boolean over;

    boolean isOver() {
        return over;
    }

    /** @param next is run when its next turn has come */
    void end(EventExecutor loop, Runnable next) {
        over = true;
        loop.schedule(
                () -> {
                    over = false;
                    next.run();
                },
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
    }
}
