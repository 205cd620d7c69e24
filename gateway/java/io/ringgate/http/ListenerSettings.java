package io.ringgate.http;

import io.ringgate.http.connections.TrustedProxies;
import io.ringgate.tls.ClientCertificatePolicy;
import io.ringgate.tls.ServerTls;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one listener says of itself. A connection keeps the terms it began with, but for the
 * proxies: one that is not trusted any more is not believed on open connections either.
 *
 * @param redirect where requests are sent on to; null where writes are taken
 * @param trust who may say now for whom it speaks
 * @param tls the certificates; null for a listener without TLS
 */
public record ListenerSettings(
        HostNames hostNames,
        @Nullable Redirect redirect,
        Supplier<TrustedProxies> trust,
        @Nullable ServerTls tls) {

    /** Trust that does not change. */
    ListenerSettings(
            HostNames hostNames, @Nullable Redirect redirect, TrustedProxies proxies, @Nullable ServerTls tls) {
        this(hostNames, redirect, () -> proxies, tls);
    }

    /** A listener that takes writes under any name. */
    public static ListenerSettings of(@Nullable ServerTls tls) {
        return new ListenerSettings(HostNames.any(), null, TrustedProxies.NONE, tls);
    }

    /** Who may say for whom it speaks; another answer after a reload. */
    TrustedProxies proxies() {
        return trust.get();
    }

    /** What is made of clients' certificates; null where they are not asked for any. */
    @Nullable
    ClientCertificatePolicy clients() {
        return tls == null ? null : tls.clients();
    }
}
