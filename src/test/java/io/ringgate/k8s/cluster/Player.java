package io.ringgate.k8s.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands for a program that runs elsewhere: looks at the API server again and again, on a thread of its own, and does its part. */
final class Player implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Player.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Thread thread;
    private volatile boolean closed;

    /** What it does each time that it looks. */
    interface Part {
        void play() throws IOException, InterruptedException;
    }

    Player(String name, Part part) {
        this.thread = Thread.ofVirtual().name(name).start(() -> {
            while (!closed) {
                play(name, part);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        });
    }

    private void play(String name, Part part) {
        try {
            part.play();
        } catch (IOException e) {
            if (!closed) {
                LOG.atDebug()
                        .addKeyValue("player", name)
                        .addKeyValue("error", e.toString())
                        .log("not played");
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
