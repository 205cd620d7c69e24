package io.ringgate.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs why writes are not stored, at most once a second on each loop: a receiver that is down fails thousands of writes for
 * one reason. The reason names receivers, so it is logged and never sent to a client. On its event loop only.
 */
final class FailedWriteLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailedWriteLog.class);
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private boolean logged;
    private long loggedAt;
    private long suppressed;

    /** Logs one write that the receivers did not store, or counts it for the next line. */
    void write(String requestId, String tenant, String reason, long nowNanos) {
        if (logged && nowNanos - loggedAt < PAUSE_NANOS) {
            suppressed++;
            return;
        }
        LOG.atWarn()
                .addKeyValue("tenant", tenant)
                .addKeyValue("reason", reason)
                .addKeyValue("request_id", requestId)
                .addKeyValue("suppressed", suppressed)
                .log("write not stored");
        logged = true;
        loggedAt = nowNanos;
        suppressed = 0;
    }
}
