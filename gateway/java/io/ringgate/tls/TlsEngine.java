package io.ringgate.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.ringgate.config.TlsVersion;
import java.util.EnumSet;
import java.util.List;

/**
 * Who does the cryptography.
 *
 * <p>BoringSSL runs as {@link SslProvider#OPENSSL}: its contexts are freed by the garbage collector, so that a listener
 * may swap its certificates while connections still shake hands with the old ones, and nobody counts references. An
 * engine's native memory goes with its connection, not with the collector.
 */
public enum TlsEngine {
    BORINGSSL(SslProvider.OPENSSL),
    JDK(SslProvider.JDK);

    /** Forward secret and authenticated only; the last three are those of TLS 1.3. */
    private static final List<String> CIPHERS = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256");

    static {
        // The JDK reads this once, before its first handshake. BoringSSL never renegotiates as a server.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private final SslProvider provider;

    TlsEngine(SslProvider provider) {
        this.provider = provider;
    }

    /** BoringSSL where its library loads, else the JDK's. */
    public static TlsEngine best() {
        return OpenSsl.isAvailable() ? BORINGSSL : JDK;
    }

    /** What both sides have in common. A peer that offers only other protocols than http/1.1 goes on without one. */
    SslContextBuilder setUp(SslContextBuilder builder, TlsVersion oldest) throws TlsProblem {
        if (this == BORINGSSL && !OpenSsl.isAvailable()) {
            throw new TlsProblem("BoringSSL does not load on this machine: use the JDK's TLS");
        }
        return builder.sslProvider(provider)
                .protocols(EnumSet.range(oldest, TlsVersion.TLS_1_3).stream()
                        .map(TlsVersion::protocol)
                        .toList())
                .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "http/1.1"));
    }
}
