package io.ringgate.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringgate.config.CertificateFiles;
import io.ringgate.config.TlsVersion;
import io.ringgate.testing.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files a listener takes, and what it says about the others. */
class TlsFilesTest {

    @TempDir
    static Path folder;

    @TempDir
    Path own;

    private static TestCertificates files;

    @BeforeAll
    static void makeCertificates() {
        files = new TestCertificates(folder)
                .issue("ec", "DNS:ec.example.com")
                .issue("other", "DNS:other.example.com")
                .issueRsa("rsa", "DNS:rsa.example.com");
        files.openssl("ec -in ec.key -out ec-sec1.key");
        files.openssl("rsa -in rsa.key -traditional -out rsa-pkcs1.key");
        files.openssl("pkcs8 -topk8 -in rsa.key -passout pass:x -out rsa-locked.key");
        files.openssl("rsa -in rsa.key -traditional -aes128 -passout pass:x -out rsa-pkcs1-locked.key");
        files.openssl("req -x509 -newkey ed25519 -nodes -subj /CN=ed -keyout ed.key -out ed.pem");
    }

    private static ServerTls load(Path certificate, Path key) throws TlsProblem {
        return ServerTls.load(TlsEngine.best(), List.of(new CertificateFiles(certificate, key)), TlsVersion.TLS_1_2);
    }

    private static void assertRefused(Path certificate, Path key, String sentence) {
        assertThatExceptionOfType(TlsProblem.class)
                .isThrownBy(() -> load(certificate, key))
                .withMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec.key", "ec-sec1.key"})
    void ec_keys_of_both_forms_are_read(String key) throws Exception {
        assertThat(load(files.certificate("ec"), folder.resolve(key))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa.key", "rsa-pkcs1.key"})
    void rsa_keys_of_both_forms_are_read(String key) throws Exception {
        assertThat(load(files.certificate("rsa"), folder.resolve(key))).isNotNull();
    }

    @Test
    void certificate_and_key_may_share_a_file_with_text_and_other_blocks() throws Exception {
        Path both = own.resolve("both.pem");
        Files.writeString(
                both,
                "subject=somebody\r\n-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                        + Files.readString(files.key("ec")).replace("\n", "\r\n")
                        + Files.readString(files.certificate("ec")));

        assertThat(load(both, both)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "rsa"})
    void a_key_of_another_certificate_is_refused(String name) {
        assertRefused(
                files.certificate("ec"),
                files.key(name),
                "the key in " + files.key(name) + " does not match the first certificate in " + files.certificate("ec")
                        + ": name a pair that belongs together, the server's own certificate first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-locked.key", "rsa-pkcs1-locked.key"})
    void an_encrypted_key_is_refused_with_the_way_out(String key) {
        Path locked = folder.resolve(key);

        assertRefused(
                files.certificate("rsa"),
                locked,
                locked + " is an encrypted key: decrypt it with `openssl pkey -in KEY -out PLAIN` and name that file");
    }

    @Test
    void a_missing_file_is_named() {
        Path absent = folder.resolve("absent.pem");

        assertRefused(absent, files.key("ec"), absent + " does not exist");
        assertRefused(files.certificate("ec"), absent, absent + " does not exist");
    }

    @Test
    void files_that_are_not_pem_are_named() throws Exception {
        Path text = Files.writeString(own.resolve("text"), "hello");

        assertRefused(
                text,
                files.key("ec"),
                text + " holds no PEM certificate: it needs a block -----BEGIN CERTIFICATE-----");
        assertRefused(
                files.certificate("ec"),
                text,
                text + " holds no PEM private key: it needs a block -----BEGIN PRIVATE KEY-----");
    }

    @Test
    void a_broken_certificate_is_named() throws Exception {
        Path broken = Files.writeString(
                own.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertRefused(
                broken, files.key("ec"), broken + " holds a certificate that cannot be decoded: write the file again");
    }

    @Test
    void a_key_type_that_not_every_client_speaks_is_refused() {
        assertRefused(
                files.certificate("ed"),
                files.key("ed"),
                files.certificate("ed") + " has a key of type EdDSA: use RSA or EC (P-256)");
    }

    @Test
    void a_ca_file_without_a_certificate_is_named() {
        Path key = files.key("ec");

        assertThatExceptionOfType(TlsProblem.class)
                .isThrownBy(() -> ClientTls.load(TlsEngine.JDK, key))
                .withMessage(key + " holds no PEM certificate: it needs a block -----BEGIN CERTIFICATE-----");
    }
}
