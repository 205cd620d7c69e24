package io.ringgate.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator why writes fail behind us, at most once a second and loop: a receiver that is down fails thousands of
 * writes for one reason. Names receivers, so it goes to the log and never to a client. On its event loop only.
 */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private boolean spoken;
    private long spokenAt;
    private long unsaid;

    /** Takes note of one write that the receivers did not store. */
    void about(String requestId, String tenant, String why, long nowNanos) {
        if (spoken && nowNanos - spokenAt < PAUSE_NANOS) {
            unsaid++;
            return;
        }
        LOG.warn(
                "a write of tenant {} was not stored: {} (request {}, {} more unsaid)", tenant, why, requestId, unsaid);
        spoken = true;
        spokenAt = nowNanos;
        unsaid = 0;
    }
}
