package io.ringgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.TlsVersion;
import io.ringgate.testing.TestCertificates;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes in memory, each on both engines, with the server under test on the one named. */
class TlsTest {

    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    @TempDir
    static Path folder;

    @TempDir
    static Path otherFolder;

    private static TestCertificates files;

    @BeforeAll
    static void makeCertificates() {
        files = new TestCertificates(folder)
                .issue("one", "DNS:one.example.com", "IP:127.0.0.1")
                .issueRsa("two", "DNS:two.example.com", "DNS:*.two.example.com");
    }

    private static CertificateFiles pair(String name) {
        return new CertificateFiles(files.certificate(name), files.key(name));
    }

    private static ChannelHandler server(TlsEngine engine, TlsVersion oldest, String... names) throws TlsProblem {
        List<CertificateFiles> pairs = Arrays.stream(names).map(TlsTest::pair).toList();
        return ServerTls.load(engine, pairs, oldest).newReader(Duration.ofSeconds(10), TlsRecordReader.NOBODY);
    }

    private static SslHandler client(TlsEngine engine, String host) throws TlsProblem {
        return ClientTls.load(engine, files.ca()).newHandler(ALLOCATOR, host, 443);
    }

    /** A client that says what it likes, to see what the server makes of it. */
    private static SslHandler strangeClient(SslProvider provider, String version, String... alpn) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(provider)
                .trustManager(files.ca().toFile())
                .protocols(version);
        if (alpn.length > 0) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    alpn));
        }
        return builder.build().newHandler(ALLOCATOR, "one.example.com", 443);
    }

    @Test
    void boringssl_is_there_and_best() {
        assertThat(OpenSsl.unavailabilityCause()).isNull();
        assertThat(TlsEngine.best()).isEqualTo(TlsEngine.BORINGSSL);
    }

    @ParameterizedTest
    @EnumSource
    void a_handshake_agrees_on_tls_1_3_and_http_1_1(TlsEngine engine) throws Exception {
        for (TlsEngine clients : TlsEngine.values()) {
            try (Handshake handshake =
                    new Handshake(server(engine, TlsVersion.TLS_1_2, "one"), client(clients, "one.example.com"))) {
                assertThat(handshake.succeeded()).isTrue();
                assertThat(handshake.protocol()).isEqualTo("TLSv1.3");
                assertThat(handshake.serverTls().applicationProtocol()).isEqualTo("http/1.1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void tls_1_2_is_spoken_with_a_forward_secret_cipher(TlsEngine engine) throws Exception {
        try (Handshake handshake =
                new Handshake(server(engine, TlsVersion.TLS_1_2, "one"), strangeClient(SslProvider.JDK, "TLSv1.2"))) {
            assertThat(handshake.succeeded()).isTrue();
            assertThat(handshake.cipher()).startsWith("TLS_ECDHE_ECDSA_").contains("GCM");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tls_1_2_is_refused_where_1_3_is_the_oldest(TlsEngine engine) throws Exception {
        try (Handshake handshake =
                new Handshake(server(engine, TlsVersion.TLS_1_3, "one"), strangeClient(SslProvider.JDK, "TLSv1.2"))) {
            assertThat(handshake.serverFailure()).isInstanceOf(SSLException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tls_1_1_is_refused(TlsEngine engine) throws Exception {
        try (Handshake handshake = new Handshake(
                server(engine, TlsVersion.TLS_1_2, "one"), strangeClient(SslProvider.OPENSSL, "TLSv1.1"))) {
            assertThat(handshake.serverFailure()).isInstanceOf(SSLException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_offers_only_h2_goes_on_without_a_protocol(TlsEngine engine) throws Exception {
        try (Handshake handshake = new Handshake(
                server(engine, TlsVersion.TLS_1_2, "one"), strangeClient(SslProvider.JDK, "TLSv1.3", "h2"))) {
            assertThat(handshake.succeeded()).isTrue();
            assertThat(handshake.serverTls().applicationProtocol()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_server_name_chooses_the_certificate(TlsEngine engine) throws Exception {
        for (String host : List.of("two.example.com", "TWO.example.com", "a.two.example.com")) {
            try (Handshake handshake =
                    new Handshake(server(engine, TlsVersion.TLS_1_2, "one", "two"), client(TlsEngine.JDK, host))) {
                assertThat(handshake.succeeded()).as(host).isTrue();
                assertThat(handshake.seenByClient()).isEqualTo("CN=two");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_names_no_server_gets_the_first_certificate(TlsEngine engine) throws Exception {
        try (Handshake handshake =
                new Handshake(server(engine, TlsVersion.TLS_1_2, "one", "two"), client(engine, "127.0.0.1"))) {
            assertThat(handshake.succeeded()).isTrue();
            assertThat(handshake.seenByClient()).isEqualTo("CN=one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_refuses_a_certificate_for_another_name(TlsEngine engine) throws Exception {
        try (Handshake handshake =
                new Handshake(server(TlsEngine.JDK, TlsVersion.TLS_1_2, "one"), client(engine, "two.example.com"))) {
            assertThat(handshake.clientFailure()).isInstanceOf(SSLException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_common_name_is_no_name_of_a_server(TlsEngine engine) throws Exception {
        files.openssl("req -x509 -CA ca.pem -CAkey ca.key -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
                + " -subj /CN=cn.example.com -keyout cn.key -out cn.pem");
        files.openssl("req -x509 -CA ca.pem -CAkey ca.key -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
                + " -subj /CN=ip.example.com -addext subjectAltName=IP:127.0.0.1 -keyout ip.key -out ip.pem");
        for (String name : List.of("cn", "ip")) {
            try (Handshake handshake = new Handshake(
                    server(TlsEngine.JDK, TlsVersion.TLS_1_2, name), client(engine, name + ".example.com"))) {
                assertThat(handshake.clientFailure()).as(name).isInstanceOf(SSLException.class);
            }
        }
        try (Handshake handshake =
                new Handshake(server(TlsEngine.JDK, TlsVersion.TLS_1_2, "ip"), client(engine, "127.0.0.1"))) {
            assertThat(handshake.succeeded()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_refuses_a_certificate_of_another_authority(TlsEngine engine) throws Exception {
        TestCertificates others = new TestCertificates(otherFolder);
        SslHandler client = ClientTls.load(engine, others.ca()).newHandler(ALLOCATOR, "one.example.com", 443);

        try (Handshake handshake = new Handshake(server(engine, TlsVersion.TLS_1_2, "one"), client)) {
            assertThat(handshake.clientFailure()).isInstanceOf(SSLException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_returns_resumes_its_session(TlsEngine engine) throws Exception {
        ServerTls server = ServerTls.load(engine, List.of(pair("one")), TlsVersion.TLS_1_2);
        ClientTls client = ClientTls.load(TlsEngine.JDK, files.ca());

        int first = bytesOfHandshake(server, client);
        int second = bytesOfHandshake(server, client);

        assertThat(second).as("no certificate is sent again").isLessThan(first - 300);
    }

    private static int bytesOfHandshake(ServerTls server, ClientTls client) {
        try (Handshake handshake = new Handshake(
                server.newReader(Duration.ofSeconds(10), TlsRecordReader.NOBODY),
                client.newHandler(ALLOCATOR, "one.example.com", 443))) {
            assertThat(handshake.succeeded()).isTrue();
            int bytes = handshake.serverBytes();
            handshake.answer();
            return bytes;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_cannot_renegotiate(TlsEngine engine) throws Exception {
        try (Handshake handshake =
                new Handshake(server(engine, TlsVersion.TLS_1_2, "one"), strangeClient(SslProvider.JDK, "TLSv1.2"))) {
            assertThat(handshake.succeeded()).isTrue();

            Future<Channel> again = handshake.clientTls.renegotiate();
            handshake.exchange();

            assertThat(again.isSuccess()).isFalse();
        }
    }

    @Test
    void each_certificate_is_known_with_its_names_and_expiry() throws Exception {
        ServerCertificate one = ServerCertificate.load(pair("one"));
        X509Certificate own = Pem.certificates(files.certificate("one")).getFirst();

        assertThat(one.names()).containsExactly("one.example.com");
        assertThat(one.addresses()).containsExactly("127.0.0.1");
        assertThat(one.begin()).isEqualTo(own.getNotBefore().toInstant());
        assertThat(one.expiry()).isEqualTo(own.getNotAfter().toInstant());
        assertThat(ServerCertificate.load(pair("two")).names()).containsExactly("two.example.com", "*.two.example.com");
    }
}
