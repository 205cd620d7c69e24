package io.ringgate.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How we make sure of a receiver.
 *
 * @param caFile PEM, whom we trust; absolute; absent means the authorities the system trusts
 * @param serverName the name its certificate must carry; absent means the name or address we connect to
 */
public record ClientTlsConfig(
        @Nullable Path caFile, @Nullable String serverName) {

    /** What {@code scheme: https} alone means. */
    public static final ClientTlsConfig DEFAULT = new ClientTlsConfig(null, null);
}
