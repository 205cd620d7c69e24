package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ProtobufMessage;
import io.ringgate.testing.ScrapedTarget;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.TestGateway;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What rides on a series beside its samples goes through a real agent, the gateway and a real receiver. */
@Tag("prometheus")
class PrometheusPointsIT {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PROTOBUF =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void an_exemplar_arrives() throws Exception {
        ScrapedTarget target = rig.showing(OPEN_METRICS, """
                # TYPE sheaves counter
                sheaves_total 5.0 # {trace_id="4bf92f35"} 3.0
                # EOF
                """.getBytes(StandardCharsets.UTF_8));

        Sent sent = send(target);

        JsonNode found = Eventually.see(
                "the exemplar is stored",
                () -> sent.receiver.api().exemplars("sheaves_total{cluster=\"alpha\",tenant=\"acme\"}"),
                all -> !all.isEmpty());
        JsonNode exemplar = found.get(0).get("exemplars").get(0);
        assertThat(exemplar.get("labels").get("trace_id").asText()).isEqualTo("4bf92f35");
        assertThat(exemplar.get("value").asDouble()).isEqualTo(3);
        SenderCounts.lostNothing(sent.agent);
    }

    @Test
    void a_native_histogram_arrives() throws Exception {
        ScrapedTarget target = rig.showing(PROTOBUF, nativeHistogram());

        Sent sent = send(target);

        JsonNode found = Eventually.see(
                "the native histogram is stored",
                () -> sent.receiver.api().query("sheaf_weight{cluster=\"alpha\",tenant=\"acme\"}"),
                all -> !all.isEmpty());
        JsonNode histogram = found.get(0).get("histogram").get(1);
        assertThat(histogram.get("count").asText()).isEqualTo("7");
        assertThat(histogram.get("sum").asText()).isEqualTo("11.5");
        assertThat(histogram.get("buckets")).hasSize(3);
        SenderCounts.lostNothing(sent.agent);
    }

    private record Sent(PrometheusProcess agent, PrometheusProcess receiver) {}

    private Sent send(ScrapedTarget target) throws Exception {
        PrometheusProcess receiver = rig.receiver("receiver");
        TestGateway gateway = rig.start(rig.gatewayFor(receiver).edge("alpha", "acme"));
        AgentConfig config = new AgentConfig()
                .scrape("field", target.port())
                .remote(gateway.url("/api/v1/receive"), "alpha", rig.passwordFile(TestGateway.PASSWORD), gateway.ca());
        return new Sent(rig.agent("agent", config), receiver);
    }

    /**
     * The page that a client library writes for one native histogram, as io.prometheus.client.MetricFamily: 7
     * observations, one of them zero, in two buckets beside it.
     */
    private static byte[] nativeHistogram() {
        byte[] span = ProtobufMessage.of(out -> {
            out.writeSInt32(1, 0);
            out.writeUInt32(2, 2);
        });
        byte[] histogram = ProtobufMessage.of(out -> {
            out.writeUInt64(1, 7);
            out.writeDouble(2, 11.5);
            out.writeSInt32(5, 0);
            out.writeDouble(6, 0.001);
            out.writeUInt64(7, 1);
            out.writeByteArray(12, span);
            out.writeSInt64(13, 2);
            out.writeSInt64(13, 2);
        });
        byte[] family = ProtobufMessage.of(out -> {
            out.writeString(1, "sheaf_weight");
            out.writeString(2, "Kilograms.");
            out.writeEnum(3, 4);
            out.writeByteArray(4, ProtobufMessage.of(metric -> metric.writeByteArray(7, histogram)));
        });
        return ProtobufMessage.of(out -> out.writeByteArrayNoTag(family));
    }
}
