package io.ringgate.app;

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
 * The clients' and operators' side of the configuration: the TLS of each door, as new connections
 * get it. A swap touches no connection that is there. Any thread reads, one writes.
 */
final class Inbound {

    private final TlsEngine engine;
    private volatile List<@Nullable ServerTls> tls = List.of();

    Inbound(TlsEngine engine) {
        this.engine = engine;
    }

    /** Where new connections of a door get their TLS from; null for one without. */
    @Nullable
    Supplier<ServerTls> of(int door) {
        return tls.get(door) == null ? null : () -> Objects.requireNonNull(tls.get(door));
    }

    /** Everything that a swap needs, made before anything is touched. A door whose certificates stay keeps its own. */
    List<@Nullable ServerTls> prepare(@Nullable InForce now, InForce next) throws UnitProblem {
        List<@Nullable ServerTls> all = new ArrayList<>();
        List<@Nullable ServerTlsConfig> doors = next.doors();
        for (int i = 0; i < doors.size(); i++) {
            all.add(now != null && isSame(now, next, i) ? tls.get(i) : made(next, doors.get(i)));
        }
        return all;
    }

    void use(List<@Nullable ServerTls> prepared) {
        tls = Collections.unmodifiableList(prepared);
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
