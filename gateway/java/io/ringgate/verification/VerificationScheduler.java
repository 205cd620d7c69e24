package io.ringgate.verification;

import io.ringgate.edge.Network;
import io.ringgate.verification.FairQueue.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * Which check runs when: {@link AttemptLimiter} and {@link FairQueue} say whether one may wait, and which is next; what came
 * of it counts for or against its source. No thread and no clock of its own; its owner guards it.
 */
final class VerificationScheduler {

    private final FairQueue queue;
    private final AttemptLimiter attempts;

    VerificationScheduler(FairQueue queue, AttemptLimiter attempts) {
        this.queue = queue;
        this.attempts = attempts;
    }

    /** A check that does not wait, or waits no more. */
    record Refusal(Waiting check, Unavailable why) {}

    /** Null when the check waits and no other had to leave. */
    @Nullable
    Refusal add(Waiting check) {
        if (!attempts.tryTake(check.source(), check.claimed(), check.sinceNanos())) {
            return new Refusal(check, Unavailable.TOO_MANY_FAILURES);
        }
        Waiting leaves = queue.add(check);
        if (leaves == null) {
            return null;
        }
        attempts.giveBack(leaves.source(), leaves.claimed());
        return new Refusal(leaves, Unavailable.QUEUE_FULL);
    }

    int length() {
        return queue.length();
    }

    void resize(int places, int maxRunning) {
        queue.resize(places, maxRunning);
    }

    @Nullable
    Waiting next(long nowNanos) {
        return queue.next(nowNanos);
    }

    /** The check that {@link #next} gave has ended. */
    void finished(Waiting check, VerificationResult<?, ?> result, long nowNanos) {
        Network source = check.source();
        queue.finished(source);
        switch (result) {
            case VerificationResult.Verified<?, ?> _ -> {
                attempts.giveBack(source, check.claimed());
                queue.authenticated(source);
            }
            case VerificationResult.Unassigned<?, ?> _, VerificationResult.Rejected<?, ?> _ ->
                queue.failed(source, nowNanos);
            case VerificationResult.Undecided<?, ?> _ -> attempts.giveBack(source, check.claimed());
        }
    }
}
