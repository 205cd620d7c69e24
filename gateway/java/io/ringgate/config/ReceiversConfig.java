package io.ringgate.config;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where writes go and how.
 *
 * @param mode who replicates
 * @param source who the receivers are
 * @param tenantHeader the header that tells a receiver the tenant
 * @param write what a write to them looks like
 * @param onLimit what a sender gets when a receiver answers 429
 * @param health where they tell whether they are ready
 * @param stored the statuses by which they say that a write is stored
 * @param doubt how long a sender repeats a write that a receiver refuses in unknown words
 * @param version which Thanos they are; null where the operator does not say
 * @param defaultTenantFolder whether each of them has a folder of its default tenant, which old ones need
 */
public record ReceiversConfig(
        ReceiverMode mode,
        ReceiverSource source,
        String tenantHeader,
        WriteEndpoint write,
        OnLimit onLimit,
        HealthEndpoint health,
        Set<Integer> stored,
        Duration doubt,
        @Nullable ThanosVersion version,
        boolean defaultTenantFolder) {

    public static final ReceiverMode DEFAULT_MODE = ReceiverMode.FORWARD;
    public static final String DEFAULT_TENANT_HEADER = "THANOS-TENANT";
    public static final OnLimit DEFAULT_ON_LIMIT = OnLimit.DELAY;
    public static final Set<Integer> DEFAULT_STORED = Set.of(200, 204);
    public static final Duration DEFAULT_DOUBT = Duration.ofMinutes(15);
}
