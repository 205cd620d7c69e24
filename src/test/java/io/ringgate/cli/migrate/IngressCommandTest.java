package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.GatewayConfig;
import io.ringgate.config.PolicyFile;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngressCommandTest {

    private static final List<String> USERS = List.of("--secret", Imported.sample("users.yaml"));
    private static final List<String> RINGS = List.of("--hashrings", Imported.sample("hashrings.yaml"));

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void nameAFolder() {
        folder = temporary.resolve("imported");
    }

    private Imported receiver(String... more) {
        return Imported.into(
                folder,
                Stream.concat(Stream.of("-f", Imported.sample("thanos-receiver.yaml")), Stream.of(more))
                        .toArray(String[]::new));
    }

    private Imported whole() {
        return receiver(Stream.concat(USERS.stream(), RINGS.stream()).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ringgate.yaml", "edges.yaml", "limits/_default.yaml", "report.md"})
    void todays_ingress_becomes(String name) throws IOException {
        String written = whole().file(name).replace(temporary + "/", "");

        assertThat(written)
                .isEqualTo(Files.readString(Imported.SAMPLES.resolve("imported").resolve(name)));
    }

    @Test
    void the_report_is_printed_too_and_what_check_says_of_the_outcome() throws IOException {
        Imported imported = whole();

        assertThat(imported.out()).startsWith(imported.report()).contains("ringgate.yaml: good, ");
        assertThat(imported.err()).isEmpty();
        assertThat(imported.code()).isZero();
    }

    static Stream<Arguments> everySampleAndOption() {
        return Stream.of("thanos-receiver.yaml", "list.yaml", "values.yaml", "old.yaml")
                .flatMap(sample -> Stream.of(
                                List.<String>of(),
                                USERS,
                                RINGS,
                                Stream.concat(USERS.stream(), RINGS.stream()).toList())
                        .map(options -> Arguments.of(sample, options)));
    }

    @ParameterizedTest
    @MethodSource("everySampleAndOption")
    void what_is_written_is_good_and_no_annotation_is_missing(String sample, List<String> options) throws IOException {
        Imported imported = Imported.into(
                folder,
                Stream.concat(Stream.of("-f", Imported.sample(sample)), options.stream())
                        .toArray(String[]::new));

        assertThat(imported.code())
                .as(imported.err())
                .isEqualTo(imported.questions().isEmpty() ? 0 : 1);
        assertThat(imported.decided().loaded().problems().errors()).isZero();
        Files.readString(Imported.SAMPLES.resolve(sample))
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("[a-z.]+(\\.io|\\.com)/.*") && !line.startsWith("app.kubernetes.io/name"))
                .map(line -> line.replaceFirst(":.*", ": "))
                .forEach(annotation -> assertThat(imported.out()).contains("`" + annotation));
    }

    @Test
    void the_configuration_says_what_the_ingress_said() {
        GatewayConfig config = Objects.requireNonNull(whole().loaded().config());

        assertThat(config.settings().listeners())
                .extracting(listener -> listener.address().toString())
                .containsExactly("0.0.0.0:443", "0.0.0.0:19291", "0.0.0.0:80");
        assertThat(config.settings().stamp().tenantLabel()).isNull();
        assertThat(config.rings().list())
                .singleElement()
                .satisfies(ring -> assertThat(ring.endpoints()).hasSize(3));
        assertThat(config.identities().edges())
                .extracting(entry -> entry.edge().name())
                .containsExactly(new EdgeName("cluster-02-edge"), new EdgeName("cluster-03-edge"), new EdgeName("4"));
        assertThat(config.identities().edges()).allSatisfy(entry -> {
            assertThat(entry.edge().tenant()).isEqualTo(new TenantId("default-tenant"));
            assertThat(entry.edge().sources())
                    .extracting(Object::toString)
                    .containsExactly("10.0.0.0/8", "192.168.0.0/16");
        });
    }

    @Test
    void passwords_are_for_their_owner_and_nowhere_else() throws IOException {
        Imported imported = whole();

        Path htpasswd = folder.resolve("htpasswd");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(htpasswd)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(htpasswd)).contains("cluster-03-edge:$apr1$");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.equals(htpasswd)) {
                    assertThat(Files.readString(file)).doesNotContain("$apr1$", "$2y$", "plain-text-password");
                }
            }
        }
        assertThat(imported.out() + imported.err()).doesNotContain("$apr1$", "$2y$", "plain-text-password");
    }

    @Test
    void values_beside_the_ingress_are_not_printed() {
        Imported values = Imported.into(folder, "-f", Imported.sample("values.yaml"));
        Imported list = Imported.into(temporary.resolve("list"), "-f", Imported.sample("list.yaml"));

        assertThat(values.out()).doesNotContain("never-printed");
        assertThat(list.out()).doesNotContain("c2VjcmV0OnNlY3JldA==", "very-hidden-value");
    }

    @Test
    void nothing_is_overwritten() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("edges.yaml"), "mine");

        Imported imported = whole();

        assertThat(imported.code()).isEqualTo(2);
        assertThat(imported.err())
                .isEqualTo("ringgate: " + folder.resolve("edges.yaml")
                        + " exists already, and nothing is overwritten: name another folder.\n");
        assertThat(folder.toFile().list()).containsExactly("edges.yaml");
        assertThat(imported.file("edges.yaml")).isEqualTo("mine");
    }

    @Test
    void another_tenant_may_be_named() {
        GatewayConfig config =
                Objects.requireNonNull(receiver("--tenant", "team-a", "--secret", Imported.sample("users.yaml"))
                        .loaded()
                        .config());

        assertThat(config.identities().edges())
                .extracting(entry -> entry.edge().tenant())
                .containsOnly(new TenantId("team-a"));
    }

    @Test
    void a_tenant_that_no_ring_takes_is_told() throws IOException {
        Path rings = Files.writeString(temporary.resolve("rings.json"), """
                [{"hashring": "a", "tenants": ["somebody"], "endpoints": ["a:10901", "b:10901"]}]
                """);

        Imported imported = receiver("--secret", Imported.sample("users.yaml"), "--hashrings", rings.toString());

        assertThat(imported.out())
                .contains("takes tenant default-tenant, so writes of edge cluster-02-edge are refused with 403");
        assertThat(imported.file("ringgate.yaml")).contains("replication_factor: 2");
        assertThat(imported.code()).isZero();
    }

    @Test
    void the_policy_is_that_of_all_tenants() {
        GatewayConfig config = Objects.requireNonNull(whole().loaded().config());

        assertThat(PolicyFile.defaults(folder.resolve("limits")).file()).exists();
        assertThat(config.policies().toString())
                .contains("REQUESTS_PER_SECOND=100", "REQUESTS_PER_SECOND=500", "MAX_PACKED=16777216");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -f absent.yaml                               | absent.yaml does not exist.
            -f src                                       | src is a folder, name a file.
            -f %hashrings.yaml                           | There is no Ingress in it: write Ingress objects or a chart's values with an ingress section.
            -f %thanos-receiver.yaml --tenant ../etc     | --tenant is no valid tenant: write 1 to 128 letters, digits, '_', '.' or '-', beginning with a letter or digit.
            -f %thanos-receiver.yaml --secret %list.yaml | %list.yaml has no Secret, write the output of `kubectl get secret NAME -o yaml`.
            -f %thanos-receiver.yaml --hashrings %old.yaml | %old.yaml has no ConfigMap with data, write the output of `kubectl get configmap NAME -o yaml`.
            -f %thanos-receiver.yaml --secret absent     | absent does not exist.
            """)
    void what_cannot_be_read_is_one_sentence(String arguments, String sentence) {
        Imported imported = Imported.into(
                folder, arguments.replace("%", Imported.SAMPLES + "/").split(" ", -1));

        assertThat(imported.err()).isEqualTo("ringgate: " + sentence.replace("%", Imported.SAMPLES + "/") + "\n");
        assertThat(imported.code()).isEqualTo(2);
        assertThat(folder).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"hashring\": \"a\"}]",
                "[{\"endpoints\": [\"a:1\", \"a:1\"]}]",
                "[{\"endpoints\": \"a:1\"}]",
                "[{\"endpoints\": [\"a:1\"], \"tenants\": [\"[\"], \"tenant_matcher_type\": \"glob\"}]",
                "[{"
            })
    void rings_that_nothing_can_come_of_are_refused_before_anything_is_written(String json) throws IOException {
        Path rings = Files.writeString(temporary.resolve("rings.json"), json);

        Imported imported = receiver("--hashrings", rings.toString());

        assertThat(imported.code()).isEqualTo(2);
        assertThat(imported.err()).matches("ringgate: hashrings.json of .*rings.json.*\\.\n");
        assertThat(folder).doesNotExist();
    }

    @Test
    void only_reading_is_told_for_what_each_was_taken() throws IOException {
        Imported imported = Imported.ofText(folder, """
                kind: Ingress
                apiVersion: networking.k8s.io/v1
                metadata: {name: q, namespace: m}
                spec: {rules: [{host: a.b, http: {paths: [{path: /, backend: {service: {name: thanos-query, port: {number: 9090}}}}]}}]}
                """);

        assertThat(imported.code()).isEqualTo(2);
        assertThat(imported.err())
                .startsWith("ringgate: No Ingress leads to receivers (Ingress m/q (")
                .contains("): Query): ");
    }

    @Test
    void annotations_that_are_merged_count() throws IOException {
        Imported imported = Imported.ofText(
                folder,
                "kind: List\nitems:\n"
                        + "- {kind: Other, common: &common {nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8,"
                        + " nginx.ingress.kubernetes.io/limit-rps: '7'}}\n"
                        + "- apiVersion: networking.k8s.io/v1\n"
                        + "  kind: Ingress\n"
                        + "  metadata: {name: r, namespace: m, annotations: {<<: *common}}\n"
                        + "  spec: {rules: [{http: {paths: [{backend: {service: {name: r, port: {number: 19291}}}}]}}]}\n",
                "--secret",
                Imported.sample("users.yaml"));

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.file("edges.yaml")).contains("allowed_sources: [\"10.0.0.0/8\"]");
        assertThat(imported.file("limits/_default.yaml")).contains("rate: 7");
    }
}
