package io.ringgate.app;

import io.ringgate.config.ClientTlsConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.HealthEndpoint;
import io.ringgate.config.HostPort;
import io.ringgate.config.ReceiverSource;
import io.ringgate.forward.ForwardSettings;
import io.ringgate.forward.NameLookup;
import io.ringgate.forward.ReadyPage;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.Receivers;
import io.ringgate.forward.Secured;
import io.ringgate.metrics.Metrics;
import io.ringgate.tls.ClientTls;
import io.ringgate.tls.TlsEngine;
import io.ringgate.tls.TlsProblem;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The receivers' side of the configuration, turned into what {@code forward} works with. */
final class Outbound {

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int MOST_IDLE = 64;
    private static final Duration LOOK_UP_LISTED = Duration.ofSeconds(10);

    private Outbound() {}

    static Receivers receivers(GatewaySettings settings, Metrics metrics) {
        return switch (settings.receivers().source()) {
            case ReceiverSource.Listed listed -> {
                Receivers receivers = Receivers.of(
                        listed.addresses().stream().map(Outbound::address).toList(), NameLookup.system(), metrics);
                receivers.start(LOOK_UP_LISTED);
                yield receivers;
            }
            case ReceiverSource.Dns dns -> {
                Receivers receivers = Receivers.byDns(address(dns.name()), NameLookup.system(), metrics);
                receivers.start(dns.refresh());
                yield receivers;
            }
        };
    }

    private static ReceiverAddress address(HostPort written) {
        return new ReceiverAddress(written.host(), written.port());
    }

    static ForwardSettings settings(GatewaySettings settings, String version) {
        return new ForwardSettings(
                settings.receivers().write().path(),
                settings.receivers().tenantHeader(),
                "Ringgate/" + version,
                settings.timeouts().attempt(),
                settings.timeouts().connect(),
                IDLE,
                MOST_IDLE);
    }

    static ReadyPage readyPage(GatewaySettings settings) {
        HealthEndpoint health = settings.receivers().health();
        ClientTlsConfig tls = settings.receivers().write().tls();
        return new ReadyPage(
                health.https(),
                health.port(),
                health.path(),
                tls == null ? null : tls.caFile(),
                tls == null ? null : tls.serverName());
    }

    /** Null when receivers are spoken to in plain HTTP. */
    static @Nullable Secured secured(InForce now, TlsEngine engine) throws UnitProblem {
        ClientTlsConfig wanted = now.settings().receivers().write().tls();
        if (wanted == null) {
            return null;
        }
        try {
            ClientTls tls = ClientTls.of(engine, now.receiversCa());
            String fixed = wanted.serverName();
            return (allocator, peerName, port) -> tls.newHandler(allocator, fixed == null ? peerName : fixed, port);
        } catch (TlsProblem e) {
            throw new UnitProblem(e.sentence());
        }
    }

    /** Whether connections that trust by one would trust the same by the other. */
    static boolean trustsAlike(InForce now, InForce next) {
        return Objects.equals(
                        now.settings().receivers().write().tls(),
                        next.settings().receivers().write().tls())
                && now.receiversCa().equals(next.receiversCa());
    }
}
