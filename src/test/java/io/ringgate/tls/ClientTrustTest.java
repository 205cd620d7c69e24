package io.ringgate.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringgate.config.ClientCaFiles;
import io.ringgate.testing.ClientAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is believed, and in which words the others are not. */
class ClientTrustTest {

    @TempDir
    static Path folder;

    @TempDir
    static Path otherFolder;

    @TempDir
    Path scratch;

    /** After everything is issued. */
    private static Instant now;

    private static ClientAuthority authority;
    private static ClientAuthority others;

    @BeforeAll
    static void makeCertificates() {
        now = Instant.now().plusSeconds(60);
        authority = new ClientAuthority(folder);
        others = new ClientAuthority(otherFolder);
        authority.client("good").names("DNS:good.example").issue();
        authority.client("revoked").issue();
        authority.client("for-clients").with("extendedKeyUsage=clientAuth").issue();
        authority
                .client("for-anything")
                .with("extendedKeyUsage=anyExtendedKeyUsage")
                .issue();
        authority.client("for-servers").with("extendedKeyUsage=serverAuth").issue();
        authority
                .client("for-encryption")
                .with("keyUsage=critical,keyEncipherment")
                .issue();
        authority
                .client("past")
                .valid(now.minus(Duration.ofDays(9)), now.minusSeconds(9))
                .issue();
        authority
                .client("future")
                .valid(now.plusSeconds(99), now.plus(Duration.ofDays(1)))
                .issue();
        authority
                .client("between")
                .authority()
                .with("nameConstraints=permitted;DNS:.inside.example")
                .issue();
        authority.issueBy("between", "inside", "DNS:a.inside.example").issueBy("between", "outside", "DNS:b.example");
        authority
                .client("short")
                .valid(now.minusSeconds(99), now.plusSeconds(600))
                .authority()
                .issue();
        authority.issueBy("short", "below", "DNS:below.example");
        authority.selfSigned("alone");
        authority.issueBy("good", "usurper", "DNS:usurper.example");
        others.client("good").issue();
        authority.revoke("revoked");
        authority.list("revoked.crl");
    }

    private static List<X509Certificate> chain(ClientAuthority by, String... names) throws TlsProblem {
        List<X509Certificate> chain = new ArrayList<>();
        for (String name : names) {
            chain.addAll(Pem.certificates(by.certificate(name)));
        }
        return chain;
    }

    private static ClientTrust trust(@Nullable Path crl) throws TlsProblem {
        return ClientTrust.load(new ClientCaFiles(authority.ca(), crl));
    }

    private static ClientTrust.ValidPeriod judge(String... names) throws Exception {
        return trust(authority.list("revoked.crl")).judge(chain(authority, names), now.toEpochMilli());
    }

    private static HandshakeFault fault(List<X509Certificate> chain, Instant at) throws TlsProblem {
        ClientTrust trust = trust(folder.resolve("revoked.crl"));
        UntrustedClient fault =
                catchThrowableOfType(UntrustedClient.class, () -> trust.judge(chain, at.toEpochMilli()));
        assertThat(fault).isNotNull();
        return fault.fault();
    }

    private static HandshakeFault fault(String... names) throws TlsProblem {
        return fault(chain(authority, names), now);
    }

    @Test
    void a_client_of_our_authority_is_believed_as_long_as_the_shortest_of_its_path() throws Exception {
        X509Certificate good = chain(authority, "good").getFirst();
        assertThat(judge("good").until())
                .isEqualTo(Math.min(
                        good.getNotAfter().toInstant().toEpochMilli(),
                        Pem.certificates(authority.ca())
                                .getFirst()
                                .getNotAfter()
                                .toInstant()
                                .toEpochMilli()));
        assertThat(judge("below", "short").until())
                .isEqualTo(now.plusSeconds(600).getEpochSecond() * 1000);
    }

    @Test
    void what_it_is_for_may_be_said_when_clients_are_among_it() throws Exception {
        assertThat(judge("for-clients")).isNotNull();
        assertThat(judge("for-anything")).isNotNull();
        assertThat(fault("for-servers")).isEqualTo(HandshakeFault.OTHER);
        assertThat(fault("for-encryption")).isEqualTo(HandshakeFault.OTHER);
    }

    @Test
    void nobody_else_vouches() throws Exception {
        assertThat(fault("alone")).isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
        assertThat(fault(chain(others, "good"), now))
                .as("the same names, another key")
                .isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
        assertThat(fault("inside")).as("without the one between").isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
        assertThat(fault("usurper", "good")).as("of one who is no authority").isEqualTo(HandshakeFault.OTHER);
    }

    @Test
    void time_counts() throws Exception {
        assertThat(fault("past")).isEqualTo(HandshakeFault.CLIENT_CERTIFICATE_EXPIRED);
        assertThat(fault("future")).isEqualTo(HandshakeFault.OTHER);
        assertThat(fault(chain(authority, "below", "short"), now.plusSeconds(900)))
                .as("the one between has expired")
                .isEqualTo(HandshakeFault.CLIENT_CERTIFICATE_EXPIRED);
        assertThat(fault(chain(authority, "good"), now.plus(Duration.ofDays(9))))
                .as("the authority has expired, too")
                .isEqualTo(HandshakeFault.UNKNOWN_CLIENT_CA);
    }

