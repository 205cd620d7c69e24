package io.ringgate.reload;

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
public record LoadedPolicies(Policies policies, Set<TenantId> files) {

    static final LoadedPolicies NONE = of(Policies.NONE);

    public LoadedPolicies {
        files = Set.copyOf(files);
    }

    /** Of files that could all be read. */
    public static LoadedPolicies of(Policies policies) {
        return new LoadedPolicies(policies, policies.tenants().keySet());
    }

    /** With these files: new files are not read yet, and removed ones no longer count. */
    public LoadedPolicies listed(Set<TenantId> now) {
        if (now.equals(files)) {
            return this;
        }
        Map<TenantId, TenantPolicy> left = new HashMap<>(policies.tenants());
        left.keySet().retainAll(now);
        return new LoadedPolicies(new Policies(policies.defaults(), left, policies.mostWrites()), now);
    }

    /** In the order of their names. */
    public Set<TenantId> sorted() {
        return new TreeSet<>(files);
    }

    /**
     * What a file says that is not active yet.
     *
     * @param tenant whose it is; absent for what all tenants inherit
     */
    public record Change(@Nullable TenantId tenant, TenantPolicy policy) {}

    /** The next limits while files are read: what none of them changes stays. */
    static final class Builder {

        private final LoadedPolicies before;
        private final Map<TenantId, TenantPolicy> tenants;
        private TenantPolicy defaults;

        Builder(LoadedPolicies before) {
            this.before = before;
            this.tenants = new HashMap<>(before.policies.tenants());
            this.defaults = before.policies.defaults();
        }

        Builder put(Change change) {
            if (change.tenant == null) {
                defaults = change.policy;
            } else {
                tenants.put(change.tenant, change.policy);
            }
            return this;
        }

        LoadedPolicies build() {
            return new LoadedPolicies(new Policies(defaults, tenants, before.policies.mostWrites()), before.files);
        }
    }
}
