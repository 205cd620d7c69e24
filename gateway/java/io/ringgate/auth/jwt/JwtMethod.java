package io.ringgate.auth.jwt;

import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.HeaderDigest;
import io.ringgate.auth.Login;
import io.ringgate.auth.Logins;
import io.ringgate.auth.Method;
import io.ringgate.auth.Presented;
import io.ringgate.auth.Proving;
import io.ringgate.auth.Verdict;
import io.ringgate.config.ClaimPath;
import io.ringgate.config.Issuer;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens that a configured issuer has signed. A token is verified once and then known by its digest until it is over,
 * for at most five minutes; a key that is withdrawn, an issuer that is changed and an edge that is changed end that at once.
 *
 * <p>Any thread calls; the answer comes back on the caller's loop, for a known token at once. The same token shown many times
 * while it is verified is verified once.
 */
public final class JwtMethod implements Method, AutoCloseable {

    private final HeaderDigest digests;
    private final Clocks clocks;
    private final Memory memory;
    private final KeySources sources;
    private final DynamicEdges dynamic;
    private final Counts counts;
    private final Attempt.Desk desk;
    private volatile Realms realms = new Realms(List.of());

    /**
     * What time it is.
     *
     * @param wall milliseconds of Unix time, by which tokens end
     */
    public record Clocks(LongSupplier wall, LongSupplier nano) {}

    /** @param digests by a key that lives as long as the process */
    public JwtMethod(
            HeaderDigest digests,
            Proving proving,
            Logins logins,
            Clocks clocks,
            RandomGenerator random,
            Metrics metrics) {
        this.digests = digests;
        this.clocks = clocks;
        this.memory = new Memory(clocks.nano());
        this.sources = new KeySources(clocks.nano(), random, metrics);
        this.dynamic = new DynamicEdges(logins, metrics);
        this.counts = Counts.in(metrics);
        this.desk = new Attempt.Desk(
                memory, new Verifications(proving, memory, counts), counts, () -> realms, clocks.wall());
    }

    /** From now on these are the issuers and the edges. One thread at a time. */
    public void use(Access access) {
        Map<String, Keys> keys = sources.use(access);
        dynamic.use(access.issuers(), access.names(), access.tenants());
        realms = new Realms(access.issuers().all().stream()
                .map(issuer -> new Realm(
                        issuer, Objects.requireNonNull(keys.get(issuer.name())), index(access, issuer), dynamic))
                .toList());
    }

    private static ClaimIndex index(Access access, Issuer issuer) {
        Map<Map<ClaimPath, String>, Login> logins = new HashMap<>();
        for (Access.Holder holder : access.holders()) {
            if (holder.proof().issuer().equals(issuer.name())) {
                Map<ClaimPath, String> claims = new HashMap<>();
                holder.proof().claims().forEach((key, value) -> claims.put(Claims.path(key), value));
                logins.put(claims, holder.login());
            }
        }
        return ClaimIndex.of(logins);
    }

    /** Those that templates have made. */
    public Set<EdgeName> dynamicEdges() {
        return dynamic.names();
    }

    /** How the issuers are whose keys are fetched. */
    public List<IssuerState> issuers() {
        return sources.states();
    }

    @Override
    public @Nullable Future<Verdict> identify(Presented presented) {
        String header = presented.authorization();
        Realms now = realms;
        int begin = header == null || now.isEmpty() ? -1 : Bearer.begin(header);
        if (header == null || begin < 0) {
            return null;
        }
        if (header.length() - begin > now.longestToken()) {
            counts.refused().increment();
            return Answers.WRONG;
        }
        HeaderDigest.Value digest = digests.of(header);
        Known known = memory.proven(digest);
        Future<Verdict> answer =
                known == null ? null : known.answer(header, now, clocks.wall().getAsLong());
        if (answer != null) {
            counts.cached().increment();
            return answer;
        }
        if (memory.isDisproven(digest, now)) {
            counts.refused().increment();
            return Answers.WRONG;
        }
        Attempt.Shown shown = new Attempt.Shown(digest, header, header.substring(begin), presented.counted());
        return new Attempt(desk, shown, now).judge();
    }

    /** Nothing is fetched any more. */
    @Override
    public void close() {
        sources.close();
    }
}
