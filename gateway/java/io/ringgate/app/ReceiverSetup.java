package io.ringgate.app;

import io.ringgate.config.ClientTlsConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.HealthEndpoint;
import io.ringgate.config.HostPort;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Rings;
import io.ringgate.edge.TenantId;
import io.ringgate.forward.ForwardSettings;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.StoredStatuses;
import io.ringgate.forward.connections.ReceiverTls;
import io.ringgate.forward.discovery.NameLookup;
import io.ringgate.forward.discovery.ReceiverRing;
import io.ringgate.forward.discovery.Receivers;
import io.ringgate.forward.health.ExpectedRing;
import io.ringgate.forward.health.HealthPort;
import io.ringgate.hashring.Endpoint;
import io.ringgate.hashring.FileHash;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.MalformedPattern;
import io.ringgate.metrics.Metrics;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.UnitProblem;
import io.ringgate.tls.ClientTls;
import io.ringgate.tls.TlsEngine;
import io.ringgate.tls.TlsProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The receivers' side of the configuration, turned into what {@code forward} works with. */
public final class ReceiverSetup {

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int MOST_IDLE = 64;
    private static final Duration LOOK_UP_LISTED = Duration.ofSeconds(10);

    private ReceiverSetup() {}

    static Receivers receivers(ActiveConfiguration first, Metrics metrics) {
        Receivers receivers = Receivers.inRings(rings(first), NameLookup.system(), metrics);
        receivers.start(refresh(first));
        return receivers;
    }

    /** How often names are looked up. */
    static Duration refresh(ActiveConfiguration now) {
        return now.settings().receivers().source() instanceof ReceiverSource.Dns dns ? dns.refresh() : LOOK_UP_LISTED;
    }

    /** Receivers that are not named by a hashring file are one ring for every tenant. */
    public static List<ReceiverRing> rings(ActiveConfiguration now) {
        return rings(now.settings(), now.rings());
    }

    public static List<ReceiverRing> rings(GatewaySettings settings, Rings file) {
        return switch (settings.receivers().source()) {
            case ReceiverSource.Hashrings _ -> {
                List<ReceiverRing> rings = new ArrayList<>();
                for (Hashring ring : file.list()) {
                    String name = ring.nameOr(rings.size());
                    int port = settings.receivers().write().port();
                    rings.add(new ReceiverRing(name, tenant -> serves(ring, tenant), members(ring, port), false));
                }
                yield rings;
            }
            case ReceiverSource.Listed listed ->
                List.of(ReceiverRing.ofAll(
                        listed.addresses().stream().map(ReceiverSetup::address).toList(), false));
            case ReceiverSource.Dns dns -> List.of(ReceiverRing.ofAll(List.of(address(dns.name())), true));
        };
    }

    /** A malformed pattern matches no tenant; a file with one is refused before it comes here. */
    private static boolean serves(Hashring ring, TenantId tenant) {
        try {
            return ring.serves(tenant.value());
        } catch (MalformedPattern malformed) {
            return false;
        }
    }

    /** The endpoints' hosts, which take writes at another port than the one of the ring. */
    private static List<ReceiverAddress> members(Hashring ring, int writePort) {
        return ring.endpoints().stream()
                .map(Endpoint::host)
                .filter(Objects::nonNull)
                .map(host -> new ReceiverAddress(host, writePort))
                .distinct()
                .toList();
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
                MOST_IDLE,
                StoredStatuses.of(settings.receivers().stored()),
                settings.receivers().doubt());
    }

    public static HealthPort readyPage(GatewaySettings settings) {
        HealthEndpoint health = settings.receivers().health();
        ClientTlsConfig tls = settings.receivers().write().tls();
        return new HealthPort(
                health.https(),
                health.port(),
                health.path(),
                tls == null ? null : tls.caFile(),
                tls == null ? null : tls.serverName());
    }

    /** What is configured of the ring that receivers replicate by; null where no hashring file is. */
    public static @Nullable ExpectedRing expectedRing(GatewaySettings settings, Rings file) {
        FileHash hash = file.hash();
        return settings.receivers().source() instanceof ReceiverSource.Hashrings named && hash != null
                ? new ExpectedRing(named.replicationFactor(), hash)
                : null;
    }

    /** Null when receivers are spoken to in plain HTTP. */
    public static @Nullable ReceiverTls secured(ActiveConfiguration now, TlsEngine engine) throws UnitProblem {
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

    /** Whether the receivers are the same, in the same rings. */
    static boolean namesAlike(ActiveConfiguration now, ActiveConfiguration next) {
        return now.rings().list().equals(next.rings().list())
                && now.settings()
                        .receivers()
                        .source()
                        .equals(next.settings().receivers().source())
                && now.settings().receivers().write().port()
                        == next.settings().receivers().write().port();
    }

    /** Whether connections that trust by one would trust the same by the other. */
    static boolean trustsAlike(ActiveConfiguration now, ActiveConfiguration next) {
        return Objects.equals(
                        now.settings().receivers().write().tls(),
                        next.settings().receivers().write().tls())
                && now.receiversCa().equals(next.receiversCa());
    }
}
