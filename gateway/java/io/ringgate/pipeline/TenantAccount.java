package io.ringgate.pipeline;

import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.limits.Quota;
import io.ringgate.limits.Rate;
import io.ringgate.reject.Limit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the edges of one tenant share: the tenant's rates, and the policy that theirs come from. Any thread; policies are
 * swapped by one.
 */
final class TenantAccount {

    private final TenantId tenant;
    private final ObserveModeCounts observeModeCounts;
    private final Quota.Shared shared = new Quota.Shared();
    private final Map<EdgeName, EdgeAccount> edges = new ConcurrentHashMap<>();
    private TenantPolicy policy;
    private Policy caps;

    TenantAccount(TenantId tenant, ObserveModeCounts observeModeCounts, TenantPolicy policy, Policy caps, long now) {
        this.tenant = tenant;
        this.observeModeCounts = observeModeCounts;
        this.policy = policy;
        this.caps = caps;
        shared.use(rates(policy.tenant()), now);
    }

    TenantId tenant() {
        return tenant;
    }

    ObserveModeCounts observeModeCounts() {
        return observeModeCounts;
    }

    Quota.Shared shared() {
        return shared;
    }

    synchronized TenantPolicy policy() {
        return policy;
    }

    Collection<EdgeAccount> edges() {
        return edges.values();
    }

    /** Bounded as {@link EdgeRuntimes} is. */
    EdgeAccount of(EdgeRuntime edge, long now) {
        EdgeAccount known = edges.get(edge.name());
        return known == null ? open(edge, now) : known;
    }

    private synchronized EdgeAccount open(EdgeRuntime edge, long now) {
        return edges.computeIfAbsent(edge.name(), name -> {
            Quota quota = new Quota(shared);
            EdgeLimits limits = limits(name);
            quota.use(rates(policy.ofEdge(name)), now);
            quota.weigh(limits.weight());
            return new EdgeAccount(this, edge.share(), quota, limits);
        });
    }

    private EdgeLimits limits(EdgeName edge) {
        return new EdgeLimits(policy.tenant(), policy.ofEdge(edge), caps);
    }

    /** For the next write on; tokens that were taken stay taken. */
    synchronized void use(TenantPolicy next, Policy nextCaps, long now) {
        if (next.equals(policy) && nextCaps.equals(caps)) {
            return;
        }
        policy = next;
        caps = nextCaps;
        shared.use(rates(next.tenant()), now);
        edges.forEach((edge, account) -> {
            EdgeLimits limits = limits(edge);
            account.quota().use(rates(next.ofEdge(edge)), now);
            account.quota().weigh(limits.weight());
            account.replaceLimits(limits);
        });
    }

    private static Map<Limit, Rate> rates(Policy policy) {
        Map<Limit, Rate> rates = new EnumMap<>(Limit.class);
        policy.most().forEach((limit, most) -> {
            if (limit.scale() == Limit.Scale.RATE && most != Policy.NO_LIMIT) {
                rates.put(limit, new Rate(most, Math.min(policy.burstOf(limit), Rate.MOST)));
            }
        });
        return rates;
    }
}
