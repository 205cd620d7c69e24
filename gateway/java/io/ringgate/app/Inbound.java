package io.ringgate.app;

import io.ringgate.config.GatewaySettings;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.tls.ServerTls;
import io.ringgate.tls.TlsEngine;
import io.ringgate.tls.TlsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The clients' side of the configuration: the certificates of each listener. */
final class Inbound {

    private Inbound() {}

    /** For each listener, in order, where new connections get their TLS from; null for one without. */
    static List<@Nullable Supplier<ServerTls>> tls(GatewaySettings settings, TlsEngine engine) throws StartProblem {
        List<@Nullable Supplier<ServerTls>> all = new ArrayList<>();
        for (ListenerConfig listener : settings.listeners()) {
            ServerTlsConfig wanted = listener.tls();
            if (wanted == null) {
                all.add(null);
                continue;
            }
            try {
                ServerTls tls = ServerTls.load(engine, wanted.certificates(), wanted.minVersion());
                all.add(() -> tls);
            } catch (TlsProblem e) {
                throw new StartProblem(e.sentence(), e);
            }
        }
        return all;
    }
}
