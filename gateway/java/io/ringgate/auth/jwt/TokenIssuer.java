package io.ringgate.auth.jwt;

import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.Claims;
import io.ringgate.auth.Login;
import io.ringgate.auth.LoginMatch;
import io.ringgate.auth.Refusals;
import io.ringgate.auth.Verdict;
import io.ringgate.config.Issuer;
import io.ringgate.edge.Edge;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** One issuer with everything that its tokens are verified by. Immutable but for its keys, which change in the background. */
final class TokenIssuer {

    private final Issuer issuer;
    private final KeyLookup keys;
    private final ClaimIndex index;
    private final @Nullable ClaimTemplate template;
    private final DynamicEdges dynamic;

    TokenIssuer(Issuer issuer, KeyLookup keys, ClaimIndex index, DynamicEdges dynamic) {
        this.issuer = issuer;
        this.keys = keys;
        this.index = index;
        this.template = issuer.template() == null ? null : new ClaimTemplate(issuer.template());
        this.dynamic = dynamic;
    }

    Issuer issuer() {
        return issuer;
    }

    KeyLookup keys() {
        return keys;
    }

    /** The edge of a verified token. A configured edge takes precedence over the template. */
    Future<Verdict> answer(VerifiedToken token) {
        return switch (index.find(path -> Claims.text(token.claims(), path))) {
            case LoginMatch.One(Login login) -> Future.succeededFuture(new Verdict.Known(login));
            case LoginMatch.Several _ -> Refusals.WRONG;
            case LoginMatch.Nobody _ -> {
                Edge edge = template == null ? null : template.fill(token.claims());
                yield edge == null ? Refusals.WRONG : dynamic.answer(issuer, edge);
            }
        };
    }
}
