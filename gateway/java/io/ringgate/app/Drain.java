package io.ringgate.app;

import java.util.concurrent.atomic.AtomicReference;

/** Whether the gateway takes writes, still answers them, or is going away. Any thread. */
final class Drain {

    enum Stage {
        STARTING,
        SERVING,
        DRAINING
    }

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.STARTING);

    void serve() {
        stage.compareAndSet(Stage.STARTING, Stage.SERVING);
    }

    void begin() {
        stage.set(Stage.DRAINING);
    }

    boolean isReady() {
        return stage.get() == Stage.SERVING;
    }

    boolean isDraining() {
        return stage.get() == Stage.DRAINING;
    }
}
