package io.ringgate.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a listener, and whether its clients need one.
 *
 * @param certificates at least one; the first is for clients that send no server name
 * @param minVersion the oldest version of TLS that is spoken
 * @param clientAuth absent where clients are not asked for certificates
 */
public record ServerTlsConfig(
        List<CertificateFiles> certificates,
        TlsVersion minVersion,
        @Nullable ClientAuthConfig clientAuth) {

    public static final TlsVersion DEFAULT_MIN_VERSION = TlsVersion.TLS_1_2;

    public ServerTlsConfig {
        certificates = List.copyOf(certificates);
    }
}
