package io.ringgate.config;

import org.jspecify.annotations.Nullable;

/**
 * One address that takes writes.
 *
 * @param address where it listens; port 0 lets the system choose
 * @param tls absent only where the operator wrote {@code unsafe_plaintext: true}
 */
public record ListenerConfig(HostPort address, @Nullable ServerTlsConfig tls) {

    /** True when passwords and samples cross the network readable: the operator asked for it by that name. */
    public boolean unsafePlaintext() {
        return tls == null;
    }
}
