package io.ringgate.auth.jwt;

import com.nimbusds.jose.JOSEException;
import io.ringgate.config.SignatureAlgorithm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token whose issuer's signature was verified. Made here only; {@link TokenValidator} has checked the rest before. Immutable.
 */
final class VerifiedToken {

    private final Map<String, Object> claims;

    private VerifiedToken(UnverifiedToken token) {
        this.claims = token.claims();
    }

    /** Slow. Null when the key has not made this signature. */
    static @Nullable VerifiedToken verify(UnverifiedToken token, VerifyingKey key, SignatureAlgorithm algorithm)
            throws JOSEException {
        return key.verifies(token, algorithm) ? new VerifiedToken(token) : null;
    }

    /**
     * A token that was verified before.
     *
     * @param cached found under the digest of just these bytes
     */
    static VerifiedToken again(UnverifiedToken token, CachedVerification cached) {
        if (!cached.issuer().issuer().equals(token.issuer())) {
            throw new IllegalStateException("another token was verified");
        }
        return new VerifiedToken(token);
    }

    Map<String, Object> claims() {
        return claims;
    }

    @Override
    public String toString() {
        return "<token>";
    }
}
