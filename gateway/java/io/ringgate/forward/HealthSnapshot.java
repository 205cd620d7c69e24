package io.ringgate.forward;

/**
 * How a receiver is, for its operator.
 *
 * @param state {@code serving}, {@code unreachable} (it may not be ejected, but others go first), {@code ejected}, or
 *     {@code half_open} (ejected, and the next trial decides)
 * @param retryInMillis until the next trial of one that is not serving, else 0
 * @param ready what its readiness page said: {@code ready}, {@code not ready} or {@code unknown}
 * @param lastFailure what went wrong last, empty when nothing did
 */
public record HealthSnapshot(String state, long retryInMillis, String ready, String lastFailure) {}
