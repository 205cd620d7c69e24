package io.ringgate.http;

import io.ringgate.http.connections.TrustedProxies;
import io.ringgate.tls.ClientCertificatePolicy;
import io.ringgate.tls.ServerTls;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one listener. A connection keeps the settings it began with, except the trusted proxies: one that is
 * removed from them is not trusted on open connections either.
 *
 * @param redirect where requests are redirected to; null for a listener that takes writes
 * @param trust the trusted proxies of this moment
 * @param tls the certificates; null for a listener without TLS
 */
public record ListenerSettings(
        HostNames hostNames,
        @Nullable Redirect redirect,
        Supplier<TrustedProxies> trust,
        @Nullable ServerTls tls) {

    /** With trusted proxies that do not change. */
    ListenerSettings(
            HostNames hostNames, @Nullable Redirect redirect, TrustedProxies proxies, @Nullable ServerTls tls) {
        this(hostNames, redirect, () -> proxies, tls);
    }

    /** A listener that takes writes under any name. */
    public static ListenerSettings of(@Nullable ServerTls tls) {
        return new ListenerSettings(HostNames.any(), null, TrustedProxies.NONE, tls);
    }

    /** The trusted proxies; others after a reload. */
    TrustedProxies proxies() {
        return trust.get();
    }

    /** What clients' certificates are for; null where none are requested. */
    @Nullable
    ClientCertificatePolicy clients() {
        return tls == null ? null : tls.clients();
    }
}
