package io.ringgate.app;

import io.ringgate.config.DrainTimes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two waits on the way out. Both end early when there is nothing left to wait for, or when somebody is in a hurry. */
public final class GracefulShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);
    private static final long POLL_MILLIS = 20;

    private final Drain drain;
    private final IntSupplier connections;
    private final CountDownLatch hurry = new CountDownLatch(1);

    GracefulShutdown(Drain drain, IntSupplier connections) {
        this.drain = drain;
        this.connections = connections;
    }

    /** Not ready, and serving as before, for as long as others need to hear of it. */
    void leave(DrainTimes times) {
        if (drain.reach(Drain.Stage.LEAVING)) {
            LOG.info(
                    "stopping: not ready, still serving for {} s",
                    times.keepServing().toSeconds());
            await(times.keepServing());
        }
    }

    private void await(Duration time) {
        try {
            if (hurry.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("stopping: somebody is in a hurry");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No connection is taken, idle ones end, others with their answer. A gateway that never served has none. */
    void finish(DrainTimes times) {
        hurry.countDown();
        if (drain.reach(Drain.Stage.FINISHING)) {
            LOG.info("stopping: {} connections end with their answers", connections.getAsInt());
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
