package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.GatewayConfig;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.Severity;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code import --kubernetes} writes what the pods of k8s/base take as it is. */
class PodsTest {

    private static final Path BASE = Path.of("k8s/base/gateway");
    private static final Pattern IN_ETC = Pattern.compile("/etc/[a-z/.-]+[a-z]");
    private static final List<String> USERS = List.of("--secret", Imported.sample("users.yaml"));

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void nameAFolder() {
        folder = temporary.resolve("o");
    }

    private Imported imported(String sample, List<String> more) {
        return Imported.into(
                folder,
                Stream.concat(Stream.of("--kubernetes", "-f", Imported.sample(sample)), more.stream())
                        .toArray(String[]::new));
    }

    private static List<String> pathsIn(String text) {
        return IN_ETC.matcher(text.replaceAll("(?m)#.*$", ""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static GatewayConfig config(Path file) {
        return Objects.requireNonNull(
                new ConfigLoader(file, Strictness.LENIENT, name -> null).load().config());
    }

    @Test
    void paths_and_listeners_are_those_of_the_base() throws IOException {
        Imported imported = imported("thanos-receiver.yaml", USERS);
        GatewayConfig ours = config(folder.resolve("ringgate.yaml"));
        GatewayConfig base = config(BASE.resolve("config/ringgate.yaml"));

        assertThat(pathsIn(imported.file("ringgate.yaml")))
                .isEqualTo(pathsIn(Files.readString(BASE.resolve("config/ringgate.yaml"))));
        assertThat(ours.settings().listeners())
                .extracting(ListenerConfig::toString)
                .isEqualTo(base.settings().listeners().stream()
                        .map(ListenerConfig::toString)
                        .toList());
        assertThat(ours.settings().admin()).isEqualTo(base.settings().admin());
        assertThat(ours.settings().receivers()).isEqualTo(base.settings().receivers());
        assertThat(ours.settings().stamp().tenantLabel()).isNull();
    }

    @Test
    void every_path_is_one_that_the_pods_mount() throws IOException {
        Imported imported = imported("thanos-receiver.yaml", USERS);
        String deployment = Files.readString(BASE.resolve("deployment.yaml"));

        assertThat(pathsIn(imported.file("ringgate.yaml"))).isNotEmpty().allSatisfy(path -> {
            String mounted = path.endsWith("ringgate-limits") ? path : path.substring(0, path.lastIndexOf('/'));
            assertThat(deployment).contains("mountPath: " + mounted + ",");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"thanos-receiver.yaml", "list.yaml", "values.yaml", "old.yaml"})
    void the_check_finds_nothing_but_absent_files(String sample) throws IOException {
        Imported imported = imported(sample, USERS);

        assertThat(imported.code()).as(imported.err()).isEqualTo(sample.equals("list.yaml") ? 1 : 0);
        assertThat(imported.decided().loaded().problems().list())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.severity()).isEqualTo(Severity.WARNING))
                .allSatisfy(problem -> assertThat(problem.toString()).contains("does not exist"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thanos-receiver.yaml", "list.yaml", "values.yaml", "old.yaml"})
    void with_the_files_where_pods_have_them_it_is_good(String sample) throws IOException {
        Imported imported = imported(
                        sample, List.of(USERS.get(0), USERS.get(1), "--hashrings", Imported.sample("hashrings.yaml")))
                .decided();
        Path yaml = folder.resolve("ringgate.yaml");
        Files.writeString(
                yaml,
                imported.file("ringgate.yaml")
                        .replace("/etc/ringgate-limits", "limits")
                        .replace("/etc/ringgate-auth/auth", "htpasswd")
                        .replace("/etc/thanos-hashrings/", ""));

        assertThat(folder.resolve("limits/_default.yaml")).exists();
        assertThat(config(yaml).rings().list()).hasSize(1);
        assertThat(imported.loaded().problems().list())
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("limits", "edges.yaml"));
    }

    @Test
    void the_secret_of_the_ingress_is_used_as_it_is() throws IOException {
        assertThat(imported("thanos-receiver.yaml", USERS).report())
                .contains("Secret `thanos-receiver-auth` (key `auth`, `/etc/ringgate-auth`), which is used as it is")
                .contains("Secret `ringgate-vip-tls` (`/etc/ringgate-tls/vip`)")
                .contains("`thanos-receiver.k8s-central.example.com` as host, into your overlay's `site.yaml`")
                .doesNotContain("create secret generic thanos-receiver-auth");
    }

    @Test
    void another_one_becomes_that_of_the_pods() throws IOException {
        Path secret = Files.writeString(
                temporary.resolve("s.yaml"),
                Files.readString(Imported.SAMPLES.resolve("users.yaml"))
                        .replace("name: thanos-receiver-auth", "name: other"));

        assertThat(imported("thanos-receiver.yaml", List.of("--secret", secret.toString()))
                        .report())
                .contains("`kubectl -n monitoring create secret generic thanos-receiver-auth --from-file=auth="
                        + folder.resolve("htpasswd") + "`");
    }

    @Test
    void what_the_base_does_not_mount_is_told() throws IOException {
        Imported imported = Imported.ofText(folder, """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: in
                  namespace: m
                  annotations: {nginx.ingress.kubernetes.io/auth-tls-secret: m/edges-ca}
                spec:
                  rules:
                    - http: {paths: [{path: /api/v1/write, backend: {service: {name: prometheus, port: {number: 9090}}}}]}
                """, "--kubernetes");

        assertThat(imported.file("ringgate.yaml"))
                .contains("client_auth: require", "client_ca_file: \"/etc/ringgate-tls/edges-ca/ca.crt\"")
                .contains("dns: prometheus.m.svc.cluster.local")
                .doesNotContain("hashrings");
        assertThat(imported.report())
                .contains("Mount Secret `edges-ca` with its `ca.crt` at `/etc/ringgate-tls/edges-ca`")
                .contains("lead to Prometheus, port 9090")
                .contains("Take out `components/http-redirect`");
    }

    @Test
    void only_files_that_have_a_place_are_written() {
        imported("thanos-receiver.yaml", USERS);

        assertThat(Arrays.stream(Objects.requireNonNull(folder.toFile().list())).sorted())
                .containsExactly("edges.yaml", "htpasswd", "limits", "report.md", "ringgate.yaml");
    }
}
