package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ingresses with different backends become a ring each, or nothing is imported. */
class ReceiverGroupsTest {

    private static final String OF_USER =
            IngressText.snippet("configuration-snippet", "proxy_set_header THANOS-TENANT $remote_user;");

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("o");
    }

    private static String ingress(String name, String service, String more) {
        return IngressText.of(name, service, "s-" + name, more);
    }

    private Imported imported(String yaml, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--secret",
                IngressText.secret(temporary, "s-a", "one", "two"),
                "--secret",
                IngressText.secret(temporary, "s-b", "three")));
        all.addAll(List.of(more));
        return Imported.ofText(folder(), yaml, all.toArray(String[]::new));
    }

    private String rings(String first, String second) throws IOException {
        return Files.writeString(temporary.resolve("rings.json"), """
                [{"hashring": "x", "tenants": [%s], "endpoints": ["x-0:10901", "x-1:10901"]},
                 {"hashring": "y", "tenants": [%s], "endpoints": ["y-0:10901", "y-1:10901"]}]
                """.formatted(first, second))
                .toString();
    }

    @Test
    void tenants_of_their_own_have_a_ring_of_each_service() throws IOException {
        Imported imported = imported(ingress("a", "thanos-a", OF_USER) + ingress("b", "thanos-b", OF_USER));

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.file("hashrings.json")).isEqualTo("""
                [
                  {
                    "hashring": "thanos-a.m.svc.cluster.local",
                    "tenants": ["one", "two"],
                    "endpoints": ["thanos-a.m.svc.cluster.local:10901"]
                  },
                  {
                    "hashring": "thanos-b.m.svc.cluster.local",
                    "tenants": ["three"],
                    "endpoints": ["thanos-b.m.svc.cluster.local:10901"]
                  }
                ]
                """);
        assertThat(imported.file("ringgate.yaml"))
                .contains("hashrings_file: hashrings.json", "replication_factor: 1  # of a ring that is a Service")
                .doesNotContain("dns:");
        assertThat(imported.report())
                .contains(
                        "`backend thanos-a:19291` → ringgate.yaml: receivers.hashrings_file: hashrings.json, where each")
                .contains("`backend thanos-b:19291` → ringgate.yaml");
        assertThat(imported.out()).contains("ringgate.yaml: good, ").doesNotContain("refused with 403");
    }

    @Test
    void with_rings_of_their_own_these_are_taken() throws IOException {
        Imported imported = imported(
                ingress("a", "thanos-a", OF_USER) + ingress("b", "thanos-b", OF_USER),
                "--hashrings",
                rings("\"one\", \"two\"", "\"three\""));

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.file("hashrings.json")).contains("\"x-0:10901\"");
    }

    @Test
    void one_ingress_with_two_backends_is_not_imported() throws IOException {
        Imported imported = imported(
                ingress("a", "thanos-a", OF_USER)
                        .replace(
                                "paths: [",
                                "paths: [{path: /api/v1/receive, backend: {service: {name: thanos-b, port: {number: 19291}}}}, "));

        stops(
                imported,
                "tenant one is of both. One Ingress leads to both, so `--ingress` cannot part them: copy it into");
        assertThat(imported.err()).contains("import each by itself (`-f FILE`)").doesNotContain("snippet");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auth-realm: x             |             | tenant default-tenant is of both
            of user                   | --tenant t  | tenant t is of both
            of user                   | --kubernetes| the pods read the ring file of the receivers, and it was not given
            backend-protocol: HTTPS   |             | one is asked by https and another is not, and `receivers.write.scheme` is one
            """)
    void what_no_rings_can_tell_apart_is_not_imported(String annotation, String option, String why) throws IOException {
        String more = annotation.equals("of user") ? OF_USER : annotation;

        stops(
                imported(
                        ingress("a", "thanos-a", more + (annotation.startsWith("backend") ? "\n" + OF_USER : ""))
                                + ingress("b", "thanos-b", annotation.startsWith("backend") ? OF_USER : more),
                        option == null ? new String[0] : option.split(" ", -1)),
                why);
    }

    @Test
    void a_ring_of_both_is_told() throws IOException {
        stops(
                imported(
                        ingress("a", "thanos-a", OF_USER) + ingress("b", "thanos-b", OF_USER),
                        "--hashrings",
                        rings("\"somebody\"", "")),
                "hashrings.json sends tenants of both to ring y");
    }

    @Test
    void ports_of_their_own_are_not_imported() throws IOException {
        stops(
                imported(ingress("a", "thanos-a", OF_USER)
                        + ingress("b", "thanos-b", OF_USER)
                                .replace("number: 19291", "number: 8080")
                                .replace("path: /,", "path: /api/v1/receive,")),
                "they have different ports, and `receivers.write.port` is one");
    }

    @Test
    void without_users_nothing_says_whose_writes_go_where() throws IOException {
        stops(
                Imported.ofText(folder(), ingress("a", "thanos-a", OF_USER) + ingress("b", "thanos-b", OF_USER)),
                "no user is known whose writes go to one of them");
    }

    @Test
    void one_of_them_can_be_named() throws IOException {
        Imported imported = imported(ingress("a", "thanos-a", "") + ingress("b", "thanos-b", ""), "--ingress", "m/a");

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.file("ringgate.yaml")).contains("dns: thanos-a.m.svc.cluster.local");
        assertThat(imported.file("edges.yaml")).contains("user: one").doesNotContain("three");
    }

    private void stops(Imported imported, String why) {
        assertThat(imported.code()).isEqualTo(2);
        assertThat(imported.err())
                .startsWith("ringgate: Writes go to several backends (m/a")
                .contains("thanos-a.m.svc.cluster.local:19291", "thanos-b.m.svc.cluster.local:")
                .contains("and the gateway chooses receivers by tenant: " + why)
                .endsWith("write the same Service in both.\n");
        assertThat(folder()).doesNotExist();
    }
}
