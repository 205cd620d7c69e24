package io.ringgate.config;

/**
 * Where writes go and how.
 *
 * @param mode who replicates
 * @param source who the receivers are
 * @param tenantHeader the header that tells a receiver the tenant
 * @param write what a write to them looks like
 * @param onLimit what a sender hears when a receiver answers 429
 * @param health where they tell whether they are ready
 */
public record ReceiversConfig(
        ReceiverMode mode,
        ReceiverSource source,
        String tenantHeader,
        WriteEndpoint write,
        OnLimit onLimit,
        HealthEndpoint health) {

    public static final ReceiverMode DEFAULT_MODE = ReceiverMode.FORWARD;
    public static final String DEFAULT_TENANT_HEADER = "THANOS-TENANT";
    public static final OnLimit DEFAULT_ON_LIMIT = OnLimit.DELAY;
}
