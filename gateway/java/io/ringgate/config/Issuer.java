package io.ringgate.config;

import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens by which edges authenticate.
 *
 * @param name as edges and metrics name it
 * @param issuer the {@code iss} of its tokens, to the byte
 * @param template makes edges of tokens that match none; absent where nobody is let in so
 */
public record Issuer(
        String name,
        String issuer,
        TokenRules tokens,
        IssuerKeys keys,
        @Nullable EdgeTemplate template) {}
