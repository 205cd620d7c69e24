package io.ringgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificates written by hand, read by others: Java and openssl. */
class DemoAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private final DemoAuthority authority = new DemoAuthority(NOW);
    private final DemoAuthority.Issued server = authority.issueForLoopback();

    @Test
    void java_follows_the_chain() throws Exception {
        X509Certificate root = read(authority.certificate());
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(NOW));

        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(List.of(read(server.certificate()))),
                        parameters);

        root.verify(root.getPublicKey());
        assertThat(root.getBasicConstraints()).isNotNegative();
    }

    @Test
    void openssl_follows_the_chain_strictly(@TempDir Path folder) throws Exception {
        Path ca = Files.writeString(folder.resolve("ca.pem"), authority.certificate());
        Path leaf = Files.writeString(folder.resolve("server.pem"), server.certificate());

        Process openssl = new ProcessBuilder(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-attime",
                        Long.toString(NOW.getEpochSecond()),
                        "-purpose",
                        "sslserver",
                        "-verify_ip",
                        "127.0.0.1",
                        "-CAfile",
                        ca.toString(),
                        leaf.toString())
                .redirectErrorStream(true)
                .start();

        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor()).as(said).isZero();
    }

    @Test
    void the_server_certificate_is_for_this_machine_only() throws Exception {
        X509Certificate leaf = read(server.certificate());

        assertThat(leaf.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void it_is_good_a_little_before_now_and_for_a_month() throws Exception {
        X509Certificate leaf = read(server.certificate());

        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void the_key_belongs_to_the_certificate() throws Exception {
        byte[] der = Base64.getMimeDecoder()
                .decode(server.key().replaceAll("-----[A-Z ]+-----", "").strip());
        byte[] message = {1, 2, 3};
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
        signer.update(message);
        byte[] signed = signer.sign();

        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(read(server.certificate()).getPublicKey());
        verifier.update(message);

        assertThat(verifier.verify(signed)).isTrue();
    }

    @Test
    void the_key_does_not_print() {
        assertThat(server.toString()).doesNotContain("PRIVATE");
    }

    private static X509Certificate read(String pem) throws Exception {
        InputStream bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    }
}
