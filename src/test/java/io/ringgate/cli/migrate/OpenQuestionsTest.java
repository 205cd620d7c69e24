package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What says where writes go or who may write and cannot be carried over: the outcome is refused until it is decided. */
class OpenQuestionsTest {

    @TempDir
    private Path temporary;

    private Imported imported(String annotations) throws IOException {
        return Imported.ofText(
                temporary.resolve("o"),
                IngressText.of("a", "thanos-receive", "s", annotations),
                "--secret",
                IngressText.secret(temporary, "s", "one"));
    }

    private static String check(Imported imported) {
        StringWriter out = new StringWriter();
        Main.run(
                new PrintWriter(out, true),
                new PrintWriter(out, true),
                "check",
                "--config",
                imported.folder().resolve("ringgate.yaml").toString());
        return out.toString();
    }

    @Test
    void it_is_an_error_of_check_with_file_and_line_until_its_line_is_deleted() throws IOException {
        Imported imported = imported("auth-url: https://idp.example/check");

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.err())
                .isEqualTo("ringgate: 1 thing has to be decided before this can be used: see \"You must decide\" in "
                        + imported.folder().resolve("report.md") + ".\n");
        assertThat(imported.out()).contains("## You must decide");
        assertThat(imported.report()).containsSubsequence("## You must decide", "1. m/a: `nginx", "## To do");
        assertThat(check(imported))
                .containsPattern("o/ringgate.yaml:7: undecided\\[0]: must be decided, then delete this line: m/a:"
                        + " nginx.ingress.kubernetes.io/auth-url: https://idp.example/check → no service is asked")
                .contains("1 error, ");

        assertThat(check(imported.decided())).contains("ringgate.yaml: good, ");
    }

    @Test
    void what_is_carried_over_leaves_no_question() throws IOException {
        Imported imported = imported("limit-rps: \"100\"");

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.file("ringgate.yaml")).doesNotContain("undecided");
        assertThat(imported.report()).doesNotContain("You must decide");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allow 10.0.0.0/8; deny all;",
                "auth_request /check;",
                "auth_basic off;",
                "satisfy any;",
                "proxy_pass http://elsewhere:19291;",
                "mirror /copy;",
                "rewrite ^ /api/v1/push break;",
                "return 403;",
                "if ($remote_user = a) { return 403; }",
                "set $proxy_upstream_name elsewhere;",
                "map $remote_user $x { default 1; }",
                "proxy_set_header Authorization \"Basic c2VjcmV0\";",
                "proxy_set_header Host mimir.example;",
                "proxy_set_header X-Route blue;",
                "rewrite_by_lua_block { ngx.var.upstream = 'b' }",
                "content_by_lua_file /etc/nginx/x.lua;",
                "never_heard_of x;",
            })
    void a_directive_that_may_decide_it_is_asked_about(String directive) throws IOException {
        Imported imported = imported(IngressText.snippet("configuration-snippet", directive));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.questions()).hasSize(1);
        assertThat(imported.out() + imported.file("ringgate.yaml")).doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "more_set_headers \"X-Frame-Options: DENY\";",
                "proxy_set_header X-Real-IP $remote_addr; proxy_set_header Connection \"\";",
                "client_max_body_size 100m; proxy_read_timeout 600; proxy_request_buffering off;",
                "access_log off; # return 403;",
                "add_header X \"a; return 403; # b\" always;",
                "limit_req zone=a burst=5;",
            })
    void one_that_decides_nothing_is_not(String directive) throws IOException {
        Imported imported = imported(IngressText.snippet("configuration-snippet", directive));

        assertThat(imported.code()).as(imported.err()).isZero();
    }

    @Test
    void an_ingress_without_a_log_in_is_asked_about() throws IOException {
        Imported imported = Imported.ofText(
                temporary.resolve("o"),
                IngressText.of("a", "thanos-receive", "s", "")
                        + IngressText.of("b", "thanos-receive", "s", "")
                                .replaceAll("(?m)^ +nginx.*auth-(type|secret).*\n", "")
                                .replace("annotations:", "annotations: {}"),
                "--secret",
                IngressText.secret(temporary, "s", "one"));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.questions()).singleElement().asString().contains("m/b: no login → anybody may write by it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            two:{SSHA}SGVsbG8=           | user two → has a name or a form of hash that the gateway does not take
            two:{PLAIN}secret-word       | user two → has a name or a form of hash that the gateway does not take
            two:plain-text-password      | ''
            # two:{SSHA}SGVsbG8=         | ''
            """)
    void a_user_that_nginx_lets_in_and_the_gateway_does_not_is_asked_about(String line, String question)
            throws IOException {
        String secret = IngressText.secret(temporary, "s", "one");
        Imported imported = Imported.ofText(
                temporary.resolve("o"),
                IngressText.of("a", "thanos-receive", "s", ""),
                "--secret",
                Files.writeString(Path.of(secret), Files.readString(Path.of(secret)) + "    " + line + "\n")
                        .toString());

        if (question.isEmpty()) {
            assertThat(imported.questions()).isEmpty();
        } else {
            assertThat(imported.questions()).singleElement().asString().contains(question);
        }
        assertThat(imported.out()).doesNotContain("SGVsbG8", "secret-word");
    }

    @Test
    void one_user_with_two_passwords_is_asked_about() throws IOException {
        String other = IngressText.secret(temporary, "t", "one");
        Files.writeString(
                Path.of(other),
                Files.readString(Path.of(other)).replace(IngressText.HASH, "$apr1$ringgat2$onQZk7nwkJ8b0g3G6TwbZ/"));

        Imported imported = Imported.ofText(
                temporary.resolve("o"),
                IngressText.of("a", "thanos-receive", "s", "") + IngressText.of("b", "thanos-receive", "t", ""),
                "--secret",
                IngressText.secret(temporary, "s", "one"),
                "--secret",
                other);

        assertThat(imported.questions())
                .singleElement()
                .asString()
                .contains("user one → has two passwords in two Secrets, and the first counts");
    }

    @Test
    void an_ingress_route_beside_an_ingress_is_asked_about() throws IOException {
        Imported imported = Imported.ofText(
                temporary.resolve("o"),
                IngressText.of("a", "thanos-receive", "s", "") + """
                        ---
                        apiVersion: traefik.io/v1alpha1
                        kind: IngressRoute
                        metadata: {name: b}
                        spec: {routes: [{services: [{name: thanos-receive, port: 19291}]}]}
                        """,
                "--secret",
                IngressText.secret(temporary, "s", "one"));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.questions()).singleElement().asString().contains("IngressRoute b");
    }

    @Test
    void an_ingress_for_reading_asks_nothing() throws IOException {
        Imported imported = Imported.ofText(
                temporary.resolve("o"),
                IngressText.of("a", "thanos-receive", "s", "")
                        + IngressText.of("q", "thanos-query", "s", "auth-url: https://idp.example")
                                .replace("19291", "9090"),
                "--secret",
                IngressText.secret(temporary, "s", "one"));

        assertThat(imported.code()).as(imported.err()).isZero();
    }
}
