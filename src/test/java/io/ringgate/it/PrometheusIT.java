package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.ScrapedTarget;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.TestGateway;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real Prometheus writes through the gateway to real ones: labels, paths and credentials. */
@Tag("prometheus")
class PrometheusIT {

    private static final String PAGE = """
            # TYPE field_height gauge
            field_height{crop="rye",tenant="intruder"} 42.5
            """;

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void a_series_arrives_with_the_labels_of_its_edge() throws Exception {
        PrometheusProcess one = rig.receiver("receiver-1");
        PrometheusProcess two = rig.receiver("receiver-2");
        TestGateway gateway = rig.start(rig.gatewayFor(one, two)
                .edge("overwriting", "acme", "    labels: {zone: z1, region: stamped}", "    on_conflict: overwrite")
                .edge(
                        "keeping",
                        "globex",
                        "    labels: {region: stamped}",
                        "    on_conflict: {cluster: keep, region: overwrite, tenant: overwrite}"));
        ScrapedTarget target = rig.showing(PAGE);
        AgentConfig config = new AgentConfig()
                .externalLabel("cluster", "sent")
                .externalLabel("region", "sent")
                .externalLabel("environment", "test")
                .scrape("field", target.port())
                .scrape("gateway", gateway.adminPort());
        writeAs("overwriting", gateway, config);
        writeAs("keeping", gateway, config);

        PrometheusProcess agent = rig.agent("agent", config);

        StoredSamples stored = new StoredSamples(one, two);
        Map<String, String> scraped = Map.of(
                "__name__", "field_height", "crop", "rye", "job", "field", "instance", "127.0.0.1:" + target.port());
        assertThat(stored.series("field_height", 2))
                .containsExactlyInAnyOrder(
                        with(
                                scraped,
                                Map.of(
                                        "cluster",
                                        "overwriting",
                                        "environment",
                                        "test",
                                        "region",
                                        "stamped",
                                        "tenant",
                                        "acme",
                                        "zone",
                                        "z1")),
                        with(
                                scraped,
                                Map.of(
                                        "cluster",
                                        "sent",
                                        "environment",
                                        "test",
                                        "region",
                                        "stamped",
                                        "tenant",
                                        "globex")));
        assertThat(stored.values("field_height")).containsExactly(42.5);
        assertThat(stored.series("ringgate_accepted_samples_total{job=\"gateway\"}", 2))
                .isNotEmpty();
        SenderCounts.sentSome(agent);
        SenderCounts.lostNothing(agent);
        SenderCounts.repeatedNothing(agent);
    }

    /** What a scrape makes of labels that its target shows and that it sets, too, is what we make of them. */
    @Test
    void a_label_that_is_set_twice_is_renamed_as_by_a_scrape() throws Exception {
        PrometheusProcess receiver = rig.receiver("receiver");
        TestGateway gateway = rig.start(rig.gatewayFor(receiver)
                .edge("alpha", "acme", "    labels: {region: here, a: ours, exported_a: ours, zone: here}"));
        ScrapedTarget target = rig.showing("""
                # TYPE wheat gauge
                wheat{cluster="kafka-1"} 1
                wheat{cluster="kafka-2",region="there",zone="there"} 2
                wheat{cluster="kafka-2",exported_cluster="x",exported_exported_region="y",region="there"} 3
                wheat{a="1",exported_a="2"} 4
                wheat{a="1",exported_a="2",exported_exported_a="3",exported_exported_exported_a="4"} 5
                wheat{a="1",exported_exported_a="3"} 6
                wheat{exported_a="2"} 7
                """);
        PrometheusProcess scraping = rig.server("scraping", """
                global: {scrape_interval: 500ms, scrape_timeout: 500ms}
                scrape_configs:
                  - job_name: field
                    static_configs:
                      - targets: ['127.0.0.1:%d']
                        labels: {cluster: alpha, tenant: acme, region: here, a: ours, exported_a: ours, zone: here}
                """.formatted(target.port()));

        rig.agent("agent", writeAs("alpha", gateway, new AgentConfig().scrape("field", target.port())));

        assertThat(new StoredSamples(receiver).series("wheat", 7))
                .hasSize(7)
                .isEqualTo(new StoredSamples(scraping).series("wheat", 7));
    }

    @Test
    void every_path_and_every_way_to_name_password_and_authority_is_taken() throws Exception {
        PrometheusProcess receiver = rig.receiver("receiver");
        TestGateway gateway = rig.start(rig.gatewayFor(receiver)
                .edge("thanos", "acme")
                .edge("prometheus", "acme")
                .edge("mimir", "acme"));
        String inline = "    basic_auth: {username: %s, password: " + TestGateway.PASSWORD + "}\n";
        AgentConfig config = new AgentConfig()
                .remote(gateway.url("/api/v1/receive"), "thanos", rig.passwordFile(TestGateway.PASSWORD), gateway.ca())
                .remote(
                        gateway.url("/api/v1/write"),
                        inline.formatted("prometheus") + "    tls_config: {insecure_skip_verify: true}")
                .remote(
                        gateway.url("/api/v1/push"),
                        inline.formatted("mimir") + "    tls_config: {ca_file: " + gateway.ca() + "}");

        PrometheusProcess agent = rig.agent("agent", config);

        assertThat(new StoredSamples(receiver).series("up", 3))
                .extracting(labels -> labels.get("cluster"))
                .containsExactlyInAnyOrder("thanos", "prometheus", "mimir");
        SenderCounts.lostNothing(agent);
        SenderCounts.repeatedNothing(agent);
    }

    @Test
    void a_wrong_password_brings_nothing_to_a_receiver() throws Exception {
        PrometheusProcess receiver = rig.receiver("receiver");
        TestGateway gateway =
                rig.start(rig.gatewayFor(receiver).edge("alpha", "acme").edge("beta", "acme"));
        AgentConfig wrong = new AgentConfig()
                .remote(gateway.url("/api/v1/receive"), "alpha", rig.passwordFile("open barley"), gateway.ca());

        PrometheusProcess refused = rig.agent("refused", wrong);

        Eventually.see("samples failed", () -> SenderCounts.of(refused, "samples_failed_total"), n -> n > 0);
        assertThat(SenderCounts.of(refused, "samples_retried_total")).isZero();
        assertThat(refusals(gateway, "wrong_credential")).isPositive();

        AgentConfig right = writeAs("beta", gateway, new AgentConfig());
        PrometheusProcess accepted = rig.agent("accepted", right);

        assertThat(new StoredSamples(receiver).series("up", 1))
                .extracting(labels -> labels.get("cluster"))
                .containsExactly("beta");
        assertThat(receiver.api().query("{cluster=\"alpha\"}")).isEmpty();
        SenderCounts.lostNothing(accepted);
    }

    private AgentConfig writeAs(String user, TestGateway gateway, AgentConfig config) throws Exception {
        return config.remote(
                gateway.url("/api/v1/receive"), user, rig.passwordFile(TestGateway.PASSWORD), gateway.ca());
    }

    private static double refusals(TestGateway gateway, String reason) {
        return new ScrapedPage(gateway.gateway().metricsPage())
                .sum("ringgate_refused_writes_total", "reason=\"" + reason + "\"");
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
