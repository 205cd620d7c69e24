package io.ringgate.cli.edge;

import io.ringgate.config.GatewaySettings;
import io.ringgate.config.HostPort;
import io.ringgate.config.ListenerConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code remote_write} block for an agent that writes here.
 *
 * @param url where to
 * @param password its password; absent when the file has it
 */
record AgentBlock(String url, String user, @Nullable String password, Path passwordFile) {

    private static final String PATH = "/api/v1/receive";
    private static final Set<String> PATHS = Set.of(PATH, "/api/v1/write", "/api/v1/push");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** The first listener that takes writes, under its first name. */
    static String url(GatewaySettings settings) {
        for (ListenerConfig listener : settings.listeners()) {
            if (listener.redirectPort().isEmpty()) {
                HostPort address = listener.address();
                String host = !listener.hostNames().isEmpty()
                        ? listener.hostNames().getFirst()
                        : address.isWildcard() ? "GATEWAY" : address.host();
                String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host.replace("*.", "GATEWAY.");
                return (listener.tls() == null ? "http://" : "https://") + shown + ":" + address.port() + PATH;
            }
        }
        return "https://GATEWAY" + PATH;
    }

    /** True for a URL that an agent can write to: http or https, a host, and one of the paths that take writes. */
    static boolean isWriteUrl(String text) {
        try {
            URI url = new URI(text);
            return url.getScheme() != null
                    && SCHEMES.contains(url.getScheme())
                    && url.getHost() != null
                    && url.getPort() <= 65_535
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && PATHS.stream().anyMatch(url.getRawPath()::endsWith);
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    String yaml() {
        return "remote_write:\n"
                + "  - url: " + NewEdge.quoted(url) + "\n"
                + "    basic_auth:\n"
                + "      username: " + NewEdge.quoted(user) + "\n"
                + (password == null
                        ? "      password_file: " + passwordFile + "\n"
                        : "      password: " + password + "\n")
                + "    # tls_config: {ca_file: CA.pem}   # where the gateway's certificate is of an authority of your own\n";
    }
}
