package io.ringgate.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway verifies a receiver.
 *
 * @param caFile PEM, the trusted authorities; absolute; absent means those of the system
 * @param serverName the name its certificate must carry; absent means the name or address we connect to
 */
public record ClientTlsConfig(
        @Nullable Path caFile, @Nullable String serverName) {

    /** What {@code scheme: https} alone means. */
    public static final ClientTlsConfig DEFAULT = new ClientTlsConfig(null, null);
}
