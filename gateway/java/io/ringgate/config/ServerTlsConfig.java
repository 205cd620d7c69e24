package io.ringgate.config;

import java.util.List;

/**
 * How a listener proves itself.
 *
 * @param certificates at least one; the first is for clients that send no server name
 * @param minVersion the oldest version of TLS that is spoken
 */
public record ServerTlsConfig(List<CertificateFiles> certificates, TlsVersion minVersion) {

    public static final TlsVersion DEFAULT_MIN_VERSION = TlsVersion.TLS_1_2;

    public ServerTlsConfig {
        certificates = List.copyOf(certificates);
    }
}
