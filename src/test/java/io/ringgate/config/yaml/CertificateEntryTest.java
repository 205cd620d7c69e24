package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.CertificateField;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client certificates among the credentials of an edge. */
class CertificateEntryTest {

    @TempDir
    Path folder;

    @Test
    void every_field() throws IOException {
        EdgeEntry entry = FullConfigTest.load(folder).identities().edges().get(1);

        assertThat(entry.credentials())
                .extracting(EdgeCredential::proof)
                .containsExactly(
                        new EdgeCredential.Certificate(CertificateField.DNS, "edge.example.com"),
                        new EdgeCredential.Certificate(CertificateField.URI, "spiffe://example.org/edge/03"),
                        new EdgeCredential.Certificate(CertificateField.EMAIL, "edge@example.com"),
                        new EdgeCredential.Certificate(CertificateField.SUBJECT_CN, "edge 03"),
                        new EdgeCredential.Certificate(CertificateField.SUBJECT_O, "Example"),
                        new EdgeCredential.Certificate(CertificateField.SHA256, "aa".repeat(32)));
        assertThat(entry.credentials().getFirst().proof().name()).isEqualTo("certificate:dns=edge.example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            certificate: {}                              | certificate.dns: is missing, write one of dns, uri, email, subject_cn, subject_o, sha256
            certificate: edge                            | certificate: is text, write keys under it
            certificate: {cn: x}                         | certificate.cn: unknown key `cn`, known here: dns, uri, email, subject_cn, subject_o, sha256;certificate.dns: is missing, write one of dns, uri, email, subject_cn, subject_o, sha256
            certificate: {dns: a.example, uri: "a:b"}    | certificate.uri: dns is written already and one is enough, leave one out or make it a credential of its own
            certificate: {dns: "*.example"}              | certificate.dns: *.example is not a DNS name, write for example edge.example.com, without a wildcard
            certificate: {dns: bücher.example}           | certificate.dns: bücher.example is not a DNS name, write for example edge.example.com, without a wildcard
            certificate: {uri: edge}                     | certificate.uri: edge is not a URI, write for example spiffe://example.org/edge/cluster-02
            certificate: {email: edge}                   | certificate.email: edge is not an e-mail address, write for example edge@example.com
            certificate: {subject_cn: ""}                | certificate.subject_cn: "" is not a name, write it as the certificate has it
            certificate: {sha256: "AA:BB"}               | certificate.sha256: AA:BB is not a fingerprint, write 64 hex digits, with or without colons
            basic: {user: a}, certificate: {dns: a}      | certificate: is a second credential beside basic, make it an item of its own
            """)
    void bad_values(String line, String messages) throws IOException {
        List<String> expected = List.of(messages.split(";")).stream()
                .map(message -> "edges.yaml:1: edges[0].credentials[0]." + message)
                .toList();

        assertThat(new ConfigFixture(folder)
                        .edges("edges: [{name: a, tenant: t, credentials: [{" + line + "}]}]\n")
                        .problems())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void one_certificate_leads_to_one_edge() throws IOException {
        String yaml = """
                edges:
                  - {name: a, tenant: t, credentials: [{certificate: {dns: a.example}}]}
                  - {name: b, tenant: t, credentials: [{certificate: {dns: A.example}}]}
                """;

        assertThat(new ConfigFixture(folder).edges(yaml).problems())
                .containsExactly(
                        "edges.yaml:3: edges[1].credentials[0].certificate.dns: a.example is named already in line 2, one certificate leads to one edge: write another");
    }

    @Test
    void a_certificate_that_nobody_asks_for_is_told() throws IOException {
        String yaml = "edges: [{name: a, tenant: t, credentials: [{certificate: {dns: a.example}}]}]\n";

        assertThat(new ConfigFixture(folder).edges(yaml).problems())
                .containsExactly(
                        "edges.yaml:1: warning: edges[0].credentials[0].certificate.dns: no listener asks for certificates, so none can authenticate by one: write client_auth in a listener's tls");
    }
}
