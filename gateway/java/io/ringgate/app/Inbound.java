package io.ringgate.app;

import io.ringgate.config.ListenerConfig;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.http.HostNames;
import io.ringgate.http.ListenerTerms;
import io.ringgate.http.Redirect;
import io.ringgate.http.TrustedProxies;
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
 * The clients' and operators' side of the configuration: what each listener says of itself to new connections. A swap touches
 * no connection that is there. Any thread reads, one writes.
 */
final class Inbound {

    /**
     * All of it at one moment.
     *
     * @param listeners in the order of the configuration
     * @param admin the TLS of the admin listener, null without
     */
    record Doors(List<ListenerTerms> listeners, @Nullable ServerTls admin) {}

    private final TlsEngine engine;
    private volatile Doors doors = new Doors(List.of(), null);

    Inbound(TlsEngine engine) {
        this.engine = engine;
    }

    ListenerTerms listener(int place) {
        return doors.listeners().get(place);
    }

    /** Where new connections of operators get their TLS from; null without. */
    @Nullable
    Supplier<ServerTls> admin() {
        return doors.admin() == null ? null : () -> Objects.requireNonNull(doors.admin());
    }

    /** Everything that a swap needs, made before anything is touched. A door whose certificates stay keeps its TLS. */
    Doors prepare(@Nullable InForce now, InForce next) throws UnitProblem {
        List<ListenerTerms> listeners = new ArrayList<>();
        for (int i = 0; i < next.settings().listeners().size(); i++) {
            ListenerConfig listener = next.settings().listeners().get(i);
            OptionalInt port = listener.redirectPort();
            listeners.add(new ListenerTerms(
                    listener.hostNames().isEmpty() ? HostNames.any() : HostNames.of(listener.hostNames()),
                    port.isPresent() ? new Redirect(port.getAsInt()) : null,
                    new TrustedProxies(
                            next.settings().trustedProxies(), listener.proxyProtocol(), listener.forwardedFor()),
                    now != null && isSame(now, next, i) ? listener(i).tls() : made(next, listener.tls())));
        }
        int admin = listeners.size();
        ServerTls forOperators = now != null && isSame(now, next, admin)
                ? doors.admin()
                : made(next, next.settings().admin().tls());
        return new Doors(List.copyOf(listeners), forOperators);
    }

    void use(Doors prepared) {
        doors = prepared;
    }

    private static boolean isSame(InForce now, InForce next, int door) {
        ServerTlsConfig before = now.doors().get(door);
        ServerTlsConfig after = next.doors().get(door);
        return Objects.equals(before, after) && now.certificatesOf(before).equals(next.certificatesOf(after));
    }

    private @Nullable ServerTls made(InForce next, @Nullable ServerTlsConfig wanted) throws UnitProblem {
        if (wanted == null) {
            return null;
        }
        try {
            return ServerTls.of(engine, next.certificatesOf(wanted), wanted.minVersion());
        } catch (TlsProblem e) {
            throw new UnitProblem(e.sentence());
        }
    }
}
