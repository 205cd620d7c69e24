package io.ringgate.auth.oauth2;

import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.Login;
import io.ringgate.auth.LoginMatch;
import io.ringgate.auth.Verdict;
import io.ringgate.config.ClaimPath;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.vertx.core.Future;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A token that the provider vouched for. Whose it is, is looked up again whenever the edges have changed. Any thread. */
final class Known {

    static final Future<Verdict> WRONG =
            Future.succeededFuture(new Verdict.Refused(new Rejection.Unproven(Reason.WRONG_CREDENTIAL)));

    private final Answer.Active answer;
    private final Set<ClaimPath> wanted;
    private volatile @Nullable Judged judged;

    private record Judged(ClaimIndex by, Future<Verdict> verdict) {}

    /** @param wanted the claims that the answer was searched for */
    Known(Answer.Active answer, Set<ClaimPath> wanted) {
        this.answer = answer;
        this.wanted = wanted;
    }

    /** False when the token is over, or when edges are known by claims now that were not looked for. */
    boolean isGood(ClaimIndex logins, long nowSeconds) {
        Judged last = judged;
        return nowSeconds < answer.end()
                && ((last != null && last.by() == logins) || wanted.containsAll(logins.names()));
    }

    Future<Verdict> verdict(ClaimIndex logins) {
        Judged last = judged;
        if (last == null || last.by() != logins) {
            last = judge(logins);
            judged = last;
        }
        return last.verdict();
    }

    private Judged judge(ClaimIndex logins) {
        return new Judged(
                logins,
                logins.find(answer.claims()::get) instanceof LoginMatch.One(Login login)
                        ? Future.succeededFuture(new Verdict.Known(login))
                        : WRONG);
    }
}
