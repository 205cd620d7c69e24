package io.ringgate.verification;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that credentials cannot be verified, once a minute at most, and when they can be again. Never logs anything
 * of a credential. Any thread.
 */
public final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final String credentials;
    private final LongSupplier nanoTime;
    private volatile boolean failing;
    private long logged;

    /** @param credentials which ones, and where they are verified */
    public OutageLog(String credentials, LongSupplier nanoTime) {
        this.credentials = credentials;
        this.nanoTime = nanoTime;
        this.logged = nanoTime.getAsLong() - PAUSE;
    }

    /** Names the kind of fault only: its message may quote a credential. */
    void failed(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        failed(fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]));
    }

    public synchronized void failed(String reason) {
        failing = true;
        long now = nanoTime.getAsLong();
        if (now - logged >= PAUSE) {
            logged = now;
            LOG.atWarn()
                    .addKeyValue("credentials", credentials)
                    .addKeyValue("reason", reason)
                    .log("verification unavailable, senders whose credential is not cached get 503");
        }
    }

    public void worked() {
        if (failing) {
            recovered();
        }
    }

    private synchronized void recovered() {
        if (failing) {
            failing = false;
            LOG.atInfo().addKeyValue("credentials", credentials).log("verification available again");
        }
    }
}
