package io.ringgate.config;

/**
 * Where a receiver tells whether it is ready. What it says is a hint: alone it takes no receiver out.
 *
 * @param https with the authority and server name of {@code receivers.write.tls}, where those are given
 */
public record HealthEndpoint(boolean https, int port, String path) {

    /** Thanos's HTTP port. */
    public static final int DEFAULT_PORT = 10902;

    public static final String DEFAULT_PATH = "/-/ready";
}
