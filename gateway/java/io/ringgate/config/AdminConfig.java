package io.ringgate.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The listener for operators. On an address that other machines reach it asks for a password, over TLS unless the operator
 * wrote {@code unsafe_plaintext: true}.
 *
 * @param tls absent for plain HTTP
 * @param htpasswdFile whose users may look; absolute; absent where nobody is asked, on a loopback address
 * @param hostNames by which operators call it beside those of a loopback address: a request that changes something names one
 *     of them as its Host
 */
public record AdminConfig(
        HostPort address,
        @Nullable ServerTlsConfig tls,
        @Nullable Path htpasswdFile,
        List<String> hostNames) {

    public AdminConfig {
        hostNames = List.copyOf(hostNames);
    }

    public static final HostPort DEFAULT_ADDRESS = new HostPort("127.0.0.1", 19292);
}
