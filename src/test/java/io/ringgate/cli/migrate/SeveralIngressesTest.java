package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two Ingresses that take writes become one gateway, which keeps nobody out who writes today. */
class SeveralIngressesTest {

    private static final String HASH = "$apr1$ringgat1$3Zh0Kb/OYDKn8OpDK12J5.";
    private static final String STRICT = """
            whitelist-source-range: 10.0.0.0/8
            limit-rps: "5"
            limit-connections: "60"
            proxy-body-size: 512k
            auth-tls-secret: m/edges-ca""";
    private static final String WITH_USERS = "auth-type: basic\nauth-secret: ";

    @TempDir
    private Path temporary;

    private static String ingress(String name, String annotations) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: %s
                  namespace: m
                  annotations:
                    %s
                spec:
                  tls: [{secretName: t}]
                  rules:
                    - host: %s.example
                      http: {paths: [{path: /, backend: {service: {name: thanos-receive, port: {number: 19291}}}}]}
                """.formatted(
                name, annotations.replaceAll("(?m)^", "    " + Ingress.NGINX).strip(), name);
    }

    private Path secret(String name, String... users) throws IOException {
        StringBuilder yaml = new StringBuilder(
                "kind: Secret\nmetadata: {name: " + name + ", namespace: m}\nstringData:\n  auth: |\n");
        for (String user : users) {
            yaml.append("    ").append(user).append(':').append(HASH).append('\n');
        }
        return Files.writeString(temporary.resolve(name + ".yaml"), yaml);
    }

    private Imported imported(String a, String b, String... arguments) throws IOException {
        Imported imported = Imported.ofText(temporary.resolve("o"), ingress("a", a) + ingress("b", b), arguments);
        assertThat(imported.code()).as(imported.err()).isIn(0, 1);
        return imported;
    }

    @Test
    void what_one_does_not_set_is_wider_than_what_the_other_sets() throws IOException {
        Imported imported = imported(
                STRICT + "\n" + WITH_USERS + "s",
                WITH_USERS + "s",
                "--secret",
                secret("s", "one").toString());

        assertThat(imported.file("edges.yaml")).doesNotContain("allowed_sources");
        assertThat(imported.file("limits/_default.yaml"))
                .contains("max_body: { packed: 1MiB }")
                .doesNotContain("requests_per_second", "max_connections");
        assertThat(imported.file("ringgate.yaml"))
                .contains("client_auth: request")
                .doesNotContain("require");
    }

    @Test
    void what_falls_away_is_told_with_whom_it_held() throws IOException {
        String report = imported(
                        STRICT + "\n" + WITH_USERS + "s",
                        WITH_USERS + "s",
                        "--secret",
                        secret("s", "one").toString())
                .report()
                .replaceAll(" \\(/[^)]*\\)", "");

        assertThat(report)
                .contains(
                        "Set `limit-rps or limit-rpm` of Ingress m/a (5 requests a second, 25 at once) again if it must"
                                + " hold: it does not for any edge, which may write by Ingress m/b too: any rate.")
                .contains("Set `whitelist-source-range` of Ingress m/a (addresses in 10.0.0.0/8) again")
                .contains(
                        "- changed: `nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8` → not so for any edge,"
                                + " which may write by Ingress m/b too: any address")
                .contains(
                        "- changed: `nginx.ingress.kubernetes.io/limit-connections: 60` → not so for any edge, which may"
                                + " write by Ingress m/b too: as many connections as `connections.max_per_edge`")
                .contains(
                        "- changed: `nginx.ingress.kubernetes.io/proxy-body-size: 512k` → not so for any edge, which may"
                                + " write by Ingress m/b too: bodies of 1MiB")
                .contains("client_auth: request, since another Ingress takes writes without a certificate");
    }

    @Test
    void the_users_of_two_secrets_have_each_their_own_limits() throws IOException {
        Imported imported = imported(
                STRICT + "\n" + WITH_USERS + "s",
                WITH_USERS + "m/t",
                "--secret",
                secret("s", "one", "both").toString(),
                "--secret",
                secret("t", "two", "both").toString());

        assertThat(imported.file("limits/_default.yaml")).endsWith("""
                edges:
                  one:
                    max_body: { packed: 512KiB }
                    requests_per_second: { rate: 5, burst: 25 }
                    max_connections: 60
                  both:
                    max_body: { packed: 1MiB }
                """);
        assertThat(imported.file("edges.yaml").split("allowed_sources", -1)).hasSize(2);
        assertThat(imported.file("edges.yaml")).containsPattern("name: one\n.*\n.*\n    allowed_sources: \\[\"10");
        assertThat(imported.report())
                .contains("look at: htpasswd:4: user \"both\" is in an earlier line, and the first line counts")
                .contains("not so for both, which may write by Ingress m/b");
        assertThat(imported.decided().loaded().problems().errors()).isZero();
    }

    @Test
    void an_ingress_whose_users_were_not_given_asks_nothing_of_others() throws IOException {
        Imported imported = imported(
                STRICT + "\n" + WITH_USERS + "s",
                WITH_USERS + "t",
                "--secret",
                secret("t", "two").toString());

        assertThat(imported.file("edges.yaml")).doesNotContain("allowed_sources");
        assertThat(imported.folder().resolve("limits/_default.yaml")).doesNotExist();
        assertThat(imported.report())
                .contains("auth-secret: s` → it was not given: import again with `--secret FILE`")
                .contains("limit-rps: 5` → no user of Secret `m/s` was given")
                .contains("Import the users of Secret m/s too, by another `--secret`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit-rps: "100"                   | limit-rps: "300"                      | rate: 300, burst: 1500
            limit-connections: "60"            | limit-connections: "70"               | max_connections: 70
            limit-connections: "60"            | limit-connections: "10"               | ''
            proxy-body-size: 8m                | proxy-body-size: 2m                   | packed: 8MiB
            proxy-body-size: 512k              | proxy-body-size: "0"                  | packed: 16MiB
            proxy-body-size: 8m                | limit-rps: "0"                        | packed: 8MiB
            """)
    void of_two_limits_the_wider_holds(String a, String b, String holds) throws IOException {
        Imported imported = imported(a, b);

        Path limits = imported.folder().resolve("limits/_default.yaml");
        if (holds.isEmpty()) {
            assertThat(limits).doesNotExist();
        } else {
            assertThat(limits).content().contains(holds);
        }
    }

    @Test
    void networks_of_both_come_together() throws IOException {
        Imported imported = imported(
                "whitelist-source-range: 10.0.0.0/8,192.168.0.0/16",
                "whitelist-source-range: 172.16.0.0/12",
                "--secret",
                secret("s", "one").toString());

        assertThat(imported.file("edges.yaml")).contains("[\"10.0.0.0/8\", \"172.16.0.0/12\", \"192.168.0.0/16\"]");
    }
}
