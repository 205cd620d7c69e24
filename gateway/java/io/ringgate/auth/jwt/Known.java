package io.ringgate.auth.jwt;

import io.ringgate.auth.Verdict;
import io.ringgate.config.Issuer;
import io.vertx.core.Future;

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

    VerifyingKey key() {
        return key;
    }

    boolean isOver(long nowMillis) {
        return nowMillis >= end;
    }

    Standing standing() {
        return standing;
    }

    void stand(Standing next) {
        standing = next;
    }
}
