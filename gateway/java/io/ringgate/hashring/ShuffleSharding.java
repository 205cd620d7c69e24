package io.ringgate.hashring;

import java.util.List;

/**
 * How a ring gives each tenant some of its endpoints only.
 *
 * @param shardSize endpoints of a tenant; 0 switches it off, overrides included
 * @param cacheSize shards that a receiver remembers; it changes no result
 * @param zoneAwarenessDisabled true draws from all endpoints alike
 * @param overrides other sizes for some tenants, the first that takes the tenant counts
 */
public record ShuffleSharding(
        long shardSize, long cacheSize, boolean zoneAwarenessDisabled, List<SizeOverride> overrides) {

    static final long USUAL_CACHE = 100;

    public ShuffleSharding {
        overrides = List.copyOf(overrides);
    }

    /** Whether tenants get shards at all. */
    public boolean isOn() {
        return shardSize > 0;
    }

    /** How many endpoints a tenant gets. A malformed pattern matches no tenant. */
    long sizeOf(String tenant) {
        for (SizeOverride one : overrides) {
            if (one.appliesTo(tenant)) {
                return one.shardSize();
            }
        }
        return shardSize;
    }

    /** Another shard size for some tenants. Unlike a ring it has to say how names are compared, else it matches no tenant. */
    public record SizeOverride(long shardSize, TenantMatcher tenants) {

        /** Whether Thanos looks at it at all. */
        public boolean counts() {
            return tenants.written().equals("exact") || tenants.written().equals("glob");
        }

        boolean appliesTo(String tenant) {
            return switch (tenants.written()) {
                case "exact" -> tenants.names().contains(tenant);
                case "glob" -> tenants.names().stream().anyMatch(pattern -> matches(pattern, tenant));
                default -> false;
            };
        }

        private static boolean matches(String pattern, String tenant) {
            try {
                return TenantGlob.of(pattern).matches(tenant);
            } catch (MalformedPattern ignored) {
                return false;
            }
        }
    }
}
