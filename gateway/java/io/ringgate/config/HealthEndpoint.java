package io.ringgate.config;

/**
 * The readiness endpoint of a receiver. It is a hint: alone it ejects no receiver.
 *
 * @param https with the authority and server name of {@code receivers.write.tls}, where those are given
 */
public record HealthEndpoint(boolean https, int port, String path) {

    /** Thanos's HTTP port. */
    public static final int DEFAULT_PORT = 10902;

    public static final String DEFAULT_PATH = "/-/ready";
}
