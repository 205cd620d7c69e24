package io.ringgate.forward;

import io.ringgate.edge.TenantId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the data path knows of one receiver's health: a circuit breaker with two ways to open. A receiver that takes no
 * connection is known by one failure and comes back by a bare connection. One that takes writes and fails is known by a
 * {@link FailureTracker} and comes back by a write that succeeds, one at a time. Each further failure doubles the wait,
 * and so does leaving again within the longest wait after a return. A tenant whose write failed a trial lets others
 * make the next one: it may be the tenant who cannot be served.
 *
 * <p>It says what it found; whether the receiver may be ejected is the outlier ejector's to decide, who knows the
 * others. Any thread: short locks to tell, none to ask.
 */
public final class ReceiverHealth {

    private static final long SUSPECT_NANOS = 1_000_000_000L;
    private static final Backoff AWAY = new Backoff(1_000_000_000L, 30_000_000_000L);

    private final FailureTracker failures = new FailureTracker();
    private volatile boolean unreachable;
    private volatile boolean ejected;
    private volatile boolean suspect;
    private volatile Readiness readiness = Readiness.UNKNOWN;
    private volatile String lastFailure = "";
    private volatile long suspectSince;
    private volatile long nextTry;
    private AttemptSignal reason = AttemptSignal.NOTHING;
    private long ejectedAt;
    private boolean trying;
    private int waits;
    private volatile @Nullable TenantId failedLast;
    private volatile long failedLastUntil;
    private boolean returned;
    private long returnedAt;

    public boolean isUnreachable() {
        return unreachable;
    }

    public boolean isEjected() {
        return ejected;
    }

    /** It is asked only when the other one drawn is not better: it says it is not ready, or it failed a moment ago. */
    public boolean isSuspect(long now) {
        return readiness == Readiness.NOT_READY || (suspect && now - suspectSince < SUSPECT_NANOS);
    }

    public Readiness readiness() {
        return readiness;
    }

    public HealthSnapshot snapshot(long now) {
        boolean due = now - nextTry >= 0;
        boolean away = ejected || unreachable;
        String state = ejected ? due ? "half_open" : "ejected" : unreachable ? "unreachable" : "serving";
        return new HealthSnapshot(
                state, !away || due ? 0 : (nextTry - now) / 1_000_000, readiness.describe(), lastFailure);
    }

    /** An attempt was answered well. True when that ends an ejection; attempts from before it do not. */
    public synchronized boolean answered(TenantId tenant, long begun, long now) {
        failures.success(tenant, now);
        suspect = false;
        // The result of a connection attempt that is under way no longer matters.
        trying &= !unreachable;
        unreachable = false;
        return ejected && begun - ejectedAt >= 0 && comeBack(now);
    }

    /** An attempt failed after there was a connection. True when the receiver should be ejected. */
    public synchronized boolean failed(TenantId tenant, long begun, String words, RandomGenerator random, long now) {
        lastFailure = words;
        if (ejected) {
            if (begun - nextTry >= 0) {
                stayAway(random, now);
                failedLastUntil = nextTry + (nextTry - now);
                failedLast = tenant;
            }
            return false;
        }
        failures.failure(tenant);
        if (!failures.isItsOwn(now)) {
            return false;
        }
        suspectSince = now;
        suspect = true;
        return failures.isLong(now);
    }

    /** No connection came about. True when the receiver should be ejected. */
    public synchronized boolean unreached(String words, RandomGenerator random, long now) {
        lastFailure = words;
        boolean news = !unreachable;
        unreachable = true;
        if (ejected || !news) {
            if (now - nextTry >= 0) {
                stayAway(random, now);
            }
            return !ejected;
        }
        leave(random, now);
        return true;
    }

    /** A connection came about. True when that ends an ejection. */
    public boolean connected(long now) {
        return unreachable && connectedAgain(now);
    }

    private synchronized boolean connectedAgain(long now) {
        unreachable = false;
        trying = false;
        if (ejected && reason == AttemptSignal.UNREACHABLE) {
            return comeBack(now);
        }
        if (!ejected) {
            remember(now);
        }
        return false;
    }

    /** A trial was not made: another may be, at once. */
    public synchronized void notTried() {
        trying = false;
    }

    /** A trial ended without telling anything: another may be made after the shortest wait. Only for who holds the trial. */
    public synchronized void endTrialWithoutResult(RandomGenerator random, long now) {
        trying = false;
        nextTry = now + AWAY.nanos(0, random);
    }

    public synchronized void eject(AttemptSignal why, RandomGenerator random, long now) {
        if (why != AttemptSignal.UNREACHABLE) {
            leave(random, now);
        }
        reason = why;
        ejectedAt = now;
        failures.clear();
        suspect = false;
        ejected = true;
    }

    /** True for one caller when a bare connection should be tried. */
    public boolean tryProbe(long now) {
        return unreachable && tryReserve(now);
    }

    /**
     * True for one caller when a write should be tried on an ejected receiver. The tenant whose write failed the last trial
     * has to wait twice as long, or until another has tried.
     */
    public boolean tryTrial(TenantId tenant, long now) {
        if (!ejected || unreachable || (tenant.equals(failedLast) && now - failedLastUntil < 0) || !tryReserve(now)) {
            return false;
        }
        failedLast = null;
        return true;
    }

    private boolean tryReserve(long now) {
        return now - nextTry >= 0 && tryReserveNow(now);
    }

    private synchronized boolean tryReserveNow(long now) {
        boolean free = !trying && now - nextTry >= 0;
        trying |= free;
        return free;
    }

    /** A readiness never ejects. One that turns to ready makes the next trial due at once. */
    public synchronized void setReadiness(Readiness said, long now) {
        boolean turned = said == Readiness.READY && readiness != Readiness.READY;
        if (turned && (ejected || unreachable) && now - nextTry < 0) {
            nextTry = now;
            failedLast = null;
        }
        readiness = said;
    }

    private void leave(RandomGenerator random, long now) {
        boolean soon = returned && now - returnedAt < AWAY.mostNanos();
        waits = soon ? waits + 1 : 0;
        trying = false;
        nextTry = now + AWAY.nanos(waits, random);
    }

    private void stayAway(RandomGenerator random, long now) {
        waits++;
        trying = false;
        nextTry = now + AWAY.nanos(waits, random);
    }

    private boolean comeBack(long now) {
        ejected = false;
        trying = false;
        failedLast = null;
        failures.clear();
        remember(now);
        return true;
    }

    private void remember(long now) {
        returned = true;
        returnedAt = now;
    }
}
