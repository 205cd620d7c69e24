package io.ringgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.ssl.SslProvider;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.TlsVersion;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each engine says of a failed handshake, whichever engine the client has. */
class HandshakeFaultTest {

    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    @TempDir
    static Path folder;

    @TempDir
    static Path otherFolder;

    private static TestCertificates files;
    private static TestCertificates others;

    @BeforeAll
    static void makeCertificates() {
        files = new TestCertificates(folder).issue("one", "DNS:one.example.com");
        others = new TestCertificates(otherFolder);
    }

    private static ChannelHandler server(TlsEngine engine, TlsVersion oldest) throws TlsProblem {
        return ServerTls.load(engine, List.of(new CertificateFiles(files.certificate("one"), files.key("one"))), oldest)
                .newReader(Duration.ofSeconds(10), TlsRecordReader.NOBODY);
    }

    private static SslHandler client(SslProvider provider, String version, Path ca, String... ciphers)
            throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(provider)
                .trustManager(ca.toFile())
                .protocols(version);
        if (ciphers.length > 0) {
            builder.ciphers(Arrays.asList(ciphers));
        }
        return builder.build().newHandler(ALLOCATOR, "one.example.com", 443);
    }

    /** Clients on Netty's BoringSSL say "internal error" of it, so the JDK's stand for all here; curl and openssl have an IT. */
    @ParameterizedTest
    @EnumSource
    void a_client_that_trusts_others_refused_our_certificate(TlsEngine engine) throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (Handshake handshake =
                    new Handshake(server(engine, TlsVersion.TLS_1_2), client(SslProvider.JDK, version, others.ca()))) {
                assertThat(HandshakeFault.of(handshake.serverFailure()))
                        .as("%s: %s", version, handshake.serverFailure())
                        .isEqualTo(HandshakeFault.CLIENT_REFUSED_CERTIFICATE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_old_version_is_none_in_common(TlsEngine engine) throws Exception {
        for (SslProvider provider : List.of(SslProvider.JDK, SslProvider.OPENSSL)) {
            try (Handshake handshake =
                    new Handshake(server(engine, TlsVersion.TLS_1_3), client(provider, "TLSv1.2", files.ca()))) {
                assertThat(HandshakeFault.of(handshake.serverFailure()))
                        .as("%s", handshake.serverFailure())
                        .isEqualTo(HandshakeFault.NO_COMMON_VERSION);
            }
        }
        try (Handshake handshake =
                new Handshake(server(engine, TlsVersion.TLS_1_2), client(SslProvider.OPENSSL, "TLSv1.1", files.ca()))) {
            assertThat(HandshakeFault.of(handshake.serverFailure()))
                    .as("%s", handshake.serverFailure())
                    .isEqualTo(HandshakeFault.NO_COMMON_VERSION);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neither_is_another_cipher(TlsEngine engine) throws Exception {
        try (Handshake handshake = new Handshake(
                server(engine, TlsVersion.TLS_1_2),
                client(SslProvider.OPENSSL, "TLSv1.2", files.ca(), "TLS_RSA_WITH_AES_128_CBC_SHA"))) {
            assertThat(HandshakeFault.of(handshake.serverFailure()))
                    .as("%s", handshake.serverFailure())
                    .isEqualTo(HandshakeFault.NO_COMMON_VERSION);
        }
    }

    @Test
    void the_rest_is_known_by_its_type_also_inside_another() {
        assertThat(HandshakeFault.of(new SslHandshakeTimeoutException("late"))).isEqualTo(HandshakeFault.TIMEOUT);
        assertThat(HandshakeFault.of(new DecoderException(new ClosedChannelException())))
                .isEqualTo(HandshakeFault.CLOSED);
        assertThat(HandshakeFault.of(new DecoderException(new SocketException("Connection reset"))))
                .isEqualTo(HandshakeFault.CLOSED);
        assertThat(HandshakeFault.of(
                        new IOException("recvAddress(..) failed with error(-104): Connection reset by peer")))
                .isEqualTo(HandshakeFault.CLOSED);
        assertThat(HandshakeFault.of(new SSLException("no words known here"))).isEqualTo(HandshakeFault.OTHER);
        assertThat(HandshakeFault.of(new SSLException((String) null))).isEqualTo(HandshakeFault.OTHER);
    }
}
