package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.auth.Verdict;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.TlsVersion;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.Await;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.TestCertificates;
import io.ringgate.tls.ServerTls;
import io.ringgate.tls.TlsEngine;
import io.ringgate.tls.TlsProblem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminListenerTest {

    private static final AdminListener.Pages PAGES = new AdminListener.Pages(
            () -> "metrics\n",
            () -> "{}\n",
            () -> true,
            forced -> Future.succeededFuture(
                    new AdminListener.Done(forced ? 409 : 200, forced ? "rings: forced\n" : "nothing changed\n")));
    private static final Request STATUS = Request.of("GET", "/status");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final AtomicInteger refused = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private int listen(AdminListener.Access access) {
        return new AdminListener(vertx, PAGES, access).listen("127.0.0.1", 0).await();
    }

    private AdminListener.Access asking(Future<Verdict> verdict) {
        return new AdminListener.Access(presented -> verdict, null, amount -> refused.incrementAndGet());
    }

    private static ServerTls tls(TestCertificates certificates) throws TlsProblem {
        CertificateFiles pair = new CertificateFiles(certificates.certificate("server"), certificates.key("server"));
        return ServerTls.load(TlsEngine.JDK, List.of(pair), TlsVersion.TLS_1_2);
    }

    @Test
    void new_connections_get_the_new_certificate_and_old_ones_live_on(@TempDir Path folder) throws Exception {
        TestCertificates before =
                new TestCertificates(Files.createDirectory(folder.resolve("before"))).issue("server", "DNS:localhost");
        TestCertificates after =
                new TestCertificates(Files.createDirectory(folder.resolve("after"))).issue("server", "DNS:localhost");
        AtomicReference<ServerTls> now = new AtomicReference<>(tls(before));
        int port = listen(new AdminListener.Access(null, now::get, amount -> {}));
        try (RawClient old = RawClient.tls(port, before.ca())) {
            assertThat(old.send(STATUS).answer().status()).isEqualTo(200);

            now.set(tls(after));

            assertThatThrownBy(() -> RawClient.tls(port, before.ca())).isInstanceOf(SSLException.class);
            try (RawClient fresh = RawClient.tls(port, after.ca())) {
                assertThat(fresh.send(STATUS).answer().body()).isEqualTo("{}\n");
            }
            assertThat(old.send(STATUS).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void who_cannot_be_checked_now_may_come_again() throws Exception {
        Rejection busy = new Rejection.Plain(Reason.PROOF_UNAVAILABLE, "too many credentials wait");
        int port = listen(asking(Future.succeededFuture(new Verdict.Refused(busy))));

        RawAnswer answer = ask(port);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(refused).hasValue(1);
    }

    @Test
    void an_authenticator_that_fails_opens_nothing() throws Exception {
        int port = listen(asking(Future.failedFuture("broken")));

        RawAnswer answer = ask(port);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(refused).hasValue(1);
    }

    @Test
    void more_connections_than_operators_have_are_closed_and_closed_ones_make_room() throws Exception {
        int port = listen(new AdminListener.Access(null, null, amount -> {}));
        List<RawClient> all = new ArrayList<>();
        try {
            for (int i = 0; i < AdminListener.MOST_CONNECTIONS; i++) {
                RawClient client = RawClient.plain(port);
                all.add(client);
                client.send(STATUS).answer();
            }
            assertThatThrownBy(() -> ask(port)).isInstanceOf(IOException.class);

            all.removeLast().close();

            Await.until("there is room for one", () -> answers(port));
        } finally {
            for (RawClient client : all) {
                client.close();
            }
        }
    }

    private static boolean answers(int port) {
        try {
            return ask(port).status() == 200;
        } catch (IOException closed) {
            return false;
        }
    }

    private static RawAnswer ask(int port) throws IOException {
        try (RawClient client = RawClient.plain(port)) {
            return client.send(STATUS).answer();
        }
    }
}
