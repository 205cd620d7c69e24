package io.ringgate.auth.jwt;

import java.util.Map;

/** A token whose issuer has signed it, and which is meant for us. Made by {@link Verifier} only. Immutable. */
final class VerifiedToken {

    private final Map<String, Object> claims;

    VerifiedToken(UnverifiedToken token) {
        this.claims = token.claims();
    }

    Map<String, Object> claims() {
        return claims;
    }

    @Override
    public String toString() {
        return "<token>";
    }
}
