package io.ringgate.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.cli.CommandFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngressFinderTest {

    private static IngressFinder look(String text) {
        IngressFinder finder = new IngressFinder();
        finder.search(new InputText("f", text));
        return finder;
    }

    private static List<Ingress> sample(String name) {
        IngressFinder finder = new IngressFinder();
        finder.search(InputText.read(Imported.sample(name)));
        return finder.found();
    }

    @Test
    void every_item_of_a_list_is_found_by_what_stands_behind_it() {
        assertThat(sample("list.yaml"))
                .extracting(Ingress::role)
                .containsExactly(BackendRole.WRITE, BackendRole.QUERY, BackendRole.GRAFANA, BackendRole.BUCKET);
    }

    @Test
    void every_section_of_a_charts_values_is_found_where_it_stands() {
        assertThat(sample("values.yaml"))
                .extracting(ingress -> ingress.title().replaceFirst(" \\(.*", "") + " " + ingress.enabled())
                .containsExactly(
                        "section receive.ingress true",
                        "section query.ingress true",
                        "section query.ingress.grpc false",
                        "section grafana.ingress true",
                        "section prometheus.ingress false");
    }

    @Test
    void the_older_form_is_read() {
        assertThat(sample("old.yaml"))
                .singleElement()
                .satisfies(ingress -> assertThat(ingress.routes())
                        .extracting(Ingress.Route::backend)
                        .extracting(Object::toString)
                        .containsExactly("default-http-backend:80", "thanos-receive:10902"));
    }

    @Test
    void json_is_read_as_kubectl_prints_it() {
        IngressFinder finder = look("""
                {
                    "apiVersion": "v1", "kind": "List",
                    "items": [{
                        "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
                        "metadata": {"name": "r", "namespace": "m", "annotations": {"a/b": "x\\u003cy\\/\\"z\\"\\n"}},
                        "spec": {"rules": [{"host": "h", "http": {"paths": [
                            {"path": "/", "backend": {"service": {"name": "s", "port": {"number": 19291}}}}]}}]}
                    }]
                }
                """);

        assertThat(finder.found()).singleElement().satisfies(ingress -> {
            assertThat(ingress.annotations()).containsEntry("a/b", "x<y/\"z\"\n");
            assertThat(ingress.role()).isEqualTo(BackendRole.WRITE);
        });
    }

    @Test
    void what_is_known_of_no_ingress_is_a_remark() {
        IngressFinder finder = look("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: r, labels: {app: r}}
                spec: {surprise: {deep: [1, 2]}}
                """);

        assertThat(finder.found().getFirst().remarks())
                .extracting(entry -> entry.toString().replaceFirst(" →.*", ""))
                .containsExactly(
                        "- not carried: `spec.surprise.deep[0]: 1`",
                        "- not carried: `spec.surprise.deep[1]: 2`",
                        "- not carried: `metadata.labels.app: r`");
    }

    @Test
    void other_objects_and_repeated_keys_are_told() {
        IngressFinder finder = look("""
                kind: Service
                metadata: {name: s, name: t}
                ---
                other: &a {x: 1}
                more: *a
                """);

        assertThat(finder.passedOver())
                .containsExactly(
                        "f:2: name is a duplicate key, the last counts",
                        "f: Service t contains no Ingress",
                        "f: a document contains no Ingress");
    }

    @ParameterizedTest
    @CsvSource({"traefik.io/v1alpha1, IngressRoute", "gateway.networking.k8s.io/v1, HTTPRoute"})
    void a_route_of_another_kind_has_to_be_decided(String version, String kind) {
        IngressFinder finder = look("""
                apiVersion: %s
                kind: %s
                metadata: {name: receive}
                spec: {routes: [{match: Host(`a`), services: [{name: thanos-receive, port: 19291}]}]}
                """.formatted(version, kind));

        assertThat(finder.passedOver()).isEmpty();
        assertThat(finder.besides()).singleElement().satisfies(line -> {
            assertThat(line.finding().isUndecided()).isTrue();
            assertThat(line)
                    .asString()
                    .contains(kind + " receive (f)` → it is a route as an Ingress is one, and is not read");
        });
    }

    @Test
    void a_network_policy_is_no_ingress() {
        assertThat(look("networkPolicy: {ingress: [{from: []}]}\nspec: {ingress: {rules: 1}}")
                        .found())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            thanos-receiver         | 19291        | /                | WRITE
            prometheus              | 9090         | /api/v1/write    | WRITE
            whatever                | 10908        | /                | WRITE
            whatever                | remote-write | /                | WRITE
            thanos-query-frontend   | 9090         | /                | FRONTEND
            thanos-query            | 9090         | /                | QUERY
            thanos-querier          | http         | /                | QUERY
            kube-prometheus-grafana | 80           | /                | GRAFANA
            thanos-bucketweb        | 8080         | /                | BUCKET
            prometheus              | 9090         | /                | OTHER
            thanos-receive-route    | http         | /                | WRITE
            receiver                | http         | /                | RECEIVES
            receiver                | 19291        | /                | WRITE
            whatever                | http         | /api/v1/receive/?(.*) | WRITE
            whatever                | http         | /api/v1/receivers | OTHER
            webhook-receiver        | 80           | /                | OTHER
            otel-receiver           | 4318         | /                | OTHER
            """)
    void what_stands_behind_a_route_shows(String service, String port, String path, BackendRole role) {
        assertThat(new Ingress.Route("receive.example", path, new Ingress.ServiceRef(service, port, true)).role())
                .isEqualTo(role);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "\tkind: Ingress",
                "{{- if .Values.ingress.enabled }}\nkind: Ingress\n{{- end }}",
                "a: \"\\ud8\"",
                "a: \"\\U99999999\""
            })
    void what_is_no_yaml_is_one_sentence_with_the_line(String text) {
        assertThatThrownBy(() -> look(text))
                .isInstanceOf(CommandFailure.class)
                .message()
                .matches(
                        "f:\\d+: this is not YAML: .*; a chart's template has to be rendered first, by `helm template`\\.");
    }
}
