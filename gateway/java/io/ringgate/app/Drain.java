package io.ringgate.app;

import java.util.concurrent.atomic.AtomicReference;

/** The stage of the gateway, from starting to finishing. Only forwards. Any thread. */
final class Drain {

    enum Stage {
        STARTING,
        SERVING,
        /** Not ready, and serving as before: load balancers have to see that first. */
        LEAVING,
        /** Every answer is the last of its connection, and no new connection is taken. */
        FINISHING
    }

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.STARTING);

    /** True when it was not that far yet. */
    boolean reach(Stage next) {
        Stage before = stage.getAndUpdate(now -> now.compareTo(next) < 0 ? next : now);
        return before.compareTo(next) < 0;
    }

    boolean isReady() {
        return stage.get() == Stage.SERVING;
    }

    boolean isFinishing() {
        return stage.get() == Stage.FINISHING;
    }
}
