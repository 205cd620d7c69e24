package io.ringgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs certs/make-dev-certs as a person would. */
class DevCertsTest {

    @TempDir
    Path folder;

    private record Run(int exit, String said) {}

    @Test
    void the_server_proves_itself_to_whoever_trusts_the_ca() throws Exception {
        Run run = make("gateway.example", "10.1.2.3");

        assertThat(run.exit()).as(run.said()).isZero();
        X509Certificate ca = certificates("ca.pem").getFirst();
        List<X509Certificate> chain = certificates("server.pem");
        X509Certificate leaf = chain.getFirst();
        PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
        trust.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), trust);
        assertThat(chain).hasSize(2).endsWith(ca);
        assertThat(names(leaf))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "gateway.example", "10.1.2.3");
        assertThat(Duration.between(
                        leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(30));
        assertThat(((ECPublicKey) leaf.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void the_client_is_the_edge_of_the_sample_to_whoever_trusts_its_ca() throws Exception {
        make();

        X509Certificate ca = certificates("client-ca.pem").getFirst();
        X509Certificate leaf = certificates("client.pem").getFirst();
        PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
        trust.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), trust);
        assertThat(names(leaf)).containsExactly("cluster-05-edge.example");
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(ca).isNotEqualTo(certificates("ca.pem").getFirst());
    }

    @Test
    void the_key_belongs_to_the_certificate_and_is_for_its_owner_alone() throws Exception {
        make();

        byte[] text = "a text to sign".getBytes(StandardCharsets.UTF_8);
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key());
        signer.update(text);
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(certificates("server.pem").getFirst());
        verifier.update(text);
        assertThat(verifier.verify(signer.sign())).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out/server-key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void the_key_of_the_ca_does_not_stay() throws Exception {
        make();

        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "ca.pem", "server.pem", "server-key.pem", "client-ca.pem", "client.pem", "client-key.pem");
        }
    }

    @Test
    void what_is_there_is_kept_unless_told_otherwise() throws Exception {
        make();
        byte[] before = Files.readAllBytes(folder.resolve("out/ca.pem"));

        Run refused = make();

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.said()).contains("out/ca.pem is there already, give --force to replace it");
        assertThat(Files.readAllBytes(folder.resolve("out/ca.pem"))).isEqualTo(before);
        assertThat(make("--force").exit()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("out/ca.pem"))).isNotEqualTo(before);
    }

    @Test
    void names_that_are_none_make_nothing() throws Exception {
        Run run = make("a,IP:1.2.3.4");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.said()).isEqualTo("make-dev-certs: 'a,IP:1.2.3.4' is neither a host name nor an address\n");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Run make(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of("certs/make-dev-certs").toAbsolutePath().toString(),
                "--out",
                folder.resolve("out").toString()));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(said));
    }

    private List<X509Certificate> certificates(String file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve("out").resolve(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }

    private PrivateKey key() throws IOException, GeneralSecurityException {
        String base64 = Files.readString(folder.resolve("out/server-key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