    @Test
    void what_is_revoked_is_not_believed_nor_what_it_vouches_for() throws Exception {
        assertThat(fault("revoked")).isEqualTo(HandshakeFault.CLIENT_CERTIFICATE_REVOKED);
        assertThat(trust(null).judge(chain(authority, "revoked"), now.toEpochMilli()))
                .isNotNull();

        ClientAuthority own = new ClientAuthority(scratch);
        own.client("between")
                .authority()
                .issue()
                .issueBy("between", "below", "DNS:a")
                .revoke("between");
        ClientTrust trust = ClientTrust.load(new ClientCaFiles(own.ca(), own.list("revoked.crl")));
        assertThatThrownBy(() -> trust.judge(chain(own, "below", "between"), now.toEpochMilli()))
                .isInstanceOf(UntrustedClient.class)
                .hasMessage("CN=below from CN=between");
    }

    @Test
    void those_between_may_be_sent_in_any_order_with_others_and_hold_their_bounds() throws Exception {
        assertThat(judge("inside", "between")).isNotNull();
        assertThat(judge("inside", "alone", "short", "between")).isNotNull();
        List<X509Certificate> whole = chain(authority, "inside", "between");
        whole.addAll(Pem.certificates(authority.ca()));
        assertThat(trust(null).judge(whole, now.toEpochMilli())).isNotNull();
        assertThat(fault("outside", "between"))
                .as("beyond its name constraints")
                .isEqualTo(HandshakeFault.OTHER);
    }

    @Test
    void a_chain_without_end_is_not_looked_at() throws Exception {
        List<X509Certificate> many = new ArrayList<>(chain(authority, "good"));
        many.addAll(Collections.nCopies(10, many.getFirst()));

        assertThat(fault(many, now)).isEqualTo(HandshakeFault.OTHER);
    }

    @Test
    void one_between_that_stands_in_the_ca_file_is_an_authority() throws Exception {
        Path file = Files.copy(authority.certificate("between"), scratch.resolve("between.pem"));
        ClientTrust trust = ClientTrust.load(new ClientCaFiles(file, null));

        assertThat(trust.judge(chain(authority, "inside", "between"), now.toEpochMilli()))
                .isNotNull();
        assertThatThrownBy(() -> trust.judge(chain(authority, "good"), now.toEpochMilli()))
                .isInstanceOf(UntrustedClient.class);
    }

    @Test
    void a_list_that_is_out_of_date_still_refuses_and_is_known_to_be() throws Exception {
        Instant passed = Instant.parse("2024-02-01T00:00:00Z");
        ClientTrust trust = trust(authority.list("old.crl", passed));

        assertThat(trust.nextUpdate()).isEqualTo(passed);
        assertThatThrownBy(() -> trust.judge(chain(authority, "revoked"), now.toEpochMilli()))
                .isInstanceOf(UntrustedClient.class);
        assertThat(trust.judge(chain(authority, "good"), now.toEpochMilli())).isNotNull();
    }

    @Test
    void lists_may_be_several_in_pem_or_der() throws Exception {
        Path list = authority.list("revoked.crl");
        authority.openssl("crl -in revoked.crl -outform DER -out revoked.der");
        Path two = Files.writeString(
                scratch.resolve("two.crl"), Files.readString(others.list("list")) + Files.readString(list));
        Path cas = Files.writeString(
                scratch.resolve("cas.pem"), Files.readString(authority.ca()) + Files.readString(others.ca()));

        assertThat(trust(folder.resolve("revoked.der"))).isNotEqualTo(trust(null));
        ClientTrust both = ClientTrust.load(new ClientCaFiles(cas, two));
        assertThatThrownBy(() -> both.judge(chain(authority, "revoked"), now.toEpochMilli()))
                .isInstanceOf(UntrustedClient.class);
        assertThat(both.withoutList()).isEmpty();
    }

    @Test
    void files_that_say_the_same_are_the_same() throws Exception {
        Path list = authority.list("revoked.crl");

        assertThat(trust(list))
                .isEqualTo(trust(list))
                .hasSameHashCodeAs(trust(list))
                .isNotEqualTo(trust(null));
    }

    @Test
    void a_list_of_nobody_we_know_and_files_with_nothing_in_them_are_refused() throws Exception {
        Path foreign = others.list("foreign.crl");
        assertThatThrownBy(() -> trust(foreign))
                .isInstanceOf(TlsProblem.class)
                .hasMessage(
                        foreign + " has a list that no authority of client_ca_file has signed, it says CN=ca: add that"
                                + " authority there, or name its true list");
        Path empty = Files.writeString(scratch.resolve("empty.crl"), "");
        assertThatThrownBy(() -> trust(empty)).isInstanceOf(TlsProblem.class).hasMessageStartingWith(empty.toString());
        Path rubbish = Files.writeString(scratch.resolve("rubbish.crl"), "rubbish");
        assertThatThrownBy(() -> trust(rubbish))
                .isInstanceOf(TlsProblem.class)
                .hasMessageStartingWith(rubbish.toString());
        Path none = scratch.resolve("none.crl");
        assertThatThrownBy(() -> trust(none)).isInstanceOf(TlsProblem.class).hasMessage(none + " does not exist");
        assertThatThrownBy(() -> ClientTrust.load(new ClientCaFiles(empty, null)))
                .isInstanceOf(TlsProblem.class)
                .hasMessageContaining("holds no PEM certificate");
    }
}
