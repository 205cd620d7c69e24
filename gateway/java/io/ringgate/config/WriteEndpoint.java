package io.ringgate.config;

import org.jspecify.annotations.Nullable;

/**
 * What a write to a receiver looks like.
 *
 * @param port for receivers that were named without one
 * @param path the receivers' own, whatever path the write came in on
 * @param tls present exactly when {@code scheme} is {@code https}
 */
public record WriteEndpoint(int port, String path, @Nullable ClientTlsConfig tls) {

    public static final int DEFAULT_PORT = 19291;
    public static final String DEFAULT_PATH = "/api/v1/receive";

    public boolean https() {
        return tls != null;
    }
}
