package io.ringgate.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ringgate.auth.Verdict;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.TlsVersion;
import io.ringgate.http.HostNames;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.Await;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestEdges;
import io.ringgate.tls.ServerTls;
import io.ringgate.tls.TlsEngine;
import io.ringgate.tls.TlsProblem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class AdminListenerTest {

    private static final AdminListener.Pages PAGES = new AdminListener.Pages(
            () -> "metrics\n",
            () -> "{}\n",
            () -> true,
            List.of("rings", "limits"),
            (forced, dryRun) -> Future.succeededFuture(new AdminListener.Done(
                    forced.isEmpty() ? 200 : 409,
                    (dryRun ? "would have " : "") + "forced " + new TreeSet<>(forced) + "\n")));
    private static final Request STATUS = Request.of("GET", "/status");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger evicted = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private int listen(AdminListener.Access access) {
        return new AdminListener(vertx, PAGES, access).listen("127.0.0.1", 0).await();
    }

    private AdminListener.Access asking(Future<Verdict> verdict) {
        return new AdminListener.Access(
                presented -> verdict,
                null,
                () -> HostNames.of(List.of()),
                amount -> refused.incrementAndGet(),
                amount -> evicted.incrementAndGet());
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
        int port = listen(
                new AdminListener.Access(null, now::get, () -> HostNames.of(List.of()), amount -> {}, amount -> {}));
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

    /** Pages of which that of metrics waits. */
    private static AdminListener.Pages waiting(CountDownLatch latch) {
        return new AdminListener.Pages(
                () -> {
                    awaitQuietly(latch);
                    return "metrics\n";
                },
                () -> "{}\n",
                () -> true,
                List.of(),
                (forced, dryRun) -> Future.failedFuture("not asked"));
    }

    @Test
    void a_new_connection_gets_a_place_and_the_oldest_of_its_source_that_shows_no_operator_is_closed()
            throws Exception {
        Verdict wrong = new Verdict.Refused(new Rejection.Unauthenticated(Reason.WRONG_CREDENTIAL));
        Verdict operator = TestEdges.known("operator", "operator");
        CountDownLatch made = new CountDownLatch(1);
        AdminListener.Access access = new AdminListener.Access(
                presented -> Future.succeededFuture(presented.authorization() == null ? wrong : operator),
                null,
                () -> HostNames.of(List.of()),
                amount -> refused.incrementAndGet(),
                amount -> evicted.incrementAndGet());
        int port = new AdminListener(vertx, waiting(made), access)
                .listen("127.0.0.1", 0)
                .await();
        Request healthy = Request.of("GET", "/-/healthy");
        List<RawClient> all = new ArrayList<>();
        try {
            RawClient scraper = RawClient.plain(port);
            all.add(scraper);
            scraper.send(Request.of("GET", "/metrics").header("Authorization", "good"));
            for (int i = 1; i < AdminConnections.MAX_PER_SOURCE; i++) {
                RawClient client = RawClient.plain(port);
                all.add(client);
                assertThat(client.send(healthy).answer().status()).isEqualTo(200);
            }

            assertThat(ask(port).status()).isEqualTo(401);

            assertThat(evicted).hasValue(1);
            assertThat(all.get(1).rest()).isEmpty();
            assertThat(all.get(2).send(healthy).answer().status()).isEqualTo(200);
            made.countDown();
            assertThat(scraper.answer().status()).isEqualTo(200);
        } finally {
            made.countDown();
            for (RawClient client : all) {
                client.close();
            }
        }
    }

    @Test
    void a_connection_that_showed_a_credential_ends_with_its_answer() throws Exception {
        int port = listen(asking(Future.succeededFuture(TestEdges.known("operator", "operator"))));
        try (RawClient client = RawClient.plain(port)) {
            assertThat(client.send(Request.of("GET", "/status").header("Authorization", "good"))
                            .answer()
                            .status())
                    .isEqualTo(200);

            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void answers_that_a_client_does_not_read_do_not_pile_up() throws Exception {
        int port = listen(new AdminListener.Access(
                null, null, () -> HostNames.of(List.of()), amount -> {}, amount -> evicted.incrementAndGet()));
        byte[] many = "GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n".repeat(400).getBytes(StandardCharsets.US_ASCII);

        try (RawClient client = RawClient.plain(port)) {
            client.send(many);

            assertThat(untilItEnds(client)).isLessThan(20);
        }
    }

    @Test
    void a_client_that_asks_after_each_answer_is_answered_each_time() throws Exception {
        int port =
                listen(new AdminListener.Access(null, null, () -> HostNames.of(List.of()), amount -> {}, amount -> {}));
        try (RawClient client = RawClient.plain(port)) {
            for (int i = 0; i < 500; i++) {
                assertThat(client.send(STATUS).answer().status()).isEqualTo(200);
            }
        }
    }

    private RawAnswer say(int port, String method, String path) throws IOException {
        try (RawClient client = RawClient.plain(port)) {
            return client.send(Request.of(method, path)).answer();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET  | /metrics?verbose=1          | unknown query parameter "verbose": this page has none
            GET  | /status?edge=a              | unknown query parameter "edge": this page has none
            GET  | /-/healthy?x                | unknown query parameter "x": this page has none
            GET  | /-/ready?x=1                | unknown query parameter "x": this page has none
            POST | /-/reload?forced=rings      | unknown query parameter "forced": known here are force, dry_run
            POST | /-/reload?dry-run=true      | unknown query parameter "dry-run": known here are force, dry_run
            POST | /-/reload?a%0ab%22=1        | unknown query parameter "a\\nb\\"": known here are force, dry_run
            POST | /-/reload?dry_run=yes       | dry_run is true or false, once
            POST | /-/reload?dry_run           | dry_run is true or false, once
            POST | /-/reload?dry_run=true&dry_run=false | dry_run is true or false, once
            POST | /-/reload?force=%zz         | the query cannot be decoded: write %25 for a percent sign
            """)
    void a_query_that_no_page_knows_is_refused(String method, String path, String sentence) throws Exception {
        int port =
                listen(new AdminListener.Access(null, null, () -> HostNames.of(List.of()), amount -> {}, amount -> {}));

        RawAnswer answer = say(port, method, path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(sentence + "\n");
    }

    @Test
    void a_dry_run_is_asked_for_by_its_parameter() throws Exception {
        int port =
                listen(new AdminListener.Access(null, null, () -> HostNames.of(List.of()), amount -> {}, amount -> {}));

        assertThat(say(port, "POST", "/-/reload?dry_run=true&force=rings").body())
                .isEqualTo("would have forced [rings]\n");
        assertThat(say(port, "POST", "/-/reload?dry_run=false").body()).isEqualTo("forced []\n");
        assertThat(say(port, "GET", "/-/reload?dry_run=true").status()).isEqualTo(405);
    }

    @Test
    void a_dry_run_is_refused_to_web_pages_and_strangers_as_a_reload_is() throws Exception {
        Verdict wrong = new Verdict.Refused(new Rejection.Unauthenticated(Reason.WRONG_CREDENTIAL));
        int open =
                listen(new AdminListener.Access(null, null, () -> HostNames.of(List.of()), amount -> {}, amount -> {}));
        int closed = listen(asking(Future.succeededFuture(wrong)));
        try (RawClient client = RawClient.plain(open)) {
            Request foreign =
                    Request.of("POST", "/-/reload?dry_run=true").header("Origin", "https://elsewhere.example");

            assertThat(client.send(foreign).answer().status()).isEqualTo(403);
        }
        assertThat(say(closed, "POST", "/-/reload?dry_run=true").status()).isEqualTo(401);
    }

    @Test
    void few_pages_are_made_at_once_for_one_source() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        int port = new AdminListener(
                        vertx,
                        waiting(read),
                        new AdminListener.Access(null, null, () -> HostNames.of(List.of()), amount -> {}, amount -> {}))
                .listen("127.0.0.1", 0)
                .await();
        List<RawClient> all = new ArrayList<>();
        try {
            for (int i = 0; i < AdminConnections.MAX_WORK_PER_SOURCE; i++) {
                all.add(RawClient.plain(port).send(Request.of("GET", "/metrics")));
            }
            Await.until("all pages are being made", () -> statusOf(port) == 503);
            read.countDown();
            for (RawClient client : all) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
            Await.until("there is room again", () -> statusOf(port) == 200);
        } finally {
            read.countDown();
            for (RawClient client : all) {
                client.close();
            }
        }
    }

    /** How many answers come. */
    private static int untilItEnds(RawClient client) {
        for (int answers = 0; ; answers++) {
            try {
                client.answer();
            } catch (IOException ended) {
                return answers;
            }
        }
    }

    private static int statusOf(int port) {
        try {
            return ask(port).status();
        } catch (IOException closed) {
            return 0;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RawAnswer ask(int port) throws IOException {
        try (RawClient client = RawClient.plain(port)) {
            return client.send(STATUS).answer();
        }
    }

    @Test
    void a_client_that_resets_its_connection_is_no_error() throws Exception {
        Logger vertxLog = (Logger) LoggerFactory.getLogger("io.vertx");
        ListAppender<ILoggingEvent> written = new ListAppender<>();
        written.list = new CopyOnWriteArrayList<>();
        written.start();
        vertxLog.addAppender(written);
        Logger log = (Logger) LoggerFactory.getLogger(AdminListener.class);
        log.setLevel(Level.DEBUG);
        log.addAppender(written);
        try {
            RawClient client = RawClient.plain(listen(asking(Future.failedFuture("nobody asks"))));
            client.send(Request.of("GET", "/-/healthy")).answer();
            client.reset();

            Await.until(
                    "the reset is logged",
                    () -> written.list.stream()
                            .anyMatch(e -> e.getMessage().equals("admin connection failed")
                                    && String.valueOf(e.getKeyValuePairs()).contains("reset")));
            assertThat(written.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
        } finally {
            log.detachAppender(written);
            log.setLevel(null);
            vertxLog.detachAppender(written);
        }
    }
}
