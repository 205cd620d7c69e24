package io.ringgate.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ringgate.config.ClientCaFiles;
import io.ringgate.testing.ClientAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is listed in a client_ca_file is held to what it says of itself. The openssl program must agree. */
class ClientAnchorTest {

    private static final String EC = "ec -pkeyopt ec_paramgen_curve:P-256";
    private static final String CA = "basicConstraints=critical,CA:TRUE";
    private static final String NO_CA = "basicConstraints=critical,CA:FALSE";

    @TempDir
    static Path folder;

    private static ClientAuthority authority;
    private static int made;

    @BeforeAll
    static void make() {
        authority = new ClientAuthority(folder);
        self("pinned", EC, NO_CA, "subjectAltName=DNS:pinned.example");
        below("usurper", "pinned", EC, NO_CA, "subjectAltName=URI:spiffe://example/edge/other");
    }

    /** One that has issued itself. */
    private static void self(String name, String key, String... extensions) {
        authority.openssl("req -x509 -days 2 -nodes -newkey " + key + " -subj /CN=" + name + " -keyout " + name
                + ".key -out " + name + ".pem" + written(extensions));
    }

    private static void below(String name, String issuer, String key, String... extensions) {
        authority.openssl("req -x509 -CA " + issuer + ".pem -CAkey " + issuer + ".key -days 2 -nodes -newkey " + key
                + " -subj /CN=" + name + " -keyout " + name + ".key -out " + name + ".pem" + written(extensions));
    }

    private static String written(String... extensions) {
        StringBuilder options = new StringBuilder();
        for (String extension : extensions) {
            options.append(" -addext ").append(extension);
        }
        return options.toString();
    }

