package io.ringgate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Address;
import io.ringgate.edge.Edge;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestEdges;
import io.ringgate.tls.ClientCertificate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods by hand: a header's text is the name of the edge that it authenticates. */
class AuthenticationMethodsTest {

    private static final Verdict WRONG = new Verdict.Refused(new Rejection.Unauthenticated(Reason.WRONG_CREDENTIAL));
    private static final Verdict BUSY = new Verdict.Refused(new Rejection.Plain(Reason.PROOF_UNAVAILABLE, "busy"));
    private static final Edge BERLIN = TestEdges.edge("berlin", "team-a");
    private static final Edge PARIS = TestEdges.edge("paris", "team-b");

    private static ClientCertificate certificate;

    private @Nullable Future<Verdict> byHeader;
    private @Nullable Future<Verdict> byOtherHeader;
    private @Nullable Future<Verdict> byCertificate;
    private long now = 1_000;

    private final AuthenticationMethods methods = new AuthenticationMethods(
            List.of(shown -> byHeader, shown -> byOtherHeader), shown -> byCertificate, () -> now);

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        try (InputStream pem = Files.newInputStream(new TestCertificates(folder).ca())) {
            certificate = new ClientCertificate(List.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem)));
        }
    }

    private static Future<Verdict> known(Edge edge) {
        return Future.succeededFuture(TestEdges.known(edge));
    }

    private Verdict ask(@Nullable String header, @Nullable ClientCertificate shown) {
        return methods.identify(new PresentedCredentials(header, shown, Address.NONE))
                .result();
    }

    private static Reason reason(Verdict verdict) {
        return ((Verdict.Refused) verdict).rejection().reason();
    }

    @Test
    void who_shows_nothing_has_no_credential() {
        assertThat(reason(ask(null, null))).isEqualTo(Reason.NO_CREDENTIAL);
    }

    @Test
    void a_certificate_that_proves_nothing_is_none() {
        assertThat(reason(ask(null, certificate))).isEqualTo(Reason.NO_CREDENTIAL);
    }

    @Test
    void a_header_that_no_method_takes_is_wrong() {
        byCertificate = known(BERLIN);

        assertThat(ask("x", null)).isEqualTo(WRONG);
        assertThat(ask("x", certificate)).as("whatever else is shown").isEqualTo(WRONG);
    }

    @Test
    void the_first_method_that_takes_a_header_judges_it() {
        byHeader = Future.succeededFuture(WRONG);
        byOtherHeader = known(BERLIN);
        assertThat(ask("x", null)).isEqualTo(WRONG);

        byHeader = null;
        assertThat(ask("x", null)).isEqualTo(TestEdges.known(BERLIN));
    }

    @Test
    void both_must_be_the_same_edge() {
        byHeader = known(BERLIN);
        byCertificate = known(BERLIN);
        assertThat(ask("x", certificate)).isEqualTo(TestEdges.known(BERLIN));

        byCertificate = known(PARIS);
        assertThat(ask("x", certificate)).isEqualTo(WRONG);
    }

    @Test
    void one_that_is_refused_refuses_both() {
        byHeader = known(BERLIN);
        byCertificate = Future.succeededFuture(WRONG);
        assertThat(ask("x", certificate)).isEqualTo(WRONG);

        byHeader = Future.succeededFuture(BUSY);
        byCertificate = known(BERLIN);
        assertThat(ask("x", certificate)).isEqualTo(BUSY);
    }

    @Test
    void both_wait_for_the_slower() {
        Promise<Verdict> later = Promise.promise();
        byHeader = later.future();
        byCertificate = known(PARIS);
        Future<Verdict> answer = methods.identify(new PresentedCredentials("x", certificate, Address.NONE));
        assertThat(answer.isComplete()).isFalse();

        later.complete(TestEdges.known(BERLIN));

        assertThat(answer.result()).isEqualTo(WRONG);
    }

    @Test
    void a_method_that_fails_proves_nothing() {
        byHeader = Future.failedFuture("broken");
        byCertificate = known(BERLIN);

        assertThat(methods.identify(new PresentedCredentials("x", certificate, Address.NONE))
                        .failed())
                .isTrue();
    }

    @Test
    void a_credential_ends_when_its_time_is_over_and_is_seen_until_then() {
        LastSeen seen = new LastSeen();
        Login login = new Login(BERLIN, "basic:x", Instant.ofEpochMilli(2_000), seen);
        byHeader = Future.succeededFuture(new Verdict.Known(login));

        now = 1_999;
        assertThat(ask("x", null)).isInstanceOf(Verdict.Known.class);
        assertThat(seen.time()).isEqualTo(Instant.ofEpochMilli(1_999));
        now = 2_000;
        assertThat(ask("x", null)).isEqualTo(WRONG);
        assertThat(seen.time()).isEqualTo(Instant.ofEpochMilli(1_999));
    }

    @Test
    void its_time_counts_when_the_answer_comes() {
        Promise<Verdict> later = Promise.promise();
        byHeader = later.future();
        Future<Verdict> answer = methods.identify(TestEdges.header("x"));
        now = 2_000;

        later.complete(new Verdict.Known(new Login(BERLIN, "basic:x", Instant.ofEpochMilli(2_000), new LastSeen())));

        assertThat(answer.result()).isEqualTo(WRONG);
    }

    @Test
    void what_was_seen_outlives_a_reload_until_its_edge_goes() {
        Logins logins = new Logins();
        LastSeen before = logins.login(BERLIN, "basic:x", null).lastSeen();

        assertThat(logins.login(BERLIN, "basic:x", null).lastSeen()).isSameAs(before);
        logins.keepOnly(Set.of(PARIS.name()));
        assertThat(logins.login(BERLIN, "basic:x", null).lastSeen()).isNotSameAs(before);
    }
}
