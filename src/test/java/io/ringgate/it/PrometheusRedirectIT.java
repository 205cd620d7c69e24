package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real agent whose URL still says http. */
@Tag("prometheus")
class PrometheusRedirectIT {

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void an_agent_follows_the_redirect_and_loses_and_repeats_nothing() throws Exception {
        PrometheusProcess receiver = rig.receiver("receiver");
        TestGateway gateway = rig.start(rig.gatewayFor(receiver)
                .edge("berlin", "acme")
                .tlsPort(FreePort.next())
                .listener("{address: '127.0.0.1:0', redirect_to_https: true}"));
        int port = gateway.gateway().ports().get(2);
        AgentConfig config = new AgentConfig()
                .remote(
                        "http://127.0.0.1:" + port + "/api/v1/receive",
                        "berlin",
                        rig.passwordFile(TestGateway.PASSWORD),
                        gateway.ca());

        PrometheusProcess agent = rig.agent("agent", config);

        assertThat(new StoredSamples(receiver).series("up", 1))
                .extracting(labels -> labels.get("cluster"))
                .containsExactly("berlin");
        SenderCounts.sentSome(agent);
        SenderCounts.lostNothing(agent);
        SenderCounts.repeatedNothing(agent);
        assertThat(new ScrapedPage(gateway.gateway().metricsPage()).sum("ringgate_refused_writes_total"))
                .isZero();
    }
}
