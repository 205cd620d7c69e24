package io.ringgate.verification;

import io.ringgate.edge.Network;
import io.vertx.core.Future;

/** Runs checks that cost something: off the event loops, few at a time, and fair to every source. Any thread. */
public interface VerificationExecutor {

    /**
     * Runs the task, later, or refuses it, at once or later.
     *
     * @param claimed the name that the caller claims, untrusted; empty where a credential names nobody
     */
    void submit(Network source, String claimed, Task task);

    /** One check. One of its methods is called, once; neither throws anything. */
    interface Task {

        /** The result counts for or against the source and the name. On a pool's thread it is there on return. */
        Future<? extends VerificationResult<?, ?>> run();

        void refused(Unavailable why);
    }
}
