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
    private final Observed observed;
    private final Quota.Shared shared = new Quota.Shared();
    private final Map<EdgeName, Account> edges = new ConcurrentHashMap<>();
    private TenantPolicy policy;
    private Policy caps;

    TenantAccount(TenantId tenant, Observed observed, TenantPolicy policy, Policy caps, long now) {
        this.tenant = tenant;
        this.observed = observed;
        this.policy = policy;
        this.caps = caps;
        shared.use(rates(policy.tenant()), now);
    }

    TenantId tenant() {
        return tenant;
    }

    Observed observed() {
        return observed;
    }

    Quota.Shared shared() {
        return shared;
    }

    synchronized TenantPolicy policy() {
        return policy;
    }

    Collection<Account> edges() {
        return edges.values();
    }

    /** Bounded by the names that configuration ever held. */
    Account of(EdgeName edge, long now) {
        Account known = edges.get(edge);
        return known == null ? open(edge, now) : known;
    }

    private synchronized Account open(EdgeName edge, long now) {
        return edges.computeIfAbsent(edge, name -> {
            Quota quota = new Quota(shared);
            Terms terms = terms(name);
            quota.use(rates(policy.ofEdge(name)), now);
            quota.weigh(terms.weight());
            return new Account(this, name, quota, terms);
        });
    }

    private Terms terms(EdgeName edge) {
        return new Terms(policy.tenant(), policy.ofEdge(edge), caps);
    }

    /** From the next write on; what was taken of a rate stays taken. */
    synchronized void use(TenantPolicy next, Policy nextCaps, long now) {
        if (next.equals(policy) && nextCaps.equals(caps)) {
            return;
        }
        policy = next;
        caps = nextCaps;
        shared.use(rates(next.tenant()), now);
        edges.forEach((edge, account) -> {
            Terms terms = terms(edge);
            account.quota().use(rates(next.ofEdge(edge)), now);
            account.quota().weigh(terms.weight());
            account.use(terms);
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
