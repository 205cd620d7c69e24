package io.ringgate.auth.mtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.AuthenticationMethods;
import io.ringgate.auth.LastSeen;
import io.ringgate.auth.Login;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.config.CertificateField;
import io.ringgate.config.EdgeCredential;
import io.ringgate.edge.Address;
import io.ringgate.edge.Edge;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.ClientAuthority;
import io.ringgate.testing.TestEdges;
import io.ringgate.tls.ClientCertificate;
import io.vertx.core.Future;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateMethodTest {

    private static final Verdict WRONG = new Verdict.Refused(new Rejection.Unauthenticated(Reason.WRONG_CREDENTIAL));
    private static final Edge BERLIN = TestEdges.edge("berlin", "team-a");
    private static final Edge PARIS = TestEdges.edge("paris", "team-b");

    @TempDir
    static Path folder;

    private static ClientAuthority authority;

    private final Map<EdgeCredential.Certificate, Login> logins = new HashMap<>();

    @BeforeAll
    static void makeCertificates() {
        authority = new ClientAuthority(folder);
        authority
                .client("rich")
                .subject("/O=Example/OU=x/CN=edge+OU=y")
                .names(
                        "DNS:Berlin.Example",
                        "DNS:other.example",
                        "URI:spiffe://example/berlin",
                        "email:berlin@example.com")
                .issue();
        authority.client("twice").subject("/O=one/O=two/CN=edge/CN=other").issue();
        authority.client("joined").subject("/CN=edge+CN=other").issue();
        authority.client("wild").names("DNS:*.example").issue();
        authority.client("bare").subject("/OU=x").issue();
        authority.client("letters").subject("/CN=edge\\\\,O=Example").issue();
    }

    private static ClientCertificate shown(String name) throws Exception {
        try (InputStream pem = Files.newInputStream(authority.certificate(name))) {
            return new ClientCertificate(List.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem)));
        }
    }

    private CertificateMethodTest knows(CertificateField field, String value, Edge edge) {
        return knows(field, value, edge, null);
    }

    private CertificateMethodTest knows(CertificateField field, String value, Edge edge, @Nullable Instant notAfter) {
        EdgeCredential.Certificate certificate = new EdgeCredential.Certificate(field, field.spelled(value));
        logins.put(certificate, new Login(edge, certificate.name(), notAfter, new LastSeen()));
        return this;
    }

    private @Nullable Verdict ask(String certificate) throws Exception {
        return ask(certificate, null);
    }

    private @Nullable Verdict ask(String certificate, @Nullable String header) throws Exception {
        Future<Verdict> found = new CertificateMethod(CertificateIndex.of(logins))
                .identify(new PresentedCredentials(header, shown(certificate), Address.NONE));
        return found == null ? null : found.result();
    }

    private @Nullable Edge edge(String certificate) throws Exception {
        return ask(certificate) instanceof Verdict.Known known ? known.edge() : null;
    }

    private @Nullable Edge knownBy(CertificateField field, String value, String certificate) throws Exception {
        logins.clear();
        return knows(field, value, BERLIN).edge(certificate);
    }

    @Test
    void it_is_known_by_any_of_its_names_and_by_itself() throws Exception {
        String fingerprint = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(shown("rich").own().getEncoded()));

        assertThat(knownBy(CertificateField.DNS, "berlin.example", "rich")).isEqualTo(BERLIN);
        assertThat(knownBy(CertificateField.DNS, "OTHER.example", "rich")).isEqualTo(BERLIN);
        assertThat(knownBy(CertificateField.URI, "spiffe://example/berlin", "rich"))
                .isEqualTo(BERLIN);
        assertThat(knownBy(CertificateField.EMAIL, "berlin@example.com", "rich"))
                .isEqualTo(BERLIN);
        assertThat(knownBy(CertificateField.SUBJECT_CN, "edge", "rich")).isEqualTo(BERLIN);
        assertThat(knownBy(CertificateField.SUBJECT_O, "Example", "rich")).isEqualTo(BERLIN);
        assertThat(knownBy(CertificateField.SHA256, fingerprint, "rich")).isEqualTo(BERLIN);
    }

    @Test
    void nothing_else_is_near_enough() throws Exception {
        assertThat(knownBy(CertificateField.DNS, "erlin.example", "rich")).isNull();
        assertThat(knownBy(CertificateField.DNS, "a.example", "wild")).isNull();
        assertThat(knownBy(CertificateField.URI, "spiffe://example/Berlin", "rich"))
                .isNull();
        assertThat(knownBy(CertificateField.EMAIL, "Berlin@example.com", "rich"))
                .isNull();
        assertThat(knownBy(CertificateField.SUBJECT_CN, "Edge", "rich")).isNull();
        assertThat(knownBy(CertificateField.SUBJECT_CN, "berlin.example", "rich"))
                .isNull();
        assertThat(knownBy(CertificateField.DNS, "edge", "rich"))
                .as("another field")
                .isNull();
        assertThat(knownBy(CertificateField.SHA256, "a".repeat(64), "rich")).isNull();
        assertThat(knownBy(CertificateField.SUBJECT_CN, "edge", "bare")).isNull();
        assertThat(knownBy(CertificateField.SUBJECT_CN, "edge", "letters")).isNull();
        assertThat(knownBy(CertificateField.SUBJECT_O, "Example", "letters")).isNull();
    }

    @Test
    void a_subject_with_two_of_a_kind_is_known_by_neither() throws Exception {
        for (String certificate : List.of("twice", "joined")) {
            assertThat(knownBy(CertificateField.SUBJECT_CN, "edge", certificate))
                    .isNull();
            assertThat(knownBy(CertificateField.SUBJECT_CN, "other", certificate))
                    .isNull();
        }
        assertThat(knownBy(CertificateField.SUBJECT_O, "one", "twice")).isNull();
    }

    @Test
    void one_that_names_two_edges_is_nobodys_whatever_else_is_shown() throws Exception {
        knows(CertificateField.DNS, "berlin.example", BERLIN).knows(CertificateField.SUBJECT_O, "Example", PARIS);

        assertThat(ask("rich")).isEqualTo(WRONG);
        assertThat(ask("rich", "x")).isEqualTo(WRONG);
    }

    @Test
    void of_two_logins_of_one_edge_the_one_that_lasts_longer_counts() throws Exception {
        Instant soon = Instant.ofEpochSecond(1);
        knows(CertificateField.DNS, "berlin.example", BERLIN, soon)
                .knows(CertificateField.SUBJECT_CN, "edge", BERLIN)
                .knows(CertificateField.SUBJECT_O, "Example", BERLIN, soon.plusSeconds(1));

        assertThat(ask("rich"))
                .isInstanceOfSatisfying(
                        Verdict.Known.class,
                        known -> assertThat(known.login().name()).isEqualTo("certificate:subject_cn=edge"));
    }

    @Test
    void one_that_names_nobody_is_refused_alone_and_says_nothing_beside_a_header() throws Exception {
        assertThat(ask("rich")).isEqualTo(WRONG);
        assertThat(ask("rich", "x")).isNull();
        assertThat(new CertificateMethod(CertificateIndex.of(logins)).identify(TestEdges.header(null)))
                .isNull();
    }

    @Test
    void beside_a_header_both_must_be_the_same_edge() throws Exception {
        AuthenticationMethods methods = new AuthenticationMethods(
                List.of(header -> Future.succeededFuture(TestEdges.known(PARIS))),
                new CertificateMethod(CertificateIndex.of(knows(CertificateField.SUBJECT_CN, "edge", BERLIN).logins)),
                () -> 0);

        assertThat(methods.identify(new PresentedCredentials("x", shown("rich"), Address.NONE))
                        .result())
                .isEqualTo(WRONG);
        assertThat(methods.identify(new PresentedCredentials("x", shown("bare"), Address.NONE))
                        .result())
                .isEqualTo(TestEdges.known(PARIS));
    }

    @Test
    void it_is_asked_once_and_again_when_the_holders_change() throws Exception {
        CertificateMethod method =
                new CertificateMethod(CertificateIndex.of(knows(CertificateField.SUBJECT_CN, "edge", BERLIN).logins));
        PresentedCredentials presented = new PresentedCredentials(null, shown("rich"), Address.NONE);
        Future<Verdict> first = TestEdges.ask(method, presented);

        assertThat(TestEdges.ask(method, presented)).isSameAs(first);
        method.update(CertificateIndex.of(Map.of()));
        assertThat(TestEdges.ask(method, presented).result()).isEqualTo(WRONG);
    }
}
