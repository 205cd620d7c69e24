package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringgate.reject.Reason;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts are good, fire when they should, and like the dashboard name nothing but what a live page shows. */
@Tag("k8s")
@Tag("thanos")
@Tag("prometheus")
class MonitoringIT {

    private static final Pattern REASONS = Pattern.compile("reason(?:=~?|!~?)\"([a-z_|]+)\"");

    /** What the Compactor needs beside receivers with an out-of-order window. */
    private static final String MERGE_OVERLAPS = "--compact.enable-vertical-compaction";

    /** The label that the operator's scraping adds. */
    private static final String OF_PROMETHEUS = "pod";

    @TempDir
    Path scratch;

    @Test
    void promtool_takes_every_rule_and_each_is_an_alert_that_says_what_is_wrong() throws Exception {
        List<Path> files = AlertRules.write(scratch);
        List<String> command = new ArrayList<>(List.of("check", "rules"));
        files.forEach(file -> command.add(file.toString()));

        String said = AlertRules.promtool(scratch, command);

        assertThat(said).contains("SUCCESS").doesNotContain("FAILED");
        assertThat(AlertRules.all()).hasSizeGreaterThan(15).allSatisfy(rule -> {
            assertThat(rule.path("for").asText()).isNotEmpty();
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
        });
    }

    @Test
    void alerts_fire_when_they_should_and_not_before() throws Exception {
        AlertRules.write(scratch);
        List<String> command = new ArrayList<>(List.of("test", "rules"));
        try (Stream<Path> tests = Files.list(Path.of("src/test/resources/alerts"))) {
            for (Path test : tests.toList()) {
                Files.copy(test, scratch.resolve(test.getFileName()));
                command.add(test.getFileName().toString());
            }
        }
        assertThat(command).hasSizeGreaterThan(4);

        String said = AlertRules.promtool(scratch, command);

        assertThat(said).contains("SUCCESS").doesNotContain("FAILED");
    }

    @Test
    void a_reason_that_an_alert_names_is_one() {
        Set<String> known = Arrays.stream(Reason.values()).map(Reason::label).collect(Collectors.toSet());
        Set<String> named = new TreeSet<>();
        for (JsonNode rule : AlertRules.all()) {
            Matcher found = REASONS.matcher(rule.path("expr").asText());
            while (rule.path("expr").asText().contains("refused_writes_total") && found.find()) {
                named.addAll(List.of(found.group(1).split("\\|", -1)));
            }
        }
        assertThat(named).hasSizeGreaterThan(15);
        assertThat(known).containsAll(named);
    }

    @Test
    void alerts_and_dashboard_name_what_live_pages_show() throws Exception {
        Set<String> named = new TreeSet<>();
        expressions().forEach(expression -> named.addAll(Expressions.metrics(expression)));
        assertThat(named).hasSizeGreaterThan(25);
        Path gatewayFolder = Files.createDirectories(scratch.resolve("gateway"));
        Path compactorFolder = Files.createDirectories(scratch.resolve("compactor"));
        try (LiveReceiver.Alone receiver = LiveReceiver.alone(scratch, "cluster-01-central");
                LiveThanos compactor = LiveCompactor.start(compactorFolder, MERGE_OVERLAPS)) {
            receiver.program().awaitAnswer("/-/ready");
            try (TestGateway gateway = gateway(gatewayFolder, receiver)) {
                makeNews(gateway);
                String pages =
                        gateway.gateway().metricsPage() + receiver.program().metrics() + compactor.metrics();

                assertThat(named).allMatch(new ScrapedPage(pages)::has);
                assertThat(new ScrapedPage(pages).sum("ringgate_clock_skew_seconds"))
                        .as("a real receiver's Date")
                        .isBetween(-5.0, 5.0);
                assertThat(new ScrapedPage(pages).sum("ringgate_rings_hash"))
                        .isPositive()
                        .isEqualTo(new ScrapedPage(pages).sum("thanos_receive_config_hash"));
                for (String expression : expressions()) {
                    assertThat(Expressions.labels(expression))
                            .filteredOn(label -> !label.equals(OF_PROMETHEUS))
                            .allSatisfy(label -> assertThat(carried(expression, label, pages))
                                    .as("%s in %s", label, expression)
                                    .isTrue());
                }
            }
        }
    }

    /** The receivers' own help calls it otherwise, and the Compactor's shows it only where one looks for it. */
    @Test
    void what_the_compactor_needs_is_said_where_the_window_is_and_is_a_flag_of_it() throws Exception {
        try (LiveThanos compactor = LiveCompactor.start(scratch, MERGE_OVERLAPS)) {
            assertThat(compactor.metrics()).contains("thanos_compact_halted 0");
            assertThat(compactor.log()).contains("vertical compaction is enabled");
        }
        for (Path file : List.of(
                Kustomize.FILES.resolve("base/receivers/statefulset.yaml"),
                Kustomize.FILES.resolve("base/monitoring/receiver-alerts.yaml"),
                Kustomize.FILES.resolve("README.md"),
                Path.of("docs/operations/receivers.md"))) {
            assertThat(Files.readString(file)).as("%s", file).contains(MERGE_OVERLAPS);
        }
    }

