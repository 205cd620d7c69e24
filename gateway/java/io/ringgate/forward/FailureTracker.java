package io.ringgate.forward;

import io.ringgate.edge.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Failures of one receiver since its last success, and whether they say something of the receiver.
 *
 * <p>They do not as long as only one tenant failed while another tenant's write was taken a short time ago: then it is
 * probably that tenant who cannot be served. Two successes are enough to know that: the newest, and the newest of any
 * other tenant. Not for several threads.
 */
final class FailureTracker {

    static final int LONG = 3;

    /** Three failures between two successes of a busy receiver are no streak. */
    static final long QUIET_NANOS = 500_000_000L;

    static final long VOUCHED_NANOS = 10_000_000_000L;

    private int failures;
    private @Nullable TenantId failed;
    private boolean several;
    private @Nullable TenantId newest;
    private long newestAt;
    private @Nullable TenantId other;
    private long otherAt;

    void success(TenantId tenant, long now) {
        if (!tenant.equals(newest)) {
            other = newest;
            otherAt = newestAt;
            newest = tenant;
        }
        newestAt = now;
        clear();
    }

    void failure(TenantId tenant) {
        failures++;
        if (failed == null) {
            failed = tenant;
        } else if (!failed.equals(tenant)) {
            several = true;
        }
    }

    /** Forgets the failures, not the successes. */
    void clear() {
        failures = 0;
        failed = null;
        several = false;
    }

    /** The failures are the receiver's and not one tenant's. */
    boolean isItsOwn(long now) {
        return failures > 0 && (several || !isVouchedFor(now));
    }

    boolean isLong(long now) {
        return failures >= LONG && (newest == null || now - newestAt >= QUIET_NANOS) && isItsOwn(now);
    }

    private boolean isVouchedFor(long now) {
        if (newest != null && !newest.equals(failed)) {
            return now - newestAt < VOUCHED_NANOS;
        }
        return other != null && now - otherAt < VOUCHED_NANOS;
    }
}
