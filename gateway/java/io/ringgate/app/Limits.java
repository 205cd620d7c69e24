package io.ringgate.app;

import io.ringgate.config.Policies;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How much each tenant may send.
 *
 * @param files the tenants that have a policy file, also one that cannot be read: then the tenant may have no policy here
 */
record Limits(Policies policies, Set<TenantId> files) {

    static final Limits NONE = of(Policies.NONE);

    Limits {
        files = Set.copyOf(files);
    }

    /** Of files that could all be read. */
    static Limits of(Policies policies) {
        return new Limits(policies, policies.tenants().keySet());
    }

    /** With these files: what came is not read yet, and what is gone says nothing any more. */
    Limits listed(Set<TenantId> now) {
        if (now.equals(files)) {
            return this;
        }
        Map<TenantId, TenantPolicy> left = new HashMap<>(policies.tenants());
        left.keySet().retainAll(now);
        return new Limits(new Policies(policies.defaults(), left, policies.mostWrites()), now);
    }

    /** In the order of their names. */
    Set<TenantId> sorted() {
        return new TreeSet<>(files);
    }

    /**
     * What a file says anew.
     *
     * @param tenant whose it is; absent for what all tenants inherit
     */
    record News(@Nullable TenantId tenant, TenantPolicy policy) {}

    /** The next limits while files are read: what none of them said anew stays. */
    static final class Draft {

        private final Limits before;
        private final Map<TenantId, TenantPolicy> tenants;
        private TenantPolicy defaults;

        Draft(Limits before) {
            this.before = before;
            this.tenants = new HashMap<>(before.policies.tenants());
            this.defaults = before.policies.defaults();
        }

        Draft put(News news) {
            if (news.tenant == null) {
                defaults = news.policy;
            } else {
                tenants.put(news.tenant, news.policy);
            }
            return this;
        }

        Limits limits() {
            return new Limits(new Policies(defaults, tenants, before.policies.mostWrites()), before.files);
        }
    }
}
