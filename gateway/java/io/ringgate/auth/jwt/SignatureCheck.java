package io.ringgate.auth.jwt;

import com.nimbusds.jose.JOSEException;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.reject.EscapedText;
import io.ringgate.verification.VerificationResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The verification of one token's signature by one key, after everything else was checked.
 *
 * @param token what is verified
 * @param snapshot of issuers and edges by which the token was validated
 * @param keys among which the key was found
 * @param end from when on the token is over, in milliseconds of Unix time
 */
record SignatureCheck(
        UnverifiedToken token,
        TokenIssuer tokenIssuer,
        VerifyingKey key,
        TokenIssuers snapshot,
        KeySet keys,
        SignatureAlgorithm algorithm,
        long end)
        implements Callable<Future<VerificationResult<CachedVerification, CachedRejection>>> {

    private static final int LONGEST_NAME = 80;

    /** The claims that may have the subject, the usual one first. */
    private static final List<String> SUBJECTS = List.of("sub", "client_id", "azp");

    /** Slow. */
    @Override
    public Future<VerificationResult<CachedVerification, CachedRejection>> call() throws JOSEException {
        VerifiedToken verified = VerifiedToken.verify(token, key, algorithm);
        return Future.succeededFuture(
                verified == null
                        ? new VerificationResult.Rejected<>(new CachedRejection(snapshot, tokenIssuer, keys))
                        : new VerificationResult.Verified<>(new CachedVerification(
                                tokenIssuer.issuer(),
                                key,
                                end,
                                new CachedVerification.Owner(snapshot, tokenIssuer, tokenIssuer.answer(verified)))));
    }

    /**
     * The subject that the token claims. Failures count for that name, so that forged tokens of one agent do not lock out others
     * at the same address.
     */
    String claimed() {
        String name = tokenIssuer.issuer().name();
        for (String claim : SUBJECTS) {
            if (token.claims().get(claim) instanceof String subject) {
                name += " " + EscapedText.of(subject);
                break;
            }
        }
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
