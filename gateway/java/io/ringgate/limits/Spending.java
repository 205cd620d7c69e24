package io.ringgate.limits;

import static io.ringgate.reject.Limit.BYTES_PER_SECOND;
import static io.ringgate.reject.Limit.REQUESTS_PER_SECOND;
import static io.ringgate.reject.Limit.SAMPLES_PER_SECOND;

import org.jspecify.annotations.Nullable;

/**
 * What one write has taken of its edge's quota. On one thread.
 *
 * <p>What a stored write took is simply kept. Any other ends once, with {@link #undo}, {@link #keepRead} or
 * {@link #comesAgain}; a second end, a take after the end and a second take of the same are bugs that throw, as with a
 * {@link Reservation}.
 */
public final class Spending {

    /** The size of the body is not known before it ends. */
    public static final long UNKNOWN = -1;

    private final Quota quota;
    private int requestFrom;
    private int bytesFrom;
    private int samplesFrom;
    private long bytes;
    private long samples;
    private boolean ended;

    public Spending(Quota quota) {
        this.quota = quota;
    }

    /**
     * One request and its bytes: both, of the tenant's and the edge's rates, or nothing and the reason. Refused as
     * well while no tokens for samples, or for bytes of an unknown size, are left: how many are needed is known only when the
     * body was read.
     */
    public @Nullable RateExceeded begin(long bytes, long now) {
        mustBeOpen(requestFrom | bytesFrom);
        if (!quota.limits()) {
            return null;
        }
        synchronized (quota.lock()) {
            if (quota.has(REQUESTS_PER_SECOND, 1, now)
                    && quota.has(BYTES_PER_SECOND, bytes, now)
                    && quota.has(SAMPLES_PER_SECOND, UNKNOWN, now)) {
                requestFrom = quota.take(REQUESTS_PER_SECOND, 1);
                bytesFrom = quota.take(BYTES_PER_SECOND, bytes);
                this.bytes = Math.max(bytes, 0);
                return null;
            }
            RateExceeded ofBytes = quota.exceeded(BYTES_PER_SECOND, bytes, now);
            return ofBytes != null && ofBytes.forever()
                    ? ofBytes
                    : RateExceeded.longer(
                            RateExceeded.longer(ofBytes, quota.exceeded(SAMPLES_PER_SECOND, UNKNOWN, now)),
                            quota.exceeded(REQUESTS_PER_SECOND, 1, now));
        }
    }

    /** The bytes of a body whose size was not known. */
    public @Nullable RateExceeded bytes(long bytes, long now) {
        mustBeOpen(bytesFrom);
        if (!quota.limits()) {
            return null;
        }
        synchronized (quota.lock()) {
            if (!quota.has(BYTES_PER_SECOND, bytes, now)) {
                return quota.exceeded(BYTES_PER_SECOND, bytes, now);
            }
            bytesFrom = quota.take(BYTES_PER_SECOND, bytes);
            this.bytes = bytes;
            return null;
        }
    }

    public @Nullable RateExceeded samples(long samples, long now) {
        mustBeOpen(samplesFrom);
        if (!quota.limits()) {
            return null;
        }
        synchronized (quota.lock()) {
            if (!quota.has(SAMPLES_PER_SECOND, samples, now)) {
                return quota.exceeded(SAMPLES_PER_SECOND, samples, now);
            }
            samplesFrom = quota.take(SAMPLES_PER_SECOND, samples);
            this.samples = samples;
            return null;
        }
    }

    /** The write was refused before its body was read: it has taken nothing. */
    public void undo(long now) {
        end(requestFrom, bytes, now);
    }

    /**
     * The write was refused with its body read: the work was done, so its request and the bytes that were read stay
     * spent. Its samples come back.
     */
    public void keepRead(long bytesRead, long now) {
        if (bytesFrom == 0 && bytesRead > 0 && !ended && quota.limits()) {
            synchronized (quota.lock()) {
                quota.charge(BYTES_PER_SECOND, bytesRead, now);
            }
        }
        end(0, Math.max(0, bytes - bytesRead), now);
    }

    /** The write was tried and will come again: its samples and bytes come back, its request was made. */
    public void comesAgain(long now) {
        end(0, bytes, now);
    }

    private void end(int requestBackTo, long bytesBack, long now) {
        mustBeOpen(0);
        ended = true;
        if ((requestBackTo | bytesFrom | samplesFrom) == 0) {
            return;
        }
        synchronized (quota.lock()) {
            quota.giveBack(requestBackTo, REQUESTS_PER_SECOND, 1, now);
            quota.giveBack(bytesFrom, BYTES_PER_SECOND, bytesBack, now);
            quota.giveBack(samplesFrom, SAMPLES_PER_SECOND, samples, now);
        }
    }

    private void mustBeOpen(int taken) {
        if (ended || taken != 0) {
            throw new IllegalStateException(ended ? "the write has ended" : "the write has taken this already");
        }
    }
}
