package io.ringgate.app;

import io.ringgate.config.ListenerConfig;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.tls.ServerTls;
import io.ringgate.tls.TlsEngine;
import io.ringgate.tls.TlsProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients' side of the configuration: the TLS of each listener, as new connections get it. A swap touches no connection
 * that is there. Any thread reads, one writes.
 */
final class Inbound {

    private final TlsEngine engine;
    private volatile List<@Nullable ServerTls> tls = List.of();

    Inbound(TlsEngine engine) {
        this.engine = engine;
    }

    /** For a listener, by its place in the configuration: where new connections get their TLS from; null without one. */
    @Nullable
    Supplier<@Nullable ServerTls> of(int listener) {
        return tls.get(listener) == null ? null : () -> tls.get(listener);
    }

    /** Everything that a swap needs, made before anything is touched. A listener whose certificates stay keeps its own. */
    List<@Nullable ServerTls> prepare(@Nullable InForce now, InForce next) throws UnitProblem {
        List<@Nullable ServerTls> all = new ArrayList<>();
        List<ListenerConfig> listeners = next.settings().listeners();
        for (int i = 0; i < listeners.size(); i++) {
            all.add(now != null && isSame(now, next, i) ? tls.get(i) : made(next, listeners.get(i)));
        }
        return all;
    }

    void use(List<@Nullable ServerTls> prepared) {
        tls = Collections.unmodifiableList(prepared);
    }

    private static boolean isSame(InForce now, InForce next, int listener) {
        ListenerConfig before = now.settings().listeners().get(listener);
        ListenerConfig after = next.settings().listeners().get(listener);
        return Objects.equals(before.tls(), after.tls())
                && now.certificatesOf(before).equals(next.certificatesOf(after));
    }

    private @Nullable ServerTls made(InForce next, ListenerConfig listener) throws UnitProblem {
        ServerTlsConfig wanted = listener.tls();
        if (wanted == null) {
            return null;
        }
        try {
            return ServerTls.of(engine, next.certificatesOf(listener), wanted.minVersion());
        } catch (TlsProblem e) {
            throw new UnitProblem(e.sentence());
        }
    }
}
