package io.ringgate.auth.jwt;

import io.ringgate.auth.Verdict;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.vertx.core.Future;

/** What whoever shows a token hears when it is not known to be good. One text for all that is wrong. */
final class Answers {

    static final Future<Verdict> WRONG = refused(new Rejection.Unproven(Reason.WRONG_CREDENTIAL));
    static final Future<Verdict> NO_KEYS = unavailable("the keys of the token's issuer are not there now");
    static final Future<Verdict> KEY_PENDING = unavailable("the token names a key that is being asked for");
    static final Future<Verdict> BUSY = unavailable("too many credentials wait to be checked");
    static final Future<Verdict> CHANGED = unavailable("the identities changed just now");
    static final Future<Verdict> BROKEN = unavailable("the credential cannot be checked now");
    static final Future<Verdict> NO_MORE_EDGES =
            unavailable("the gateway makes no further edges of tokens: its operator has to raise max_dynamic_tenants");

    private Answers() {}

    private static Future<Verdict> refused(Rejection rejection) {
        return Future.succeededFuture(new Verdict.Refused(rejection));
    }

    private static Future<Verdict> unavailable(String sentence) {
        return refused(new Rejection.Plain(Reason.PROOF_UNAVAILABLE, sentence));
    }
}
