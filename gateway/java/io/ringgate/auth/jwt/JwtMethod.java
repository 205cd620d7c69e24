package io.ringgate.auth.jwt;

import io.ringgate.auth.AuthenticationMethod;
import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.Claims;
import io.ringgate.auth.Clocks;
import io.ringgate.auth.Login;
import io.ringgate.auth.Logins;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Refusals;
import io.ringgate.auth.Verdict;
import io.ringgate.config.ClaimPath;
import io.ringgate.config.Issuer;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import io.ringgate.verification.HeaderDigest;
import io.ringgate.verification.VerificationCounters;
import io.ringgate.verification.VerificationCounters.Event;
import io.ringgate.verification.VerificationExecutor;
import io.ringgate.verification.Verifier;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens that a configured issuer has signed. A token is verified once and then cached by its digest until it expires, for
 * at most five minutes. A withdrawn key, a changed issuer and a changed edge end that at once. Any thread; {@link Verifier} says
 * on which one the answer comes.
 */
public final class JwtMethod implements AuthenticationMethod, AutoCloseable {

    private final HeaderDigest digests;
    private final KeySources sources;
    private final DynamicEdges dynamic;
    private final TokenAttempt.Context context;
    private final Verifier<CachedVerification, CachedRejection, Verdict> verifier;
    private volatile TokenIssuers issuers = new TokenIssuers(List.of());

    /**
     * Builds one that takes no token yet.
     *
     * @param digests by a key that lives as long as the process
     * @param sources closed with it
     */
    public JwtMethod(
            HeaderDigest digests,
            VerificationExecutor executor,
            Logins logins,
            Clocks clocks,
            KeySources sources,
            Metrics metrics) {
        this.digests = digests;
        this.sources = sources;
        this.dynamic = new DynamicEdges(logins, metrics);
        Metrics.Counter refused = outcome(metrics, "refused");
        this.context = new TokenAttempt.Context(() -> issuers, clocks.wall(), refused, outcome(metrics, "no_key"));
        this.verifier = new Verifier<>(
                "signed tokens",
                executor,
                clocks.nano(),
                new Refusals("the credential cannot be checked now"),
                counters(refused, metrics));
    }

    private static VerificationCounters counters(Metrics.Counter refused, Metrics metrics) {
        Metrics.Counter busy = outcome(metrics, "busy");
        return new VerificationCounters(Map.of(
                Event.CACHED, outcome(metrics, "cached"),
                Event.CACHED_REJECTED, refused,
                Event.VERIFIED, outcome(metrics, "proven"),
                Event.REJECTED, refused,
                Event.FAILED, outcome(metrics, "failed"),
                Event.QUEUE_FULL, busy,
                Event.TOO_MANY_FAILURES, busy));
    }

    private static Metrics.Counter outcome(Metrics metrics, String name) {
        return metrics.counter("ringgate_auth_tokens_total", "outcome", name);
    }

    /** Replaces the issuers and the edges. One thread at a time. */
    public void update(JwtSettings access) {
        Map<String, KeyLookup> keys = sources.update(access);
        dynamic.update(access.issuers(), access.names(), access.tenants());
        issuers = new TokenIssuers(access.issuers().all().stream()
                .map(issuer -> new TokenIssuer(
                        issuer, Objects.requireNonNull(keys.get(issuer.name())), index(access, issuer), dynamic))
                .toList());
    }

    private static ClaimIndex index(JwtSettings access, Issuer issuer) {
        Map<Map<ClaimPath, String>, Login> logins = new HashMap<>();
        for (JwtSettings.Holder holder : access.holders()) {
            if (holder.credential().issuer().equals(issuer.name())) {
                Map<ClaimPath, String> claims = new HashMap<>();
                holder.credential().claims().forEach((key, value) -> claims.put(Claims.path(key), value));
                logins.put(claims, holder.login());
            }
        }
        return ClaimIndex.of(logins);
    }

    /** The edges that templates have created. */
    public Set<EdgeName> dynamicEdges() {
        return dynamic.names();
    }

    /** The state of the issuers whose keys are fetched. */
    public List<IssuerState> issuers() {
        return sources.states();
    }

    @Override
    public @Nullable Future<Verdict> identify(PresentedCredentials presented) {
        String header = presented.authorization();
        TokenIssuers now = issuers;
        int begin = header == null || now.isEmpty() ? -1 : BearerHeader.begin(header);
        if (header == null || begin < 0) {
            return null;
        }
        if (header.length() - begin > now.longestToken()) {
            context.refused().increment();
            return Refusals.WRONG;
        }
        return verifier.verify(new TokenAttempt(context, digests.of(header), header, presented.counted()));
    }

    /** Stops fetching keys. */
    @Override
    public void close() {
        sources.close();
    }
}
