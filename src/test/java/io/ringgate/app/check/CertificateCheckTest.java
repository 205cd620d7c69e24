package io.ringgate.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of a test live for two days. */
class CertificateCheckTest {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final String ONE = "{cert_file: one.pem, key_file: one.key}";
    private static final String TWO = "{cert_file: two.pem, key_file: two.key}";
    private static final String BARE = "{cert_file: bare.pem, key_file: bare.key}";
    private static final String BOTH = ONE + ", " + TWO;

    private final Instant issued = Instant.now();

    @TempDir
    Path folder;

    @BeforeEach
    void issue() {
        new TestCertificates(folder)
                .issue("one", "DNS:one.example", "IP:10.0.0.5")
                .issue("two", "DNS:*.two.example", "IP:10.0.0.6")
                .issueWithoutNames("bare");
    }

    private List<String> check(
            Duration later, Strictness strictness, String certificates, String hostNames, String more)
            throws IOException {
        Files.writeString(folder.resolve("htpasswd"), "");
        Files.writeString(
                folder.resolve("edges.yaml"), "edges: [{name: a, tenant: t, credentials: [{basic: {user: a}}]}]");
        Path yaml = Files.writeString(folder.resolve("ringgate.yaml"), """
                listeners: [{address: 127.0.0.1:0, host_names: %s, tls: {certificates: [%s]}}]
                receivers: {addresses: [receiver-0]}
                %s
                """.formatted(hostNames, certificates, more));
        Problems problems = new Problems();
        CertificateCheck.check(
                Objects.requireNonNull(new ConfigLoader(yaml, Strictness.STRICT, name -> null)
                        .load()
                        .config()),
                issued.plus(later),
                strictness,
                problems);
        return problems.list().stream()
                .map(Problem::toString)
                .map(text -> text.replace(folder + "/", ""))
                .toList();
    }

    private List<String> check(Duration later, String certificates, String hostNames) throws IOException {
        return check(later, Strictness.LENIENT, certificates, hostNames, "");
    }

    @Test
    void nothing_is_odd_about_certificates_that_last_and_fit() throws IOException {
        assertThat(check(FRESH, BOTH, "[one.example, a.two.example, '*.two.example', 10.0.0.5]"))
                .as("two days are the whole life of such a certificate")
                .isEmpty();
    }

    @Test
    void what_is_in_the_last_third_of_its_life_is_told() throws IOException {
        assertThat(check(Duration.ofMinutes(40 * 60 + 30), BOTH, "[one.example]"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("one.pem: warning: expires in 7 hours, on ")
                .endsWith(": put a new one in its place");
    }

    @Test
    void what_has_expired_is_an_error_where_it_is_strict() throws IOException {
        Duration late = Duration.ofDays(3);

        assertThat(check(late, Strictness.LENIENT, ONE, "[one.example]", ""))
                .singleElement()
                .asString()
                .startsWith("one.pem: warning: has expired on ");
        assertThat(check(late, Strictness.STRICT, ONE, "[one.example]", ""))
                .singleElement()
                .asString()
                .startsWith("one.pem: has expired on ")
                .endsWith(": clients refuse it, put a new one in its place");
    }

    @Test
    void what_is_not_valid_yet_is_an_error_where_it_is_strict() throws IOException {
        assertThat(check(Duration.ofDays(-1), Strictness.STRICT, ONE, "[one.example]", ""))
                .singleElement()
                .asString()
                .startsWith("one.pem: is not valid before ");
    }

    @Test
    void one_without_alternative_names_is_an_error_where_it_is_strict() throws IOException {
        String sentence = "has no subject alternative name: Prometheus and everything else in Go refuses it,"
                + " issue it with the names and addresses that clients call";

        assertThat(check(FRESH, Strictness.LENIENT, BARE, "[bare.example]", ""))
                .hasSize(2)
                .startsWith("bare.pem: warning: " + sentence);
        assertThat(check(FRESH, Strictness.STRICT, BARE, "[bare.example]", ""))
                .hasSize(2)
                .startsWith("bare.pem: " + sentence);
    }

    @Test
    void the_admin_listeners_certificate_is_looked_at_too() throws IOException {
        String admin = "admin: {address: \"127.0.0.1:0\", tls: {certificates: [%s]}}";

        assertThat(check(FRESH, Strictness.STRICT, ONE, "[one.example]", admin.formatted(BARE)))
                .singleElement()
                .asString()
                .startsWith("bare.pem: has no subject alternative name");
        assertThat(check(
                        FRESH,
                        Strictness.LENIENT,
                        ONE,
                        "[one.example]",
                        admin.formatted("{cert_file: one.pem, key_file: two.key}")))
                .singleElement()
                .asString()
                .contains("does not match the first certificate");
    }

    @Test
    void what_is_wrong_with_one_hides_nothing_of_another() throws IOException {
        assertThat(check(
                        FRESH,
                        Strictness.STRICT,
                        "{cert_file: one.pem, key_file: two.key}, " + BARE,
                        "[one.example]",
                        ""))
                .hasSize(2)
                .anyMatch(text -> text.contains("does not match the first certificate"))
                .anyMatch(text -> text.startsWith("bare.pem: "));
    }

    @Test
    void a_name_that_no_certificate_has_is_told() throws IOException {
        assertThat(check(FRESH, BOTH, "[one.example, three.example]"))
                .containsExactly("one.pem: warning: neither this nor another certificate of the listener 127.0.0.1:0"
                        + " has the name three.example: clients that call it refuse the certificate");
    }

    @Test
    void an_address_has_to_be_in_the_first_certificate() throws IOException {
        assertThat(check(FRESH, BOTH, "[10.0.0.6]"))
                .containsExactly("one.pem: warning: does not have the address 10.0.0.6 of the listener 127.0.0.1:0,"
                        + " and clients that call an address see the first certificate: they refuse it");
    }

    @Test
    void a_key_that_does_not_fit_is_an_error() throws IOException {
        assertThat(check(FRESH, "{cert_file: one.pem, key_file: two.key}", "[one.example]"))
                .singleElement()
                .asString()
                .contains("does not match the first certificate");
    }

    @Test
    void a_file_of_receivers_authorities_that_has_none_is_an_error() throws IOException {
        Files.writeString(folder.resolve("empty.pem"), "");
        String receivers = "{addresses: [receiver-0], write: {scheme: https, tls: {ca_file: empty.pem}}}";
        Files.writeString(
                folder.resolve("edges.yaml"), "edges: [{name: a, tenant: t, credentials: [{basic: {user: a}}]}]");
        Files.writeString(folder.resolve("htpasswd"), "");
        Path yaml = Files.writeString(
                folder.resolve("ringgate.yaml"),
                "listeners: [{address: 127.0.0.1:0, unsafe_plaintext: true}]\nreceivers: " + receivers + "\n");
        Problems problems = new Problems();

        CertificateCheck.check(
                new ConfigLoader(yaml, Strictness.LENIENT, name -> null).load().readable(),
                issued,
                Strictness.LENIENT,
                problems);

        assertThat(problems.errors()).isEqualTo(1);
        assertThat(problems.toString()).contains("empty.pem");
    }
}
