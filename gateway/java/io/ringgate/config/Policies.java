package io.ringgate.config;

import io.ringgate.edge.TenantId;
import java.util.Map;

/**
 * The policy files.
 *
 * @param defaults of {@code _default.yaml}: what every tenant's file inherits from
 * @param tenants what each tenant's own file says, without what it inherits
 * @param mostWrites that may be under way of all tenants together; {@link Policy#NO_LIMIT} for any number
 */
public record Policies(TenantPolicy defaults, Map<TenantId, TenantPolicy> tenants, long mostWrites) {

    public static final Policies NONE = new Policies(TenantPolicy.NONE, Map.of(), Policy.NO_LIMIT);

    public Policies {
        tenants = Map.copyOf(tenants);
    }

    /** What holds for a tenant, with all that it inherits from the files. */
    public TenantPolicy of(TenantId tenant) {
        return tenants.getOrDefault(tenant, TenantPolicy.NONE).over(defaults);
    }
}