    private List<String> expressions() {
        List<String> all = new ArrayList<>(otherExpressions());
        AlertRules.all().forEach(rule -> all.add(rule.path("expr").asText()));
        return all;
    }

    /** True when a series of one of its metrics has the label. */
    private static boolean carried(String expression, String label, String pages) {
        Set<String> metrics = Expressions.metrics(expression);
        return pages.lines()
                .filter(line -> line.matches(".*[{,]" + label + "=\".*"))
                .anyMatch(line -> metrics.contains(line.substring(0, line.indexOf('{'))));
    }

    /** Of the dashboard and of what scales the gateway. */
    private List<String> otherExpressions() {
        List<String> all = new ArrayList<>(dashboard().findValuesAsText("expr"));
        all.addAll(Kustomize.overlayWith(scratch, "cluster-01-central", "keda")
                .one("ScaledObject", "ringgate")
                .at("/spec/triggers")
                .findValuesAsText("query"));
        return all;
    }

    @Test
    void promtool_takes_the_expressions_of_dashboard_and_autoscaler() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: all\n    rules:\n");
        for (String expression : otherExpressions()) {
            rules.append("      - record: one:").append(rules.length()).append("\n        expr: |\n          ");
            rules.append(expression).append('\n');
        }
        Path file = Files.writeString(scratch.resolve("expressions.yaml"), rules);

        assertThat(AlertRules.promtool(scratch, List.of("check", "rules", file.toString())))
                .contains("SUCCESS");
    }

    private static TestGateway gateway(Path folder, LiveReceiver.Alone receiver) throws Exception {
        return TestGateway.in(folder)
                .receivers(receiver.yaml())
                .edge("cluster-02-edge", "default-tenant", "    allowed_sources: [127.0.0.0/8]")
                .entry("{name: cluster-05-edge, tenant: default-tenant, credentials:"
                        + " [{basic: {user: cluster-02-edge-new}, not_after: 2099-01-01T00:00:00Z}]}")
                .limits("_default", "per_edge: {requests_per_second: 1000}")
                .hash("cluster-02-edge-new", Md5Crypt.apr1Crypt(TestGateway.PASSWORD))
                .start();
    }

    /** Something is stored, something is refused. */
    private static void makeNews(TestGateway gateway) throws IOException {
        byte[] good = Proto.write(Proto.gauge("__name__", "up")).packed();
        byte[] oneBad = Proto.write(
                        Proto.gauge("__name__", "up", "cluster", "other", "job", "a"),
                        Proto.gauge("job", "b", "job", "b"))
                .packed();
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            RawAnswer stored =
                    client.send(Request.write("cluster-02-edge", good)).answer();
            assertThat(stored.status()).as(stored.body()).isEqualTo(204);
            assertThat(client.send(Request.write("cluster-02-edge", oneBad))
                            .answer()
                            .status())
                    .isEqualTo(400);
        }
        try (RawClient client = RawClient.plain(gateway.tlsPort())) {
            assertThat(client.send(Request.of("GET", "/")).answer().status()).isEqualTo(400);
        }
    }

    @Test
    void the_dashboard_s_panels_ask_the_chosen_data_source() {
        JsonNode dashboard = dashboard();
        assertThat(dashboard.path("panels")).hasSizeGreaterThan(10).allSatisfy(panel -> {
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("title").asText()).isNotEmpty();
        });
        assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
    }

    @Test
    void prometheus_finds_what_it_is_to_scrape() {
        Manifests built = Kustomize.overlay("cluster-01-central");
        assertThat(built.ofKind("ServiceMonitor")).hasSize(2).allSatisfy(monitor -> {
            List<Manifest> services = built.ofKind("Service").stream()
                    .filter(service ->
                            Manifests.carries(service.at("/metadata/labels"), monitor.at("/spec/selector/matchLabels")))
                    .toList();
            assertThat(services).hasSize(1);
            Manifest service = services.getFirst();
            assertThat(service.namespace()).isEqualTo(monitor.namespace());
            assertThat(service.at("/spec/ports").findValuesAsText("name"))
                    .contains(monitor.text("/spec/endpoints/0/port"));
        });
        Manifest gateway = built.one("ServiceMonitor", "ringgate");
        assertThat(gateway.text("/spec/endpoints/0/scheme")).isEqualTo("https");
        assertThat(gateway.text("/spec/endpoints/0/tlsConfig/serverName"))
                .isEqualTo(built.one("Certificate", "ringgate-admin").text("/spec/dnsNames/0"));
        assertThat(gateway.text("/spec/endpoints/0/tlsConfig/ca/secret/name"))
                .isEqualTo(built.one("Certificate", "ringgate-admin").text("/spec/secretName"));
    }

    private static JsonNode dashboard() {
        return Kustomize.yaml(Kustomize.overlay("cluster-01-central")
                .one("ConfigMap", "ringgate-dashboard")
                .at("/data")
                .path("ringgate.json")
                .asText());
    }
}
