package io.ringgate.auth.oauth2;

import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.Clocks;
import io.ringgate.auth.LoginMatch;
import io.ringgate.auth.Refusals;
import io.ringgate.auth.Verdict;
import io.ringgate.config.ClaimPath;
import io.ringgate.config.IntrospectionConfig;
import io.vertx.core.Future;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A token that the provider vouched for. Whose it is, is looked up again whenever the edges have changed. Any thread. */
final class IntrospectedToken {

    private final IntrospectionResponse.Active answer;
    private final Set<ClaimPath> names;
    private final ResponseValidity term;
    private volatile @Nullable Owner owner;

    private record Owner(ClaimIndex index, Future<Verdict> verdict) {}

    /** @param names the claims that the answer was searched for */
    IntrospectedToken(IntrospectionResponse.Active answer, Set<ClaimPath> names, ResponseValidity term) {
        this.answer = answer;
        this.names = names;
        this.term = term;
    }

    /** Null when the token or its answer is over, and when edges are known by claims now that were not looked for. */
    @Nullable
    Future<Verdict> answer(ClaimIndex index, IntrospectionConfig config, Clocks clocks) {
        if (clocks.seconds() >= answer.end()
                || !term.holds(config, clocks.nano().getAsLong())) {
            return null;
        }
        Owner last = owner;
        if (last == null || last.index() != index) {
            if (!names.containsAll(index.names())) {
                return null;
            }
            last = new Owner(index, find(index));
            owner = last;
        }
        return last.verdict();
    }

    boolean isOf(ClaimIndex index) {
        return index.find(answer.claims()::get) instanceof LoginMatch.One;
    }

    private Future<Verdict> find(ClaimIndex index) {
        return index.find(answer.claims()::get) instanceof LoginMatch.One(var login)
                ? Future.succeededFuture(new Verdict.Known(login))
                : Refusals.WRONG;
    }
}
