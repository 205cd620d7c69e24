package io.ringgate.auth.jwt;

import com.nimbusds.jose.JOSEException;
import io.ringgate.config.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/** Makes verified tokens, and nobody else does. What else must hold of a token is {@link TokenForm}'s and was asked before. */
final class Verifier {

    private Verifier() {}

    /** Slow. Null when the key has not made this signature. */
    static @Nullable VerifiedToken verify(UnverifiedToken token, VerifyingKey key, SignatureAlgorithm algorithm)
            throws JOSEException {
        return key.verifies(token, algorithm) ? new VerifiedToken(token) : null;
    }

    /**
     * A token that was verified before.
     *
     * @param known found under the digest of just these bytes
     */
    static VerifiedToken again(UnverifiedToken token, Known known) {
        if (!known.issuer().issuer().equals(token.issuer())) {
            throw new IllegalStateException("another token was verified");
        }
        return new VerifiedToken(token);
    }
}
