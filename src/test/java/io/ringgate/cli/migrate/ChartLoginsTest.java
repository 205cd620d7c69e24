package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log-in that a chart's values set up in a form of their own is asked about or told, and never shown. */
class ChartLoginsTest {

    private static final String INGRESS = """
            receive:
              ingress:
                enabled: true
                hostname: r.example
                annotations:
                  nginx.ingress.kubernetes.io/auth-type: basic
                  nginx.ingress.kubernetes.io/auth-secret: s
            """;

    @TempDir
    private Path temporary;

    private Imported imported(String values) throws IOException {
        return Imported.ofText(temporary.resolve("o"), values, "--secret", IngressText.secret(temporary, "s", "one"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '    basicAuth: {enabled: true, username: one, password: hidden-word}'    | receive.ingress: basicAuth: (not shown)
            '    auth: {type: basic, users: {one: hidden-word}}'                      | receive.ingress: auth: (not shown)
            '    nginx: {basic_auth: {users: ["one:hidden-word"]}}'                   | receive.ingress: nginx.basic_auth: (not shown)
            '    htpasswd: "one:hidden-word"'                                         | receive.ingress: htpasswd: (not shown)
            '  basicAuthUsers: {one: hidden-word}'                                    | receive.basicAuthUsers: (not shown) of
            'auth: {basicAuthUsers: {one: hidden-word}}'                              | auth: (not shown) of
            'gateway: [{basicAuth: {htpasswd: hidden-word}}]'                         | gateway[0].basicAuth: (not shown) of
            """)
    void one_before_writes_is_asked_about(String lines, String question) throws IOException {
        Imported imported = imported(INGRESS + lines + "\n");

        assertThat(imported.code()).as(imported.err()).isEqualTo(1);
        assertThat(imported.questions())
                .singleElement()
                .asString()
                .contains(question)
                .contains("→ a login of the chart's own form, which is not read");
        assertThat(imported.out() + imported.file("ringgate.yaml")).doesNotContain("hidden-word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prometheus: {prometheusSpec: {remoteWrite: [{url: u, basicAuth: {password: hidden-word}}]}}",
                "server: {remote_write: [{basic_auth: {password: hidden-word}}]}",
                "grafana: {auth: {basic: hidden-word}}",
            })
    void one_of_agents_or_of_reading_is_told(String values) throws IOException {
        Imported imported = imported(INGRESS + values + "\n");

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.report()).contains("(not shown) of ", "→ a login of something else than the way of writes");
        assertThat(imported.out()).doesNotContain("hidden-word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    basicAuth: {enabled: false, password: hidden-word}",
                "    basicAuth: false",
                "auth: {}",
                "auth: {enabled: false, users: {one: hidden-word}}",
            })
    void one_that_is_off_is_none(String lines) throws IOException {
        Imported imported = imported(INGRESS + lines + "\n");

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).doesNotContain("hidden-word");
    }

    @Test
    void of_values_without_an_ingress_beside_it_is_told_too() throws IOException {
        Imported imported = Imported.ofText(
                temporary.resolve("o"),
                IngressText.of("a", "thanos-receive", "s", "")
                        + "---\nauth: {basicAuthUsers: {one: hidden-word}}\n---\nkind: Secret\ndata: {auth: aGlkZGVu}\n",
                "--secret",
                IngressText.secret(temporary, "s", "one"));

        assertThat(imported.questions()).singleElement().asString().contains("auth: (not shown) of");
    }

    @Test
    void routes_of_a_form_of_its_own_are_asked_about() throws IOException {
        Imported imported = imported(INGRESS + "    extraRules: [{host: x.example, http: {paths: []}}]\n");

        assertThat(imported.questions())
                .singleElement()
                .asString()
                .contains("extraRules[0].host: x.example → it leads to backends by itself, and is not read");
    }

    @Test
    void the_backend_of_a_path_is_read() throws IOException {
        Imported imported = imported("""
                receive:
                  ingress:
                    enabled: true
                    annotations: {nginx.ingress.kubernetes.io/auth-type: basic, nginx.ingress.kubernetes.io/auth-secret: s}
                    hosts:
                      - host: r.example
                        paths:
                          - {path: /api/v1/receive, serviceName: elsewhere, servicePort: 19291}
                """);

        assertThat(imported.file("ringgate.yaml")).contains("dns: elsewhere.default.svc.cluster.local");
    }

    @Test
    void what_the_controller_is_told_for_all_is_asked_about() throws IOException {
        Imported imported = Imported.ofText(
                temporary.resolve("o"),
                IngressText.of("a", "thanos-receive", "s", "") + """
                        ---
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
                        data:
                          location-snippet: proxy_set_header THANOS-TENANT $remote_user;
                          proxy-set-headers: ingress-nginx/headers
                          global-auth-url: https://idp.example/check
                          denylist-source-range: 203.0.113.0/24
                          worker-processes: "4"
                        """,
                "--secret",
                IngressText.secret(temporary, "s", "one"));

        assertThat(imported.questions())
                .hasSize(4)
                .allSatisfy(question -> assertThat(question)
                        .contains(
                                "ConfigMap ingress-nginx-controller",
                                "→ it holds for every Ingress of its controller"));
    }
}
