package io.ringgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.ClientCaFiles;
import io.ringgate.config.TlsVersion;
import io.ringgate.testing.ClientAuthority;
import io.ringgate.testing.TestCertificates;
import io.ringgate.tls.PresentedCertificate.Finding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that show certificates, on both engines with both versions, and what is found of them afterwards. */
class ClientHandshakeTest {

    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private static final int LOOKS = 10_000;

    @TempDir
    static Path folder;

    @TempDir
    static Path serverFolder;

    @TempDir
    static Path otherFolder;

    private static TestCertificates servers;
    private static ClientAuthority clients;
    private static ClientAuthority others;

    private final ClientAuthorities authorities = new ClientAuthorities(this::millis);
    private long later;

    @BeforeAll
    static void makeCertificates() throws IOException {
        servers = new TestCertificates(serverFolder).issue("one", "DNS:one.example.com");
        clients = new ClientAuthority(folder);
        others = new ClientAuthority(otherFolder);
        Instant now = Instant.now();
        clients.client("good").names("DNS:good.example").issue();
        clients.client("gone").issue().revoke("gone");
        clients.client("past")
                .valid(now.minus(Duration.ofDays(9)), now.minusSeconds(9))
                .issue();
        clients.client("future")
                .valid(now.plusSeconds(9_000), now.plus(Duration.ofDays(1)))
                .issue();
        clients.client("server").with("extendedKeyUsage=serverAuth").issue();
        clients.selfSigned("alone");
        others.client("good").issue();
        clients.client("between").authority().issue().issueBy("between", "below", "DNS:below.example");
        Files.writeString(
                clients.certificate("below"),
                Files.readString(clients.certificate("between")),
                StandardOpenOption.APPEND);
        clients.issueBy("good", "usurper", "URI:spiffe://example/edge/other")
                .openssl(
                        "req -x509 -CA ca.pem -CAkey ca.key -days 2 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -sha1"
                                + " -subj /CN=weak -addext basicConstraints=critical,CA:FALSE -keyout weak.key -out weak.pem");
        clients.openssl("req -x509 -CA ca.pem -CAkey ca.key -days 2 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256"
                + " -subj /CN=acts -addext basicConstraints=critical,CA:TRUE -keyout acts.key -out acts.pem");
        clients.openssl(
                "req -x509 -days 2 -key ca.key -subj /CN=ca -out bounded.pem"
                        + " -addext basicConstraints=critical,CA:TRUE -addext nameConstraints=critical,permitted;DNS:inside.example");
        clients.list("gone.crl");
        clients.client("grown").issue().revoke("grown").revoke("good");
        clients.list("grown.crl");
    }

    private long millis() {
        return System.currentTimeMillis() + 1_000 + later;
    }

