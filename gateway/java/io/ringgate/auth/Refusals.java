package io.ringgate.auth;

import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.verification.Unavailable;
import io.ringgate.verification.Verifier;
import io.vertx.core.Future;

/** The refusals of all methods. There is one text for everything that can be wrong with a credential. */
public final class Refusals implements Verifier.Refusals<Verdict> {

    public static final Future<Verdict> NO_CREDENTIAL = refused(new Rejection.Unauthenticated(Reason.NO_CREDENTIAL));
    public static final Future<Verdict> WRONG = refused(new Rejection.Unauthenticated(Reason.WRONG_CREDENTIAL));
    public static final Future<Verdict> CHANGED = unavailable("the configuration changed during the verification");

    private static final Future<Verdict> BUSY =
            unavailable("too many credentials wait for verification, or too many were wrong lately");

    private final Future<Verdict> failed;

    /** @param failed the sentence for a verification that failed */
    public Refusals(String failed) {
        this.failed = unavailable(failed);
    }

    @Override
    public Future<Verdict> wrong() {
        return WRONG;
    }

    @Override
    public Future<Verdict> unavailable(Unavailable why) {
        return switch (why) {
            case QUEUE_FULL, TOO_MANY_FAILURES -> BUSY;
            case FAILED -> failed;
            case CHANGED -> CHANGED;
        };
    }

    /** It cannot be verified now; the sender retries. */
    public static Future<Verdict> unavailable(String sentence) {
        return refused(new Rejection.Plain(Reason.PROOF_UNAVAILABLE, sentence));
    }

    private static Future<Verdict> refused(Rejection rejection) {
        return Future.succeededFuture(new Verdict.Refused(rejection));
    }
}
