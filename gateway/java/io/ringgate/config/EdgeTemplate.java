package io.ringgate.config;

/**
 * How the claims of a token make an edge that is not configured. Both texts hold {@code {claim:PATH}} where a value goes.
 *
 * @param edge its name
 * @param tenant its tenant
 * @param allow what each value must match as a whole, a regular expression of RE2
 * @param stamp which labels say tenant and edge
 * @param configuredTenants whether the tenant may be one of a configured edge
 */
public record EdgeTemplate(String edge, String tenant, String allow, StampLabels stamp, boolean configuredTenants) {

    /** One that stays out of the tenants of configured edges. */
    public EdgeTemplate(String edge, String tenant, String allow, StampLabels stamp) {
        this(edge, tenant, allow, stamp, false);
    }
}
