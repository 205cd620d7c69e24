package io.ringgate.auth.jwt;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.Refusals;
import io.ringgate.auth.Verdict;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.config.TokenRules;
import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import io.ringgate.verification.Attempt;
import io.ringgate.verification.HeaderDigest;
import io.vertx.core.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One signed token of one request: what costs nothing is asked first, the signature last. On the caller's thread. */
final class TokenAttempt implements Attempt<CachedVerification, CachedRejection, Verdict> {

    private final Context context;
    private final HeaderDigest.Value digest;
    private final String header;
    private final Network source;

    /**
     * What all attempts share.
     *
     * @param issuers the issuers and edges of this moment
     * @param wallClock milliseconds of Unix time
     * @param refused counts tokens that are refused without a check
     * @param noKey counts those whose key is not there
     */
    record Context(
            Supplier<TokenIssuers> issuers, LongSupplier wallClock, Metrics.Counter refused, Metrics.Counter noKey) {}

    TokenAttempt(Context context, HeaderDigest.Value digest, String header, Network source) {
        this.context = context;
        this.digest = digest;
        this.header = header;
        this.source = source;
    }

    @Override
    public HeaderDigest.Value digest() {
        return digest;
    }

    @Override
    public @Nullable Future<Verdict> answer(CachedVerification verified) {
        return verified.answer(
                header, context.issuers().get(), context.wallClock().getAsLong());
    }

    @Override
    public boolean isStillRejected(CachedRejection rejected) {
        return rejected.holds(context.issuers().get());
    }

    @Override
    public @Nullable Step<CachedVerification, CachedRejection, Verdict> validate() {
        TokenIssuers now = context.issuers().get();
        UnverifiedToken token;
        try {
            token = UnverifiedToken.read(BearerHeader.token(header));
        } catch (InvalidDocument malformed) {
            return invalid(now);
        }
        String issuer = token.issuer();
        TokenIssuer tokenIssuer = issuer == null ? null : now.of(issuer);
        if (tokenIssuer != null) {
            return validate(token, now, tokenIssuer);
        }
        // An issuer in another form than a text is for nobody to guess at.
        return issuer == null && token.claims().containsKey("iss") ? invalid(now) : null;
    }

    private Step<CachedVerification, CachedRejection, Verdict> validate(
            UnverifiedToken token, TokenIssuers now, TokenIssuer tokenIssuer) {
        TokenRules rules = tokenIssuer.issuer().tokens();
        SignatureAlgorithm algorithm = TokenValidator.algorithm(token, rules);
        long end = TokenValidator.end(token, rules, context.wallClock().getAsLong());
        if (BearerHeader.token(header).length() > rules.maxToken()
                || algorithm == null
                || end == 0
                || !TokenValidator.isAccess(token)
                || !TokenValidator.isForUs(token, tokenIssuer.issuer())) {
            return invalid(now);
        }
        KeySet keys = tokenIssuer.keys().now();
        if (keys == null) {
            context.noKey().increment();
            return new Answered<>(TokenRefusals.NO_KEYS);
        }
        String kid = token.header("kid");
        VerifyingKey key = keys.find(kid, algorithm);
        if (key != null) {
            SignatureCheck check = new SignatureCheck(token, tokenIssuer, key, now, keys, algorithm, end);
            return new Check<>(new Key(digest, tokenIssuer, key), source, check.claimed(), check);
        }
        boolean there = kid == null ? keys.hasFitting(algorithm) : keys.knows(kid);
        if (there || tokenIssuer.keys().lacks(kid == null ? "" : kid)) {
            context.refused().increment();
            return new Answered<>(Refusals.WRONG);
        }
        context.noKey().increment();
        return new Answered<>(TokenRefusals.KEY_PENDING);
    }

    /** The same bytes, the same key, the same issuer. */
    private record Key(HeaderDigest.Value digest, TokenIssuer tokenIssuer, VerifyingKey key) {}

    /** By issuers and edges alone, without a look at keys. */
    private Step<CachedVerification, CachedRejection, Verdict> invalid(TokenIssuers now) {
        context.refused().increment();
        return new Invalid<>(new CachedRejection(now, null, null));
    }
}
