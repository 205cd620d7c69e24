package io.ringgate.auth.oauth2;

import io.ringgate.config.IntrospectionConfig;
import java.time.Duration;

/**
 * How long an answer counts: for some time, and as long as another question would be answered alike.
 *
 * @param config by which the provider was asked
 * @param sinceNanos when the answer came
 */
record ResponseValidity(IntrospectionConfig config, long sinceNanos, Duration length) {

    boolean holds(IntrospectionConfig now, long nowNanos) {
        return nowNanos - sinceNanos < length.toNanos() && isAnsweredAlike(now);
    }

    /** Another secret or time limit does not change what is known. */
    private boolean isAnsweredAlike(IntrospectionConfig now) {
        return config.url().equals(now.url())
                && config.clientId().equals(now.clientId())
                && config.issuer().equals(now.issuer())
                && config.audiences().equals(now.audiences())
                && config.cache().equals(now.cache());
    }
}
