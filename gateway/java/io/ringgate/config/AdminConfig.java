package io.ringgate.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The listener for operators. On an address that other machines reach it asks for a password, over TLS unless the operator
 * wrote {@code unsafe_plaintext: true}.
 *
 * @param tls absent for plain HTTP
 * @param htpasswdFile whose users may look; absolute; absent where nobody is asked, on a loopback address
 */
public record AdminConfig(
        HostPort address,
        @Nullable ServerTlsConfig tls,
        @Nullable Path htpasswdFile) {

    public static final HostPort DEFAULT_ADDRESS = new HostPort("127.0.0.1", 19292);
}
