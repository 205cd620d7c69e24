package io.ringgate.auth.jwt;

import org.jspecify.annotations.Nullable;

/**
 * An issuer as it is now, for its operator.
 *
 * @param keys how many there are
 * @param ageSeconds since they were fetched; null for keys from a file and for keys that never were
 * @param lastFault why the last fetch failed; null when it did not
 */
public record IssuerState(
        String name,
        int keys,
        @Nullable Long ageSeconds,
        @Nullable String lastFault) {}
