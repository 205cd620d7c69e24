package io.ringgate.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.Verdict;
import io.ringgate.http.HostNames;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Vert.x Web does by itself, and what the admin listener makes of it. */
class AdminRouterTest {

    private static final AdminListener.Pages PAGES = new AdminListener.Pages(
            () -> "metrics\n",
            () -> "{}\n",
            () -> true,
            List.of(),
            (forced, dryRun) -> Future.succeededFuture(new AdminListener.Done(200, "reloaded\n")));
    private static final AdminListener.Access ANYBODY =
            new AdminListener.Access(null, null, () -> HostNames.of(List.of()), amount -> {}, amount -> {});

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final AtomicInteger refused = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private int listen(AdminListener.Pages pages, AdminListener.Access access) {
        return new AdminListener(vertx, pages, access).listen("127.0.0.1", 0).await();
    }

    private int listenForAll() {
        return listen(PAGES, ANYBODY);
    }

    private static RawAnswer raw(int port, String head) throws IOException {
        try (RawClient client = RawClient.plain(port)) {
            return client.send(head + "\r\n\r\n").answer();
        }
    }

    private static void isOurs(RawAnswer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers()).as("nothing else is told").hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/status/",
                "//status",
                "/./status",
                "/x/../status",
                "/%73tatus",
                "/%2573tatus",
                "/status%2f",
                "/%2e/status",
                "/status%00",
                "/status;a=b",
                "/STATUS",
                "/-/healthy/",
                "/-/%68ealthy",
                "/-//healthy",
                "/x/..%2f-/healthy",
                "/",
                "*"
            })
    void a_path_is_no_page_unless_it_is_written_as_the_page_is_called(String path) throws Exception {
        RawAnswer answer = raw(listenForAll(), "GET " + path + " HTTP/1.1\r\nHost: localhost");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("the pages here are /-/healthy, /-/ready, /-/reload, /metrics, /status\n");
        isOurs(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status/", "//-/healthy", "/-/%68ealthy", "/-/healthy/", "/x/../-/ready", "*", "/nothing"})
    void what_is_no_open_page_tells_a_stranger_nothing(String path) throws Exception {
        Verdict wrong = new Verdict.Refused(new Rejection.Unauthenticated(Reason.WRONG_CREDENTIAL));
        int port = listen(
                PAGES,
                new AdminListener.Access(
                        presented -> Future.succeededFuture(wrong),
                        null,
                        () -> HostNames.of(List.of()),
                        amount -> refused.incrementAndGet(),
                        amount -> {}));

        RawAnswer answer = raw(port, "GET " + path + " HTTP/1.1\r\nHost: localhost");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(refused).hasValue(1);
        assertThat(raw(port, "GET " + path + " HTTP/1.1").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST    | /status    | GET, HEAD | this page answers GET and HEAD
            TRACE   | /status    | GET, HEAD | this page answers GET and HEAD
            OPTIONS | /status    | GET, HEAD | this page answers GET and HEAD
            FANCY   | /metrics   | GET, HEAD | this page answers GET and HEAD
            POST    | /-/healthy | GET, HEAD | this page answers GET and HEAD
            TRACE   | /-/ready   | GET, HEAD | this page answers GET and HEAD
            GET     | /-/reload  | POST      | this page answers POST
            OPTIONS | /-/reload  | POST      | this page answers POST
            """)
    void another_method_is_told_which_ones_there_are(String method, String path, String allow, String sentence)
            throws Exception {
        RawAnswer answer = raw(listenForAll(), method + " " + path + " HTTP/1.1\r\nHost: localhost");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo(allow);
        assertThat(answer.body()).isEqualTo(sentence + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/metrics", "/-/healthy", "/-/ready"})
    void head_gets_the_head_of_a_page(String path) throws Exception {
        try (RawClient client = RawClient.plain(listenForAll())) {
            client.send("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(client.rest())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("X-Content-Type-Options: nosniff\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /-/healthy HTTP/1.1                 | the Host header is missing or invalid
            GET /-/healthy HTTP/1.1~Host: a b       | the Host header is missing or invalid
            GET ?x HTTP/1.1~Host: localhost         | its target has no path
            """)
    void a_request_that_vertx_web_does_not_take_is_answered_in_our_words(String head, String sentence)
            throws Exception {
        RawAnswer answer = raw(listenForAll(), head.replace("~", "\r\n"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("malformed HTTP request: " + sentence + "\n");
        isOurs(answer);
    }

    @Test
    void a_probe_of_http_1_0_needs_no_host() throws Exception {
        assertThat(raw(listenForAll(), "GET /-/healthy HTTP/1.0").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: localhost",
                "Forwarded: host=localhost",
                "X-Forwarded-Host: localhost\r\nX-Forwarded-Proto: http"
            })
    void what_a_client_says_of_a_proxy_does_not_count(String forwarded) throws Exception {
        RawAnswer answer = raw(listenForAll(), "GET /status HTTP/1.1\r\nHost: evil.example\r\n" + forwarded);

        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/-/ready"})
    void a_page_that_breaks_says_so_and_no_more(String path) throws Exception {
        AdminListener.Pages broken = new AdminListener.Pages(
                () -> "",
                () -> {
                    throw new IllegalStateException("plugh");
                },
                () -> {
                    throw new IllegalStateException("plugh");
                },
                List.of(),
                (forced, dryRun) -> Future.failedFuture("not asked"));
        RawAnswer answer = raw(listen(broken, ANYBODY), "GET " + path + " HTTP/1.1\r\nHost: localhost");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("this page cannot be made now, the log says why\n");
        isOurs(answer);
    }

    @Test
    void a_connection_goes_on_after_every_kind_of_answer() throws Exception {
        try (RawClient client = RawClient.plain(listenForAll())) {
            for (String path : List.of("/nothing", "/-/healthy?x", "/-/reload", "/status", "//", "/-/ready")) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .answer();
            }
            assertThat(client.send("GET /-/healthy HTTP/1.1\r\n\r\n").answer().status())
                    .isEqualTo(400);
            assertThat(client.send("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
    }

    /** A client may send it or not, so nobody could say where the next request begins; and one may be without an end. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 5\r\nExpect: 100-continue", "Content-Length: 5", "Transfer-Encoding: chunked"})
    void a_connection_ends_with_the_answer_to_a_request_whose_body_is_not_there(String body) throws Exception {
        try (RawClient client = RawClient.plain(listenForAll())) {
            client.send("POST /-/reload HTTP/1.1\r\nHost: localhost\r\n" + body + "\r\n\r\n");

            assertThat(client.rest()).startsWith("HTTP/1.1 200 OK").endsWith("reloaded\n");
        }
    }

    @Test
    void a_body_that_came_with_its_request_ends_no_connection() throws Exception {
        try (RawClient client = RawClient.plain(listenForAll())) {
            for (String page : List.of("POST /-/reload", "GET /-/healthy", "GET /status")) {
                RawAnswer answer = client.send(page + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello")
                        .answer();
                assertThat(answer.status()).isEqualTo(200);
            }
        }
    }
}
