package io.ringgate.verification;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the attempts of one method: from the cache, else by one check for however many show the same credential meanwhile.
 *
 * <pre>
 *   cached? ──► validate ──► join or submit ──► caller's loop ──► answer
 *      ▲                                                             │
 *      └──────────────── once, when the configuration changed ◄──────┘
 * </pre>
 *
 * <p>Any thread calls. The answer comes on the caller's loop; for a cached credential it is complete on return.
 */
public final class Verifier<V, R, A> {

    private final VerificationExecutor executor;
    private final VerificationCache<V, R> cache;
    private final Refusals<A> refusals;
    private final VerificationCounters counters;
    private final OutageLog outages;
    private final ConcurrentMap<Object, Promise<VerificationResult<V, R>>> running = new ConcurrentHashMap<>();

    /**
     * Builds one with an empty cache.
     *
     * @param credentials what is verified, for the log
     */
    public Verifier(
            String credentials,
            VerificationExecutor executor,
            LongSupplier nanoTime,
            Refusals<A> refusals,
            VerificationCounters counters) {
        this.executor = executor;
        this.cache = new VerificationCache<>(nanoTime);
        this.refusals = refusals;
        this.counters = counters;
        this.outages = new OutageLog(credentials, nanoTime);
    }

    /** The answers that say no. */
    public interface Refusals<A> {

        Future<A> wrong();

        Future<A> unavailable(Unavailable why);
    }

    /** Null when the credential is for another method. */
    public @Nullable Future<A> verify(Attempt<V, R, A> attempt) {
        return verify(attempt, true);
    }

    /** @param again whether to begin again, once, when the configuration changes meanwhile */
    private @Nullable Future<A> verify(Attempt<V, R, A> attempt, boolean again) {
        Future<A> cached = cached(attempt);
        if (cached != null) {
            return cached;
        }
        return switch (attempt.validate()) {
            case null -> null;
            case Attempt.Answered<V, R, A>(Future<A> answer) -> answer;
            case Attempt.Invalid<V, R, A>(R by) -> {
                cache.putRejected(attempt.digest(), by);
                yield refusals.wrong();
            }
            case Attempt.Check<V, R, A> check -> check(attempt, check, again);
        };
    }

    private @Nullable Future<A> cached(Attempt<V, R, A> attempt) {
        V verified = cache.verified(attempt.digest());
        Future<A> answer = verified == null ? null : attempt.answer(verified);
        if (answer != null) {
            counters.count(VerificationCounters.Event.CACHED);
            return answer;
        }
        R rejected = cache.rejected(attempt.digest());
        if (rejected != null && attempt.isStillRejected(rejected)) {
            counters.count(VerificationCounters.Event.CACHED_REJECTED);
            return refusals.wrong();
        }
        return null;
    }

    private Future<A> check(Attempt<V, R, A> attempt, Attempt.Check<V, R, A> check, boolean again) {
        Future<VerificationResult<V, R>> result = joinOrSubmit(attempt.digest(), check);
        if (result.isComplete()) {
            return answer(attempt, result.result(), again);
        }
        CallerLoop loop = CallerLoop.current();
        Promise<A> answer = Promise.promise();
        result.onSuccess(found -> loop.run(() -> answer(attempt, found, again).onComplete(answer)));
        return answer.future();
    }

    private Future<VerificationResult<V, R>> joinOrSubmit(HeaderDigest.Value digest, Attempt.Check<V, R, A> check) {
        Promise<VerificationResult<V, R>> mine = Promise.promise();
        Promise<VerificationResult<V, R>> other = running.putIfAbsent(check.key(), mine);
        if (other != null) {
            return other.future();
        }
        executor.submit(check.source(), check.claimed(), new Running(digest, check, mine));
        return mine.future();
    }

    /** By the configuration of this moment. */
    private Future<A> answer(Attempt<V, R, A> attempt, VerificationResult<V, R> result, boolean again) {
        Future<A> answer = switch (result) {
            case VerificationResult.Verified<V, R>(V by) -> attempt.answer(by);
            case VerificationResult.Unassigned<V, R>(V by) -> attempt.answer(by);
            case VerificationResult.Rejected<V, R>(R by) -> attempt.isStillRejected(by) ? refusals.wrong() : null;
            case VerificationResult.Undecided<V, R>(Unavailable why) ->
                why == Unavailable.CHANGED ? null : refusals.unavailable(why);
        };
        if (answer != null) {
            return answer;
        }
        if (!again) {
            return refusals.unavailable(Unavailable.CHANGED);
        }
        Future<A> second = verify(attempt, false);
        return second == null ? refusals.wrong() : second;
    }

    /** One check for all who wait for it. */
    private final class Running implements VerificationExecutor.Task {

        private final HeaderDigest.Value digest;
        private final Attempt.Check<V, R, A> check;
        private final Promise<VerificationResult<V, R>> promise;

        Running(HeaderDigest.Value digest, Attempt.Check<V, R, A> check, Promise<VerificationResult<V, R>> promise) {
            this.digest = digest;
            this.check = check;
            this.promise = promise;
        }

        @Override
        public Future<VerificationResult<V, R>> run() {
            Future<VerificationResult<V, R>> found;
            try {
                found = check.run().call();
            } catch (Exception | Error e) {
                found = Future.failedFuture(e);
            }
            return found.otherwise(this::failed).map(this::finish);
        }

        private VerificationResult<V, R> failed(Throwable fault) {
            outages.failed(fault);
            return new VerificationResult.Undecided<>(Unavailable.FAILED);
        }

        @Override
        public void refused(Unavailable why) {
            finish(new VerificationResult.Undecided<>(why));
        }

        private VerificationResult<V, R> finish(VerificationResult<V, R> result) {
            switch (result) {
                case VerificationResult.Verified<V, R>(V by) -> cache.putVerified(digest, by);
                case VerificationResult.Unassigned<V, R>(V by) -> cache.putVerified(digest, by);
                case VerificationResult.Rejected<V, R>(R by) -> cache.putRejected(digest, by);
                case VerificationResult.Undecided<V, R> _ -> {}
            }
            if (!(result instanceof VerificationResult.Undecided)) {
                outages.worked();
            }
            running.remove(check.key(), promise);
            counters.count(result);
            promise.complete(result);
            return result;
        }
    }
}