    static Stream<Arguments> engines() {
        return Stream.of(TlsEngine.values())
                .flatMap(engine -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(engine, version)));
    }

    @BeforeEach
    void trust() throws TlsProblem {
        authorities.replace(trusting(clients, "gone.crl"));
    }

    private static ClientTrust trusting(ClientAuthority authority, @Nullable String list) throws TlsProblem {
        return ClientTrust.load(new ClientCaFiles(authority.ca(), list == null ? null : folder.resolve(list)));
    }

    private ServerTls server(TlsEngine engine, boolean required) throws TlsProblem {
        CertificateFiles own = new CertificateFiles(servers.certificate("one"), servers.key("one"));
        return ServerTls.of(
                engine,
                List.of(ServerCertificate.load(own)),
                TlsVersion.TLS_1_2,
                new ClientCertificatePolicy(required, authorities));
    }

    /** Without a name it shows nothing. */
    private static SslContext client(String version, ClientAuthority by, @Nullable String name) throws Exception {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(servers.ca().toFile())
                .protocols(version);
        if (name != null) {
            builder.keyManager(by.certificate(name).toFile(), by.key(name).toFile());
        }
        return builder.build();
    }

    private static Handshake shake(ServerTls server, SslContext client) {
        return new Handshake(
                server.newReader(Duration.ofSeconds(10), TlsRecordReader.NOBODY),
                client.newHandler(ALLOCATOR, "one.example.com", 443));
    }

    private static PresentedCertificate shown(Handshake handshake, ServerTls server) {
        assertThat(handshake.succeeded()).isTrue();
        return PresentedCertificate.in(
                handshake.serverTls().engine().getSession(), Objects.requireNonNull(server.clients()));
    }

    private void failsWith(HandshakeFault fault, TlsEngine engine, String version, ClientAuthority by, String name)
            throws Exception {
        try (Handshake handshake = shake(server(engine, false), client(version, by, name))) {
            assertThat(HandshakeFault.of(handshake.serverFailure()))
                    .as("%s: %s", name, handshake.serverFailure())
                    .isEqualTo(fault);
            assertThat(fault.more(handshake.serverFailure())).contains("CN=" + name);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_good_one_is_known_afterwards(TlsEngine engine, String version) throws Exception {
        ServerTls server = server(engine, true);
        try (Handshake handshake = shake(server, client(version, clients, "good"))) {
            PresentedCertificate shown = shown(handshake, server);

            assertThat(shown.check()).isEqualTo(Finding.GOOD);
            assertThat(Objects.requireNonNull(shown.certificate())
                            .own()
                            .getSubjectX500Principal()
                            .getName())
                    .isEqualTo("CN=good");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void who_shows_none_may_come_in_and_is_found_to_lack_it_where_it_is_required(TlsEngine engine, String version)
            throws Exception {
        for (boolean required : List.of(true, false)) {
            ServerTls server = server(engine, required);
            try (Handshake handshake = shake(server, client(version, clients, null))) {
                assertThat(shown(handshake, server).check()).isEqualTo(required ? Finding.MISSING : Finding.NONE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_bad_one_fails_the_handshake(TlsEngine engine, String version) throws Exception {
        failsWith(HandshakeFault.UNKNOWN_CLIENT_CA, engine, version, others, "good");
        failsWith(HandshakeFault.UNKNOWN_CLIENT_CA, engine, version, clients, "alone");
        failsWith(HandshakeFault.CLIENT_CERTIFICATE_EXPIRED, engine, version, clients, "past");
        failsWith(HandshakeFault.CLIENT_CERTIFICATE_REVOKED, engine, version, clients, "gone");
        failsWith(HandshakeFault.OTHER, engine, version, clients, "future");
        failsWith(HandshakeFault.OTHER, engine, version, clients, "server");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void one_that_is_listed_without_being_an_authority_signs_for_nobody(TlsEngine engine, String version)
            throws Exception {
        authorities.replace(ClientTrust.load(new ClientCaFiles(clients.certificate("good"), null)));
        ServerTls server = server(engine, true);
        try (Handshake handshake = shake(server, client(version, clients, "good"))) {
            assertThat(shown(handshake, server).check()).isEqualTo(Finding.GOOD);
        }

        failsWith(HandshakeFault.UNKNOWN_CLIENT_CA, engine, version, clients, "usurper");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void what_is_weak_or_an_authority_itself_fails_the_handshake(TlsEngine engine, String version) throws Exception {
        failsWith(HandshakeFault.OTHER, engine, version, clients, "weak");
        failsWith(HandshakeFault.OTHER, engine, version, clients, "acts");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void constraints_that_an_authority_has_now_hold_in_handshakes_and_on_open_connections(
            TlsEngine engine, String version) throws Exception {
        ServerTls server = server(engine, true);
        try (Handshake handshake = shake(server, client(version, clients, "good"))) {
            PresentedCertificate shown = shown(handshake, server);
            assertThat(shown.check()).isEqualTo(Finding.GOOD);

            authorities.replace(ClientTrust.load(new ClientCaFiles(clients.certificate("bounded"), null)));

            assertThat(shown.check()).isEqualTo(Finding.BAD);
        }
        failsWith(HandshakeFault.OTHER, engine, version, clients, "good");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void the_next_handshake_asks_those_in_force_then(TlsEngine engine, String version) throws Exception {
        ServerTls server = server(engine, false);
        SslContext client = client(version, others, "good");
        authorities.replace(trusting(others, null));
        try (Handshake handshake = shake(server, client)) {
            assertThat(shown(handshake, server).check()).isEqualTo(Finding.GOOD);
        }

        authorities.replace(trusting(clients, null));
        try (Handshake handshake = shake(server, client(version, others, "good"))) {
            assertThat(HandshakeFault.of(handshake.serverFailure())).isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void an_open_connection_is_judged_by_those_in_force_now(TlsEngine engine, String version) throws Exception {
        ServerTls server = server(engine, false);
        try (Handshake handshake = shake(server, client(version, clients, "good"))) {
            PresentedCertificate shown = shown(handshake, server);

            authorities.replace(trusting(clients, "grown.crl"));
            assertThat(shown.check()).as("the list has grown").isEqualTo(Finding.BAD);
            authorities.replace(trusting(clients, "gone.crl"));
            assertThat(shown.check()).isEqualTo(Finding.GOOD);
            authorities.replace(trusting(others, null));
            assertThat(shown.check()).as("its authority is gone").isEqualTo(Finding.BAD);
            authorities.replace(trusting(clients, null));
            assertThat(shown.check()).isEqualTo(Finding.GOOD);
            later = Duration.ofDays(3).toMillis();
            assertThat(shown.check()).as("it has expired").isEqualTo(Finding.BAD);
            authorities.replace(null);
            assertThat(shown.check()).as("nobody asks any more").isEqualTo(Finding.NONE);
        }
    }

    @Test
    void a_look_allocates_nothing() throws Exception {
        ClientCertificatePolicy terms = new ClientCertificatePolicy(true, authorities);
        PresentedCertificate shown =
                new PresentedCertificate(terms, new ClientCertificate(Pem.certificates(clients.certificate("good"))));
        assertThat(shown.check()).isEqualTo(Finding.GOOD);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < LOOKS; i++) {
            shown.check();
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LOOKS);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_resumed_session_has_its_certificate_and_is_judged_by_those_in_force_now(TlsEngine engine, String version)
            throws Exception {
        ServerTls server = server(engine, true);
        SslContext client = client(version, clients, "below");
        int whole;
        try (Handshake first = shake(server, client)) {
            assertThat(shown(first, server).check()).isEqualTo(Finding.GOOD);
            whole = first.serverBytes();
            first.answer();
        }
        try (Handshake again = shake(server, client)) {
            assertThat(again.serverBytes()).as("no certificate is sent again").isLessThan(whole - 300);
            PresentedCertificate shown = shown(again, server);
            assertThat(shown.check()).isEqualTo(Finding.GOOD);
            again.answer();
        }
        authorities.replace(trusting(others, null));
        try (Handshake withdrawn = shake(server, client)) {
            assertThat(withdrawn.serverBytes()).as("resumed all the same").isLessThan(whole - 300);
            assertThat(shown(withdrawn, server).check()).isEqualTo(Finding.BAD);
        }
    }
}
