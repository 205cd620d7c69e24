package io.ringgate.verification;

import io.ringgate.edge.Network;
import io.vertx.core.Future;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A credential of one request on its way to an answer, as its method sees it. Each call judges by the configuration of that
 * moment. On the caller's thread.
 *
 * @param <V> by what it is verified
 * @param <R> by what it is rejected
 * @param <A> the answer
 */
public interface Attempt<V, R, A> {

    /** What stands for the credential in the cache. */
    HeaderDigest.Value digest();

    /** What a check that verified this credential says now; null when it says nothing any more. */
    @Nullable
    Future<A> answer(V verified);

    /** Whether a check that rejected this credential still counts. */
    boolean isStillRejected(R rejected);

    /** Parses and validates the credential: everything that costs little. Null when it is for another method. */
    @Nullable
    Step<V, R, A> validate();

    /** What comes after validation. */
    sealed interface Step<V, R, A> {}

    /** An answer that needs no check, and is not cached. */
    record Answered<V, R, A>(Future<A> answer) implements Step<V, R, A> {}

    /** The credential is bad as far as can be seen without a check, and that is cached. */
    record Invalid<V, R, A>(R by) implements Step<V, R, A> {}

    /**
     * A check is needed.
     *
     * @param key two checks with equal keys are the same
     * @param source whose attempt it is
     * @param claimed the name that the credential claims
     * @param run the check itself, off the caller's thread; may block only where its executor has threads of its own
     */
    record Check<V, R, A>(Object key, Network source, String claimed, Callable<Future<VerificationResult<V, R>>> run)
            implements Step<V, R, A> {}
}
