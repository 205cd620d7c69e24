package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Among many Ingresses the way of writes is found, or told, and what stands at its end is asked as what it is. */
class WriteIngressesTest {

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("o");
    }

    private static String ingress(String namespace, String name, String path, String service, String port) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %s, namespace: %s}
                spec:
                  rules:
                    - host: %s.example
                      http: {paths: [{path: "%s", backend: {service: {name: %s, port: %s}}}]}
                """.formatted(name, namespace, name, path, service, port);
    }

    @Test
    void a_port_of_receivers_says_more_than_a_name() throws IOException {
        Imported imported = Imported.ofText(
                folder(),
                ingress("flux-system", "hooks", "/", "webhook-receiver", "{number: 80}")
                        + ingress("git", "events", "/", "push-receiver", "{number: 80}")
                        + ingress("m", "writes", "/", "ingester", "{number: 19291}"));

        assertThat(imported.file("ringgate.yaml"))
                .contains("dns: ingester.m.svc.cluster.local", "port: 19291")
                .doesNotContain("hooks.example", "events.example");
        assertThat(imported.report())
                .contains("Of what was found 1 takes writes and 2 does not")
                .contains("to webhook-receiver:80` → no backend that takes writes")
                .contains(
                        "to push-receiver:80` → `receive` is in its name only, while others have the port or the path of"
                                + " receivers; `--ingress` says otherwise");
    }

    @Test
    void a_webhook_before_receivers_is_not_taken_for_them() throws IOException {
        Imported imported = Imported.ofText(
                folder(),
                ingress("flux-system", "hooks", "/", "webhook-receiver", "{number: 80}")
                        + ingress("m", "writes", "/", "thanos-receiver", "{name: http}"));

        assertThat(imported.file("ringgate.yaml"))
                .contains("dns: thanos-receiver.m.svc.cluster.local")
                .doesNotContain("hooks");
    }

    @Test
    void a_name_is_enough_where_nothing_says_more() throws IOException {
        Imported imported = Imported.ofText(folder(), ingress("m", "writes", "/", "push-receiver", "{number: 8080}"));

        assertThat(imported.file("ringgate.yaml")).contains("dns: push-receiver.m.svc.cluster.local");
    }

    @Test
    void it_may_be_named() throws IOException {
        String yaml = ingress("m", "writes", "/", "edge-in", "{number: 8080}")
                + ingress("n", "writes", "/", "thanos-receiver", "{number: 19291}");

        Imported imported = Imported.ofText(folder(), yaml, "--ingress", "m/writes");

        assertThat(imported.file("ringgate.yaml")).contains("dns: edge-in.m.svc.cluster.local", "port: 8080");
        assertThat(imported.report())
                .contains("to thanos-receiver:19291` → it is none of those that `--ingress` names");
    }

    @Test
    void several_may_be_named_and_sections_by_their_keys() throws IOException {
        String yaml = ingress("default", "one", "/", "thanos-collector", "{number: 19291}")
                + "---\ncollector: {ingress: {enabled: true, hostname: c.example}}\n";

        Imported imported =
                Imported.ofText(folder(), yaml, "--ingress", "default/one", "--ingress", "collector.ingress");

        assertThat(imported.report()).contains("Of what was found 2 takes writes and 0 does not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "writes",
                "m/writes",
                "ingress/writes",
                "ingress.networking.k8s.io/writes",
                "Ingress m/writes",
                "charts/x/receive.ingress",
                "monitoring/charts/x/receive.ingress",
                "section charts/x/receive.ingress",
            })
    void it_is_named_as_the_report_and_kubectl_print_it(String named) throws IOException {
        String yaml = ingress("m", "writes", "/", "thanos-receiver", "{number: 19291}")
                + "---\nnamespaceOverride: monitoring\ncharts/x/receive: {ingress: {enabled: true, hostname: c.example}}\n";

        Imported imported = Imported.ofText(folder(), yaml, "--ingress", named);

        assertThat(imported.err()).doesNotContain("is not among what was found");
        assertThat(imported.report()).contains("Of what was found 1 takes writes and 1 does not");
    }

    @Test
    void a_secret_that_is_no_file_is_told_how_to_become_one() throws IOException {
        Imported imported = Imported.ofText(
                folder(), ingress("m", "in", "/", "thanos-receiver", "{number: 19291}"), "--secret", "m/users");

        assertThat(imported.code()).isEqualTo(2);
        assertThat(imported.err())
                .isEqualTo(
                        "ringgate: m/users does not exist: --secret names a file, write the output of `kubectl get secret"
                                + " -n m users -o yaml` into one.\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            m/other | --ingress m/other is not among what was found (m/in).
            n/in    | --ingress n/in is not among what was found (m/in).
            ''      | No Ingress leads to receivers
            """)
    void where_none_is_found_the_option_is_named(String named, String sentence) throws IOException {
        String yaml = ingress("m", "in", "/", "edge-in", "{number: 8080}");

        Imported imported =
                named.isEmpty() ? Imported.ofText(folder(), yaml) : Imported.ofText(folder(), yaml, "--ingress", named);

        assertThat(imported.code()).isEqualTo(2);
        assertThat(imported.err()).startsWith("ringgate: " + sentence).contains("--ingress ");
        assertThat(folder()).doesNotExist();
    }

    @Test
    void a_port_by_its_name_and_by_its_number_is_one() throws IOException {
        Imported imported = Imported.ofText(
                folder(),
                ingress("m", "one", "/", "thanos-receiver", "{name: remote-write}")
                        + ingress("m", "two", "/", "thanos-receiver", "{number: 19291}"));

        assertThat(imported.report())
                .doesNotContain("second backend")
                .contains("- carried: `backend thanos-receiver:19291`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prometheus-operated | /api/v1/write | {number: 9090}   | 9090
            prometheus-operated | /api/v1/write | {name: web}      | 9090
            monitoring-k8s      | /api/v1/write | {name: http-web} | 9090
            prometheus          | /api/v1/write | {number: 80}     | 80
            """)
    void prometheus_takes_writes_at_its_own_path_and_port(String service, String path, String port, int asked)
            throws IOException {
        Imported imported = Imported.ofText(folder(), ingress("m", "in", path, service, port));

        assertThat(imported.file("ringgate.yaml")).endsWith("""
                receivers:
                  dns: %s.m.svc.cluster.local
                  write:
                    port: %d
                    path: /api/v1/write
                  health:
                    port: %d
                    path: /-/ready
                """.formatted(service, asked, asked));
        assertThat(imported.report()).contains("It is Prometheus, not Thanos");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            thanos-receive  | /api/v1/write | {number: 9090}
            prometheus-rw   | /api/v1/write | {number: 19291}
            receive         | /api/v1/write | {name: http}
            """)
    void thanos_behind_the_path_of_prometheus_stays_thanos(String service, String path, String port)
            throws IOException {
        Imported imported = Imported.ofText(folder(), ingress("m", "in", path, service, port));

        assertThat(imported.file("ringgate.yaml")).doesNotContain("path:");
    }
}
