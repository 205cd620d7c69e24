package io.ringgate.app;

import io.ringgate.config.DrainTimes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two waits of a shutdown. Each ends early when there is nothing left to wait for; the first also when a second signal
 * asks for the second. Blocks the calling thread.
 */
final class GracefulShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);
    private static final long POLL_MILLIS = 20;

    private final Drain drain;
    private final IntSupplier connections;
    private final CountDownLatch finishing = new CountDownLatch(1);

    GracefulShutdown(Drain drain, IntSupplier connections) {
        this.drain = drain;
        this.connections = connections;
    }

    /** Not ready, and serving as before, until load balancers have seen that. */
    void keepServing(DrainTimes times) {
        if (drain.reach(Drain.Stage.LEAVING)) {
            LOG.atInfo()
                    .addKeyValue("duration", times.keepServing())
                    .log("shutdown begins, not ready and still serving");
            await(times.keepServing());
        }
    }

    private void await(Duration time) {
        try {
            if (finishing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atInfo().log("shutdown wait ended by another signal");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No connection is accepted, idle ones are closed, others with their answer. A gateway that never served has none. */
    void finish(DrainTimes times) {
        finishing.countDown();
        if (drain.reach(Drain.Stage.FINISHING)) {
            LOG.atInfo()
                    .addKeyValue("connections", connections.getAsInt())
                    .log("shutdown closes connections after their answers");
        }
        long end = System.nanoTime() + times.finish().toNanos();
        while (connections.getAsInt() > 0 && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
