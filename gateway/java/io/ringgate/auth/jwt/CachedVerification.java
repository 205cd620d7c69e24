package io.ringgate.auth.jwt;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.Verdict;
import io.ringgate.config.Issuer;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification: the key, the configuration of the issuer, and when the token expires. The owner of the token is
 * looked up again for each snapshot of issuers and edges. Has nothing of the token itself. Any thread.
 */
final class CachedVerification {

    private final Issuer issuer;
    private final VerifyingKey key;
    private final long end;
    private volatile Owner owner;

    /** @param end when the token expires, in milliseconds of Unix time */
    CachedVerification(Issuer issuer, VerifyingKey key, long end, Owner owner) {
        this.issuer = issuer;
        this.key = key;
        this.end = end;
        this.owner = owner;
    }

    /** The owner of the token by one snapshot. */
    record Owner(TokenIssuers snapshot, TokenIssuer tokenIssuer, Future<Verdict> answer) {}

    Issuer issuer() {
        return issuer;
    }

    /**
     * The answer now; null when the token has to be verified again.
     *
     * @param header that holds the token
     */
    @Nullable
    Future<Verdict> answer(String header, TokenIssuers now, long nowMillis) {
        if (nowMillis >= end) {
            return null;
        }
        Owner present = owner;
        if (present.snapshot() != now) {
            present = findOwner(header, now);
            if (present == null) {
                return null;
            }
        }
        KeySet keys = present.tokenIssuer().keys().now();
        if (keys == null) {
            return TokenRefusals.NO_KEYS;
        }
        return keys.holds(key) ? present.answer() : null;
    }

    /** The owner of the claims now. Needs no verification: they were signed. */
    private @Nullable Owner findOwner(String header, TokenIssuers now) {
        TokenIssuer tokenIssuer = now.of(issuer.issuer());
        if (tokenIssuer == null || !tokenIssuer.issuer().equals(issuer)) {
            return null;
        }
        try {
            VerifiedToken token = VerifiedToken.again(UnverifiedToken.read(BearerHeader.token(header)), this);
            Owner next = new Owner(now, tokenIssuer, tokenIssuer.answer(token));
            owner = next;
            return next;
        } catch (InvalidDocument changed) {
            return null;
        }
    }
}