    private static Path listing(String... names) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(Files.readString(authority.certificate(name)));
        }
        return Files.writeString(folder.resolve("listed-" + ++made + ".pem"), all);
    }

    private static ClientTrust trust(Path listed) throws TlsProblem {
        return ClientTrust.load(new ClientCaFiles(listed, null));
    }

    /** Shows the first with the others below a file that lists one. */
    private static void show(String listed, String... names) throws Exception {
        show(listing(listed), names);
    }

    private static void show(Path listed, String... names) throws Exception {
        List<X509Certificate> chain = new ArrayList<>();
        for (String name : names) {
            chain.addAll(Pem.certificates(authority.certificate(name)));
        }
        trust(listed).judge(chain, Instant.now().plusSeconds(5).toEpochMilli());
    }

    private static HandshakeFault fault(Path listed, String... names) {
        Throwable thrown = catchThrowable(() -> show(listed, names));
        assertThat(thrown).isInstanceOf(UntrustedClient.class);
        return ((UntrustedClient) thrown).fault();
    }

    /** As openssl judges, which need not end in a self-signed one either. */
    private static void verify(Path listed, String own, String... between) throws IOException {
        StringBuilder options = new StringBuilder("verify -purpose sslclient -partial_chain -auth_level 2 -CAfile ");
        options.append(listed);
        for (String each : between) {
            options.append(" -untrusted ").append(authority.certificate(each));
        }
        authority.openssl(options + " " + authority.certificate(own));
    }

    @Test
    void one_that_is_no_authority_is_itself_and_vouches_for_nobody() throws Exception {
        Path listed = listing("pinned");
        show(listed, "pinned");
        assertThat(fault(listed, "usurper", "pinned")).isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
        assertThat(fault(listed, "usurper")).isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
        self("pinned", EC, NO_CA);
        assertThat(fault(listed, "pinned"))
                .as("the same name, another key")
                .isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
        make();
    }

    @Test
    void one_beside_an_authority_still_vouches_for_nobody() throws Exception {
        authority.client("leaf").names("DNS:leaf.example").issue();
        below("leafs", "leaf", EC, NO_CA);
        Path listed = listing("ca", "leaf");

        show(listed, "leaf");
        assertThat(fault(listed, "leafs", "leaf")).isEqualTo(HandshakeFault.OTHER);
        assertThat(fault(listed, "leafs")).isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
    }

    @Test
    void one_of_version_1_is_no_authority() throws Exception {
        authority.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out first.key");
        authority.openssl("req -new -key first.key -subj /CN=first -out first.csr");
        authority.openssl("x509 -req -in first.csr -signkey first.key -days 2 -out first.pem");
        authority.openssl("req -new -nodes -newkey " + EC + " -subj /CN=firsts -keyout firsts.key -out firsts.csr");
        authority.openssl(
                "x509 -req -in firsts.csr -CA first.pem -CAkey first.key -CAcreateserial -days 2 -out firsts.pem");
        assertThat(Pem.certificates(authority.certificate("first")).getFirst().getVersion())
                .isEqualTo(1);
        Path listed = listing("first");

        show(listed, "first");
        assertThat(fault(listed, "firsts")).isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
    }

    @Test
    void a_listed_one_ends_with_its_time() throws Exception {
        authority
                .client("old")
                .valid(Instant.now().minusSeconds(200), Instant.now().minusSeconds(100))
                .issue();

        assertThat(fault(listing("old"), "old")).isEqualTo(HandshakeFault.CLIENT_CERTIFICATE_EXPIRED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            permitted;DNS:a.example         | DNS:x.a.example              | true
            permitted;DNS:a.example         | DNS:A.EXAMPLE                | true
            permitted;DNS:.a.example        | DNS:x.a.example              | true
            permitted;DNS:a.example         | DNS:xa.example               | false
            permitted;DNS:a.example         | DNS:b.example                | false
            permitted;DNS:a.example         | DNS:x.a.example,DNS:b.example | false
            excluded;DNS:b.example          | DNS:x.b.example              | false
            excluded;DNS:b.example          | DNS:a.example                | true
            permitted;DNS:a.example         | URI:spiffe://b.example/x     | true
            permitted;URI:a.example         | URI:spiffe://a.example/x     | true
            permitted;URI:a.example         | URI:spiffe://x.a.example/x   | false
            permitted;URI:.a.example        | URI:spiffe://x.a.example/x   | true
            permitted;URI:a.example         | URI:spiffe://b.example/x     | false
            permitted;URI:a.example         | URI:urn:edge:x               | false
            excluded;URI:b.example          | URI:urn:edge:x               | false
            excluded;URI:b.example          | URI:spiffe://b.example/x     | false
            permitted;email:a.example       | email:x@a.example            | true
            permitted;email:a.example       | email:x@b.a.example          | false
            permitted;email:.a.example      | email:x@b.a.example          | true
            permitted;email:x@a.example     | email:x@a.example            | true
            permitted;email:x@a.example     | email:y@a.example            | false
            excluded;email:x@a.example      | email:x@a.example            | false
            permitted;IP:10.0.0.0/255.0.0.0 | IP:10.1.2.3                  | true
            permitted;IP:10.0.0.0/255.0.0.0 | IP:11.1.2.3                  | false
            excluded;IP:10.0.0.0/255.0.0.0  | IP:10.1.2.3                  | false
            """)
    void its_name_constraints_hold(String constraint, String names, boolean good) throws Exception {
        self("bounded", EC, CA, "nameConstraints=critical," + constraint);
        below("named", "bounded", EC, NO_CA, "subjectAltName=" + names);

        agree(good, listing("bounded"), "named");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.a.example | true
            b.example   | false
            no-host     | true
            """)
    void a_common_name_that_reads_like_a_host_is_held_to_constraints_of_hosts(String name, boolean good)
            throws Exception {
        self("bounded", EC, CA, "nameConstraints=critical,permitted;DNS:a.example");
        below(name, "bounded", EC, NO_CA);

        agree(good, listing("bounded"), name);
    }

    @ParameterizedTest
    @CsvSource({"/O=a/CN=named,true", "/O=A/CN=named,true", "/O=b/CN=named,false", "/CN=named,false"})
    void constraints_of_its_subjects_hold(String subject, boolean good) throws Exception {
        Files.writeString(folder.resolve("directory.cnf"), """
                [req]
                distinguished_name = nothing
                [nothing]
                [of_ca]
                basicConstraints = critical,CA:TRUE
                nameConstraints = critical,permitted;dirName:organisation
                [organisation]
                O = a
                """);
        authority.openssl("req -x509 -config directory.cnf -extensions of_ca -days 2 -nodes -newkey " + EC
                + " -subj /O=a/CN=bounded -keyout bounded.key -out bounded.pem");
        authority.openssl("req -x509 -CA bounded.pem -CAkey bounded.key -days 2 -nodes -newkey " + EC + " -subj "
                + subject + " -addext " + NO_CA + " -keyout named.key -out named.pem");

        agree(good, listing("bounded"), "named");
    }

    private void agree(boolean good, Path listed, String own, String... between) throws Exception {
        List<String> shown = new ArrayList<>(List.of(own));
        shown.addAll(List.of(between));
        if (good) {
            verify(listed, own, between);
            show(listed, shown.toArray(String[]::new));
        } else {
            assertThat(fault(listed, shown.toArray(String[]::new))).isEqualTo(HandshakeFault.OTHER);
            assertThat(catchThrowable(() -> verify(listed, own, between)))
                    .as("openssl refuses it, too")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void where_there_are_no_constraints_names_need_not_be_understood() throws Exception {
        below("odd", "ca", EC, NO_CA, "subjectAltName=otherName:1.2.3.4;UTF8:x,URI:urn:x,email:nobody,RID:1.2.3");

        agree(true, listing("ca"), "odd");
    }

    @Test
    void the_length_of_its_path_holds() throws Exception {
        self("short", EC, CA + ",pathlen:0");
        below("direct", "short", EC, NO_CA);
        below("middle", "short", EC, CA);
        below("far", "middle", EC, NO_CA);

        agree(true, listing("short"), "direct");
        agree(false, listing("short"), "far", "middle");
    }

    @Test
    void its_key_usage_and_extended_key_usage_hold() throws Exception {
        self("signs", EC, CA, "keyUsage=critical,digitalSignature,keyCertSign", "extendedKeyUsage=clientAuth");
        below("of-signs", "signs", EC, NO_CA);
        agree(true, listing("signs"), "of-signs");
        self("signs-lists", EC, CA, "keyUsage=critical,cRLSign");
        below("of-lists", "signs-lists", EC, NO_CA);
        self("for-servers", EC, CA, "extendedKeyUsage=serverAuth");
        below("of-servers", "for-servers", EC, NO_CA);
        self("critical", EC, CA, "1.2.3.4=critical,ASN1:NULL");
        below("of-critical", "critical", EC, NO_CA);

        Path beside = listing("ca", "signs-lists", "for-servers", "critical");
        assertThat(fault(beside, "of-lists")).isEqualTo(HandshakeFault.OTHER);
        assertThat(fault(beside, "of-servers")).isEqualTo(HandshakeFault.OTHER);
        assertThat(fault(beside, "of-critical")).isEqualTo(HandshakeFault.OTHER);
    }

    @Test
    void one_between_that_is_for_servers_vouches_for_no_client() throws Exception {
        below("server-ca", "ca", EC, CA, "extendedKeyUsage=serverAuth");
        below("of-server-ca", "server-ca", EC, NO_CA);

        agree(false, listing("ca"), "of-server-ca", "server-ca");
    }

    @Test
    void one_that_another_listed_one_has_issued_is_held_to_that_ones_constraints() throws Exception {
        self("root", EC, CA, "nameConstraints=critical,permitted;URI:a.example");
        below("issuing", "root", EC, CA);
        below("inside", "issuing", EC, NO_CA, "subjectAltName=URI:spiffe://a.example/x");
        below("outside", "issuing", EC, NO_CA, "subjectAltName=URI:spiffe://b.example/x");

        show("issuing", "outside");
        Path both = listing("issuing", "root");
        show(both, "inside");
        show(both, "inside", "issuing");
        assertThat(fault(both, "outside")).isEqualTo(HandshakeFault.OTHER);
        assertThat(fault(both, "outside", "issuing")).isEqualTo(HandshakeFault.OTHER);
    }

    @Test
    void what_is_weak_is_not_believed() throws Exception {
        below("strong", "ca", "rsa:2048 -sha256", NO_CA);
        below("sha1", "ca", EC + " -sha1", NO_CA);
        below("rsa-1024", "ca", "rsa:1024", NO_CA);
        below("sha1-ca", "ca", EC + " -sha1", CA);
        below("of-sha1-ca", "sha1-ca", EC, NO_CA);
        below("rsa-1024-ca", "ca", "rsa:1024", CA);
        below("of-rsa-1024-ca", "rsa-1024-ca", EC, NO_CA);
        self("pss", "rsa:2048", CA);
        below("of-pss", "pss", EC + " -sigopt rsa_padding_mode:pss -sha256", NO_CA);
        below("of-pss-sha1", "pss", EC + " -sigopt rsa_padding_mode:pss -sha1", NO_CA);
        Path listed = listing("ca", "pss");

        agree(true, listed, "strong");
        agree(true, listed, "of-pss");
        agree(false, listed, "sha1");
        agree(false, listed, "rsa-1024");
        agree(false, listed, "of-pss-sha1");
        agree(false, listed, "of-sha1-ca", "sha1-ca");
        agree(false, listed, "of-rsa-1024-ca", "rsa-1024-ca");
    }

    @Test
    void a_listed_ones_own_signature_does_not_count_but_its_key_does() throws Exception {
        self("old-root", "rsa:2048 -sha1", CA);
        below("of-old-root", "old-root", EC, NO_CA);
        agree(true, listing("old-root"), "of-old-root");
        self("small-root", "rsa:1024 -sha256", CA);
        below("of-small-root", "small-root", EC, NO_CA);

        assertThat(fault(listing("ca", "small-root"), "of-small-root")).isEqualTo(HandshakeFault.OTHER);
    }

    @Test
    void an_authority_is_no_client() throws Exception {
        below("acts", "ca", EC, CA);

        assertThat(fault(listing("ca"), "acts")).isEqualTo(HandshakeFault.OTHER);
        assertThat(fault(listing("ca"), "ca")).isEqualTo(HandshakeFault.OTHER);
        assertThat(fault(listing("acts"), "acts")).isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
    }

    @Test
    void of_two_listed_ones_with_one_name_and_key_each_counts_for_itself() throws Exception {
        self("twin", EC, CA, "nameConstraints=critical,permitted;DNS:a.example");
        below("b-example", "twin", EC, NO_CA, "subjectAltName=DNS:b.example");
        Path bounded = listing("twin");
        authority.openssl("req -x509 -days 2 -key twin.key -subj /CN=twin -out twin.pem -addext " + CA);
        Path both = Files.writeString(
                folder.resolve("twins.pem"), Files.readString(bounded) + Files.readString(listing("twin")));

        assertThat(fault(bounded, "b-example")).isEqualTo(HandshakeFault.OTHER);
        show(both, "b-example");
    }

    @Test
    void a_list_of_one_that_may_sign_none_is_refused() throws Exception {
        ClientAuthority own = new ClientAuthority(Files.createDirectory(folder.resolve("no-lists")));
        own.openssl("req -x509 -days 2 -key ca.key -subj /CN=ca -out ca.pem -addext " + CA
                + " -addext keyUsage=critical,keyCertSign");
        ClientCaFiles files = new ClientCaFiles(own.ca(), own.list("list.crl"));

        assertThatThrownBy(() -> ClientTrust.load(files))
                .isInstanceOf(TlsProblem.class)
                .hasMessageContaining("no authority of client_ca_file has signed");
    }

    @Test
    void a_file_by_which_nobody_could_be_believed_is_refused() throws Exception {
        self("nobody", EC, CA, "extendedKeyUsage=serverAuth");
        self("server", EC, NO_CA, "extendedKeyUsage=serverAuth");
        Path listed = listing("nobody", "server");

        assertThatThrownBy(() -> trust(listed))
                .isInstanceOf(TlsProblem.class)
                .hasMessageStartingWith(listed
                        + " has no certificate by which clients can be verified: the one in line 1 CN=nobody is not for"
                        + " clients by its extended key usage: nobody is believed by it");
    }
}
