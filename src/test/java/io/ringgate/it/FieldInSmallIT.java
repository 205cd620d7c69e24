package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusApi;
import io.ringgate.testing.PrometheusApi.Series;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ScrapedTarget;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.ThanosProcess;
import io.ringgate.testing.ThanosProgram;
import io.ringgate.testing.ThanosRig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The platform as the field has it: three edge clusters, one with a pair of agents, write to three receivers. */
@Tag("thanos")
class FieldInSmallIT {

    private static final String PAIR = "cluster-02-edge";
    /** What the agents call themselves: it goes on as {@code exported_cluster}. */
    private static final String SENDERS_NAME = "a-name-of-the-sender";

    private static final String PAGE = "# TYPE field_height gauge\nfield_height{crop=\"rye\"} 42.5\n";

    @RegisterExtension
    static final ThanosRig THANOS = ThanosRig.of(ThanosProgram.V0_37_2);

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void query_shows_exactly_the_three_clusters_and_a_pair_of_agents_as_one() throws Exception {
        TestGateway gateway = rig.start(TestGateway.in(rig.folder())
                .receivers(THANOS.ring().yaml())
                .edge(PAIR, "default-tenant")
                .edge("cluster-03-edge", "default-tenant")
                .edge("cluster-04-edge", "team-north"));
        ScrapedTarget target = rig.showing(PAGE);
        List<PrometheusProcess> agents = new ArrayList<>();
        for (String replica : List.of("prometheus-0", "prometheus-1")) {
            agents.add(rig.agent(
                    PAIR + "-" + replica, agent(PAIR, gateway, target).externalLabel("prometheus_replica", replica)));
        }
        for (String cluster : List.of("cluster-03-edge", "cluster-04-edge")) {
            agents.add(rig.agent(cluster, agent(cluster, gateway, target)));
        }

        PrometheusApi query = THANOS.ring().deduplicated();
        Eventually.see("all clusters are stored", () -> query.query("count by (cluster) (up)"), all -> all.size() == 3);
        Eventually.see(
                "each replica of the pair is stored three times",
                () -> THANOS.ring().replicas().samples("field_height{cluster=\"" + PAIR + "\"}"),
                replicas -> replicas.size() == 6);

        assertThat(values(query.query("count by (cluster) (up)")))
                .isEqualTo(Map.of(PAIR, 1.0, "cluster-03-edge", 1.0, "cluster-04-edge", 1.0));
        assertThat(query.labelValues("cluster")).containsExactly(PAIR, "cluster-03-edge", "cluster-04-edge");
        assertThat(values(query.query("up{cluster=\"cluster-03-edge\"}"))).isEqualTo(Map.of("cluster-03-edge", 1.0));
        assertThat(query.samples("field_height{cluster=\"" + PAIR + "\"}"))
                .extracting(Series::labels)
                .containsExactly(Map.of(
                        "__name__", "field_height",
                        "cluster", PAIR,
                        "exported_cluster", SENDERS_NAME,
                        "crop", "rye",
                        "instance", "127.0.0.1:" + target.port(),
                        "job", "field",
                        "tenant", "default-tenant",
                        "tenant_id", "default-tenant"));
        assertThat(query.query("up{tenant_id=\"team-north\"}")).hasSize(1);
        whatWasReceivedIsCounted(gateway);
        for (PrometheusProcess agent : agents) {
            SenderCounts.lostNothing(agent);
        }
    }

    private static void whatWasReceivedIsCounted(TestGateway gateway) throws Exception {
        assertThat(gateway.metric("ringgate_accepted_samples_total{tenant=\"default-tenant\"}"))
                .isPositive();
        assertThat(gateway.metric("ringgate_accepted_samples_total{tenant=\"team-north\"}"))
                .isPositive();
        double received = 0;
        for (ThanosProcess receiver : THANOS.ring().receivers()) {
            received += receiver.api().metrics().sum("thanos_receive_write_samples_sum");
        }
        assertThat(received).isPositive();
    }

    private AgentConfig agent(String edge, TestGateway gateway, ScrapedTarget target) throws Exception {
        return new AgentConfig()
                .withoutOwnPage()
                .externalLabel("cluster", SENDERS_NAME)
                .scrape("field", target.port())
                .remote(gateway.url("/api/v1/receive"), edge, rig.passwordFile(TestGateway.PASSWORD), gateway.ca());
    }

    private static Map<String, Double> values(JsonNode result) {
        Map<String, Double> values = new TreeMap<>();
        result.forEach(each -> values.put(
                each.path("metric").path("cluster").asText(),
                each.path("value").path(1).asDouble()));
        return values;
    }
}
