package io.ringgate.auth.jwt;

import io.ringgate.auth.Verdict;
import io.ringgate.config.Issuer;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * That a token was verified: by which key, under which configuration of its issuer, and until when that is worth something.
 * Whom it proves is found anew for each snapshot of identities. It holds nothing of the token itself. Any thread.
 */
final class Known {

    private final Issuer issuer;
    private final VerifyingKey key;
    private final long end;
    private volatile Standing standing;

    /** @param end from when on the token proves nothing, in milliseconds of Unix time */
    Known(Issuer issuer, VerifyingKey key, long end, Standing standing) {
        this.issuer = issuer;
        this.key = key;
        this.end = end;
        this.standing = standing;
    }

    /** Whom it proves, by one snapshot. */
    record Standing(Realms snapshot, Realm realm, Future<Verdict> answer) {}

    Issuer issuer() {
        return issuer;
    }

    /**
     * What it is worth now; null when the token has to be judged anew.
     *
     * @param header that holds the token
     */
    @Nullable
    Future<Verdict> answer(String header, Realms now, long nowMillis) {
        if (nowMillis >= end) {
            return null;
        }
        Standing present = standing;
        if (present.snapshot() != now) {
            present = standAnew(header, now);
            if (present == null) {
                return null;
            }
        }
        KeySet keys = present.realm().keys().now();
        if (keys == null) {
            return Answers.NO_KEYS;
        }
        return keys.holds(key) ? present.answer() : null;
    }

    /** Whom the claims prove now, which takes no signature: they were signed. */
    private @Nullable Standing standAnew(String header, Realms now) {
        Realm realm = now.of(issuer.issuer());
        if (realm == null || !realm.issuer().equals(issuer)) {
            return null;
        }
        try {
            VerifiedToken token = Verifier.again(UnverifiedToken.read(Bearer.token(header)), this);
            Standing next = new Standing(now, realm, realm.answer(token));
            standing = next;
            return next;
        } catch (Unfit changed) {
            return null;
        }
    }
}
