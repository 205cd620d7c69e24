package io.ringgate.config.yaml;

import io.ringgate.config.HealthEndpoint;

/** Where receivers tell whether they are ready: {@code receivers.health}. */
final class HealthEndpointReader {

    private HealthEndpointReader() {}

    static HealthEndpoint read(Section section) {
        boolean https = section.read("scheme", ValueKind.word(WriteEndpointReader.schemes()), false);
        int port = section.read("port", ValueKind.number("a port", 1, 65_535), HealthEndpoint.DEFAULT_PORT);
        String path = section.read(
                "path", WriteEndpointReader.path(HealthEndpoint.DEFAULT_PATH), HealthEndpoint.DEFAULT_PATH);
        section.end();
        return new HealthEndpoint(https, port, path);
    }
}
