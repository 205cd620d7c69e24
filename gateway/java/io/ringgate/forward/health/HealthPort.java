package io.ringgate.forward.health;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where receivers tell whether they are ready.
 *
 * @param https spoken over TLS
 * @param caFile who signed their certificates; the system's authorities when absent
 * @param serverName the name in their certificate where it is not the one the operator named them by
 */
public record HealthPort(
        boolean https,
        int port,
        String path,
        @Nullable Path caFile,
        @Nullable String serverName) {}
