package io.ringgate.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.LoadResult;
import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.testing.ClientAuthority;
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

/** What a check tells of those who vouch for clients. Their own certificates live for two days. */
class ClientCaCheckTest {

    private static final Duration BEFORE = Duration.ofDays(-20);

    private final Instant issued = Instant.now();

    @TempDir
    Path folder;

    private ClientAuthority authority;

    @BeforeEach
    void makeCertificates() throws IOException {
        new TestCertificates(folder).issue("one", "DNS:one.example");
        authority = new ClientAuthority(Files.createDirectory(folder.resolve("clients")));
    }

    private List<String> check(Duration later) throws IOException {
        Files.writeString(folder.resolve("htpasswd"), "");
        Files.writeString(
                folder.resolve("edges.yaml"), "edges: [{name: a, tenant: t, credentials: [{basic: {user: a}}]}]");
        Path yaml = Files.writeString(folder.resolve("ringgate.yaml"), """
                listeners:
                  - address: 127.0.0.1:0
                    tls: {certificates: [{cert_file: one.pem, key_file: one.key}], client_auth: require,
                      client_ca_file: clients/ca.pem, crl_file: clients/list.crl}
                receivers: {addresses: [receiver-0]}
                """);
        LoadResult loaded = new ConfigLoader(yaml, Strictness.LENIENT, name -> null).load();
        Problems problems = new Problems();
        CertificateCheck.check(
                Objects.requireNonNull(loaded.config()), issued.plus(later), Strictness.LENIENT, problems);
        return problems.list().stream()
                .map(Problem::toString)
                .filter(text -> !text.contains("one.pem"))
                .map(text -> text.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void nothing_is_odd_about_files_that_last() throws IOException {
        authority.list("list.crl");

        assertThat(check(BEFORE)).isEmpty();
    }

    @Test
    void absent_files_are_told_elsewhere() throws IOException {
        assertThat(check(BEFORE)).isEmpty();
    }

    @Test
    void an_authority_that_expires_soon_or_has_is_told() throws IOException {
        authority.list("list.crl", issued.plus(Duration.ofDays(99)));

        assertThat(check(Duration.ZERO))
                .singleElement()
                .asString()
                .startsWith("clients/ca.pem: warning: a certificate in it expires on ");
        assertThat(check(Duration.ofDays(3)))
                .singleElement()
                .asString()
                .startsWith("clients/ca.pem: warning: a certificate in it has expired on ");
    }

    @Test
    void a_list_that_is_out_of_date_and_an_authority_without_one_are_told() throws IOException {
        authority.list("list.crl", Instant.parse("2024-02-01T00:00:00Z"));
        authority.client("second").authority().issue();
        Files.writeString(
                authority.ca(), Files.readString(authority.ca()) + Files.readString(authority.certificate("second")));

        assertThat(check(BEFORE))
                .containsExactly(
                        "clients/list.crl: warning: is out of date since 2024-02-01T00:00:00Z: what was revoked later is not refused, put a new one in its place",
                        "clients/list.crl: warning: has no list of the authority CN=second: nothing it has issued can be revoked");
    }

    @Test
    void one_that_is_no_authority_or_vouches_for_nobody_is_told_with_its_line() throws IOException {
        authority.list("list.crl");
        authority.client("edge").withoutConstraints().issue();
        authority.client("pinned").issue();
        authority
                .client("servers")
                .authority()
                .with("extendedKeyUsage=serverAuth")
                .issue();
        String ca = Files.readString(authority.ca());
        Files.writeString(
                authority.ca(),
                ca
                        + Files.readString(authority.certificate("edge"))
                        + Files.readString(authority.certificate("pinned"))
                        + Files.readString(authority.certificate("servers")));

        long line = ca.lines().count() + 1;
        assertThat(check(BEFORE))
                .startsWith(
                        "clients/ca.pem:" + line
                                + ": warning: CN=edge is no CA by its basic constraints: a client that sends just this certificate is believed, and nothing that it has issued")
                .noneMatch(text -> text.contains("CN=pinned"))
                .anyMatch(
                        text -> text.matches(
                                "clients/ca.pem:[0-9]+: warning: CN=servers is not for clients by its extended key usage: nobody is believed by it, list another or take it out"));
    }

    @Test
    void a_file_that_is_none_is_an_error() throws IOException {
        Files.writeString(folder.resolve("clients/list.crl"), "");

        assertThat(check(BEFORE)).singleElement().asString().contains("holds no list of revoked certificates");
    }
}
