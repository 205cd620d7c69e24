package io.ringgate.http;

import io.ringgate.tls.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * What one listener says of itself. A connection keeps the terms it began with.
 *
 * @param redirect where requests are sent on to; null where writes are taken
 * @param proxies who may say for whom he speaks
 * @param tls the certificates; null for a listener without TLS
 */
public record ListenerTerms(
        HostNames hostNames,
        @Nullable Redirect redirect,
        TrustedProxies proxies,
        @Nullable ServerTls tls) {

    /** A listener that takes writes under any name. */
    public static ListenerTerms of(@Nullable ServerTls tls) {
        return new ListenerTerms(HostNames.any(), null, TrustedProxies.NONE, tls);
    }
}
