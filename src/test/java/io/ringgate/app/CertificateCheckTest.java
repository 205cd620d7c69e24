package io.ringgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.Loaded;
import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.testing.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateCheckTest {

    /** Certificates of a test live for two days. */
    private final Instant issued = Instant.now();

    @TempDir
    Path folder;

    private List<String> check(Duration later, String key, String hostNames) throws Exception {
        TestCertificates files = new TestCertificates(folder)
                .issue("one", "DNS:one.example", "IP:10.0.0.5")
                .issue("two", "DNS:*.two.example", "IP:10.0.0.6");
        Files.writeString(folder.resolve("htpasswd"), "");
        Files.writeString(
                folder.resolve("edges.yaml"), "edges: [{name: a, tenant: t, credentials: [{basic: {user: a}}]}]");
        Path yaml = Files.writeString(folder.resolve("ringgate.yaml"), """
                listeners:
                  - address: 127.0.0.1:0
                    host_names: %s
                    tls: {certificates: [{cert_file: one.pem, key_file: %s}, {cert_file: two.pem, key_file: two.key}]}
                receivers: {addresses: [receiver-0]}
                """.formatted(hostNames, key));
        Loaded loaded = new ConfigLoader(yaml, Strictness.STRICT, name -> null).load();
        Problems problems = new Problems();
        CertificateCheck.check(Objects.requireNonNull(loaded.config()), issued.plus(later), problems);
        assertThat(files.ca()).exists();
        return problems.list().stream()
                .map(Problem::toString)
                .map(text -> text.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void nothing_is_odd_about_certificates_that_last_and_fit() throws Exception {
        assertThat(check(Duration.ofDays(-20), "one.key", "[one.example, a.two.example, '*.two.example', 10.0.0.5]"))
                .isEmpty();
    }

    @Test
    void what_expires_within_two_weeks_is_told() throws Exception {
        assertThat(check(Duration.ofDays(-10), "one.key", "[one.example]"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("one.pem: warning: expires in 1")
                .endsWith(": put a new one in its place");
    }

    @Test
    void what_has_expired_is_told() throws Exception {
        assertThat(check(Duration.ofDays(3), "one.key", "[one.example]"))
                .first()
                .asString()
                .startsWith("one.pem: warning: has expired on ");
    }

    @Test
    void a_name_that_no_certificate_has_is_told() throws Exception {
        assertThat(check(Duration.ofDays(-20), "one.key", "[one.example, three.example]"))
                .containsExactly("one.pem: warning: neither this nor another certificate of the listener 127.0.0.1:0"
                        + " has the name three.example: clients that call it refuse the certificate");
    }

    @Test
    void an_address_has_to_be_in_the_first_certificate() throws Exception {
        assertThat(check(Duration.ofDays(-20), "one.key", "[10.0.0.6]"))
                .containsExactly("one.pem: warning: does not have the address 10.0.0.6 of the listener 127.0.0.1:0,"
                        + " and clients that call an address see the first certificate: they refuse it");
    }

    @Test
    void a_key_that_does_not_fit_is_an_error() throws Exception {
        assertThat(check(Duration.ofDays(-20), "two.key", "[one.example]"))
                .hasSize(1)
                .first()
                .asString()
                .contains("does not match the first certificate");
    }
}
