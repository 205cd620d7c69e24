package io.ringgate.app;

import io.ringgate.config.ClientAuthConfig;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.http.HostNames;
import io.ringgate.http.ListenerSettings;
import io.ringgate.http.Redirect;
import io.ringgate.http.connections.TrustedProxies;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.UnitProblem;
import io.ringgate.tls.ClientAuthorities;
import io.ringgate.tls.ClientCertificatePolicy;
import io.ringgate.tls.ClientTrust;
import io.ringgate.tls.ServerTls;
import io.ringgate.tls.TlsEngine;
import io.ringgate.tls.TlsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What each listener, of clients and of operators, shows to new connections. A swap does not touch open connections,
 * except for trust: the authorities of client certificates and the trusted proxies change for them, too. Any thread
 * reads, one writes.
 */
public final class ConfiguredListeners {

    /**
     * All of it at one moment.
     *
     * @param listeners in the order of the configuration
     * @param proxies the trusted proxies of each listener
     * @param clients whom the clients of each may have their certificates from, null where they are not asked
     * @param admin the TLS of the admin listener, null without
     * @param adminNames by which operators call it, beside those of a loopback address
     */
    record Prepared(
            List<ListenerSettings> listeners,
            List<TrustedProxies> proxies,
            List<@Nullable ClientTrust> clients,
            @Nullable ServerTls admin,
            HostNames adminNames) {}

    private final TlsEngine engine;
    private volatile Prepared active = new Prepared(List.of(), List.of(), List.of(), null, HostNames.of(List.of()));

    /** One for each listener, for good: connections that are there ask it. */
    private final List<ClientAuthorities> authorities = new ArrayList<>();

    public ConfiguredListeners(TlsEngine engine) {
        this.engine = engine;
    }

    ListenerSettings listener(int place) {
        return active.listeners().get(place);
    }

    /** Where new connections of operators get their TLS from; null without. */
    @Nullable
    Supplier<ServerTls> admin() {
        return active.admin() == null ? null : () -> Objects.requireNonNull(active.admin());
    }

    /** How operators call the admin listener. */
    HostNames adminNames() {
        return active.adminNames();
    }

    /** Prepares everything that a swap needs and touches nothing. A listener whose certificates stay keeps its TLS. */
    public Prepared prepare(@Nullable ActiveConfiguration now, ActiveConfiguration next) throws UnitProblem {
        List<ListenerSettings> listeners = new ArrayList<>();
        List<TrustedProxies> proxies = new ArrayList<>();
        List<@Nullable ClientTrust> clients = new ArrayList<>();
        for (int i = 0; i < next.settings().listeners().size(); i++) {
            ListenerConfig listener = next.settings().listeners().get(i);
            OptionalInt port = listener.redirectPort();
            int place = i;
            proxies.add(new TrustedProxies(
                    next.settings().trustedProxies(), listener.proxyProtocol(), listener.forwardedFor()));
            listeners.add(new ListenerSettings(
                    listener.hostNames().isEmpty() ? HostNames.any() : HostNames.of(listener.hostNames()),
                    port.isPresent() ? new Redirect(port.getAsInt()) : null,
                    () -> active.proxies().get(place),
                    now != null && isSame(now, next, i)
                            ? listener(i).tls()
                            : build(next, listener.tls(), clientTerms(i, listener.tls()))));
            clients.add(next.clientTrustOf(listener.tls()));
        }
        int admin = listeners.size();
        ServerTls forOperators = now != null && isSame(now, next, admin)
                ? active.admin()
                : build(next, next.settings().admin().tls(), null);
        return new Prepared(
                List.copyOf(listeners),
                List.copyOf(proxies),
                clients,
                forOperators,
                HostNames.of(next.settings().admin().hostNames()));
    }

    /** Whom clients may have their certificates from changes for connections that are there, too. */
    void apply(Prepared prepared) {
        for (int i = 0; i < prepared.clients().size(); i++) {
            authorities(i).replace(prepared.clients().get(i));
        }
        active = prepared;
    }

    private ClientAuthorities authorities(int place) {
        while (authorities.size() <= place) {
            authorities.add(new ClientAuthorities(System::currentTimeMillis));
        }
        return authorities.get(place);
    }

    private @Nullable ClientCertificatePolicy clientTerms(int place, @Nullable ServerTlsConfig wanted) {
        ClientAuthConfig asked = wanted == null ? null : wanted.clientAuth();
        return asked == null ? null : new ClientCertificatePolicy(asked.required(), authorities(place));
    }

    private static boolean isSame(ActiveConfiguration now, ActiveConfiguration next, int place) {
        ServerTlsConfig before = now.tlsConfigs().get(place);
        ServerTlsConfig after = next.tlsConfigs().get(place);
        return Objects.equals(before, after) && now.certificatesOf(before).equals(next.certificatesOf(after));
    }

    private @Nullable ServerTls build(
            ActiveConfiguration next, @Nullable ServerTlsConfig wanted, @Nullable ClientCertificatePolicy clients)
            throws UnitProblem {
        if (wanted == null) {
            return null;
        }
        try {
            return ServerTls.of(engine, next.certificatesOf(wanted), wanted.minVersion(), clients);
        } catch (TlsProblem e) {
            throw new UnitProblem(e.sentence());
        }
    }
}
