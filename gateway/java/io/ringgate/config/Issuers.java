package io.ringgate.config;

import java.util.List;

/**
 * All issuers whose tokens are accepted. Names are distinct, and so is what stands in {@code iss}.
 *
 * @param maxDynamicTenants how many edges templates may make, of all issuers together
 */
public record Issuers(List<Issuer> all, int maxDynamicTenants) {

    public static final int DEFAULT_MAX_DYNAMIC_TENANTS = 1000;

    public static final Issuers NONE = new Issuers(List.of(), DEFAULT_MAX_DYNAMIC_TENANTS);

    public Issuers {
        all = List.copyOf(all);
    }

    /** Whether only configured edges can write. */
    public boolean noneHasTemplate() {
        return all.stream().allMatch(issuer -> issuer.template() == null);
    }
}
