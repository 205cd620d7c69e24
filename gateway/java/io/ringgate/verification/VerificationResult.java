package io.ringgate.verification;

/**
 * What came of a check.
 *
 * @param <V> by what a credential is verified
 * @param <R> by what one is rejected
 */
public sealed interface VerificationResult<V, R> {

    /** The credential is good, and its source has authenticated. */
    record Verified<V, R>(V by) implements VerificationResult<V, R> {}

    /** The credential is good, and nobody's: cached as verified, counted as a failed attempt. */
    record Unassigned<V, R>(V by) implements VerificationResult<V, R> {}

    /** The credential is bad: a failed attempt. */
    record Rejected<V, R>(R by) implements VerificationResult<V, R> {}

    /** Nothing is known: no attempt at all. */
    record Undecided<V, R>(Unavailable why) implements VerificationResult<V, R> {}
}
