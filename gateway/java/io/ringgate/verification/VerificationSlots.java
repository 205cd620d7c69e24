package io.ringgate.verification;

import io.ringgate.edge.Network;
import io.ringgate.verification.FairQueue.Waiting;
import io.ringgate.verification.VerificationScheduler.Refusal;
import io.vertx.core.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs checks that wait for somebody else's answer and hold no thread: so many at a time, a quarter of them for one source,
 * and four waiting for each that runs. A source may be a whole site behind one address, so one whose credentials were bad
 * lately is slowed down and never shut out. Checks begin on the caller's thread, or on the one that ends another. Any thread.
 */
public final class VerificationSlots implements VerificationExecutor {

    /** Bad credentials of a source at once, and how long until it may show one more. */
    static final int MAX_FAILURES = 50;

    static final long REFILL_NANOS = 200_000_000L;
    private static final int WAITING_PER_SLOT = 4;

    private final VerificationScheduler scheduler =
            new VerificationScheduler(new FairQueue(0, 0), new AttemptLimiter(MAX_FAILURES, REFILL_NANOS));
    private final LongSupplier nanoTime;
    private int slots;
    private int running;

    /** Without any slot yet. */
    public VerificationSlots(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public void resize(int newSlots) {
        synchronized (this) {
            slots = newSlots;
            scheduler.resize(WAITING_PER_SLOT * newSlots, Math.max(1, newSlots / 4));
        }
        runWaiting();
    }

    @Override
    public void submit(Network source, String claimed, Task task) {
        Refusal refusal = add(new Waiting(source, claimed, task, nanoTime.getAsLong()));
        if (refusal != null) {
            refusal.check().task().refused(refusal.why());
        }
        runWaiting();
    }

    private synchronized @Nullable Refusal add(Waiting check) {
        return scheduler.add(check);
    }

    private void runWaiting() {
        for (Waiting next = next(); next != null; next = next()) {
            Waiting check = next;
            Future<? extends VerificationResult<?, ?>> result = check.task().run();
            if (result.isComplete()) {
                finished(check, result.result());
            } else {
                result.onSuccess(found -> {
                    finished(check, found);
                    runWaiting();
                });
            }
        }
    }

    private synchronized @Nullable Waiting next() {
        Waiting next = running < slots ? scheduler.next(nanoTime.getAsLong()) : null;
        if (next != null) {
            running++;
        }
        return next;
    }

    private synchronized void finished(Waiting check, VerificationResult<?, ?> result) {
        running--;
        scheduler.finished(check, result, nanoTime.getAsLong());
    }
}
