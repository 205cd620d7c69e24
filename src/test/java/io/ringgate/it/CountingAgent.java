package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusApi;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ScrapedTarget;
import io.ringgate.testing.TestGateway;
import java.nio.file.Path;

/**
 * The agent of an edge that scrapes counters of its own scrapes: every sample that is lost shows as a missing number. It
 * sends each batch until it is acknowledged or refused for good, so at the end all it scraped must be stored.
 */
final class CountingAgent {

    static final String COUNTER = "scrapes_of_the_test_total";
    private static final int ROWS = 5;
    private static final int A_FEW = 4;

    private final String edge;
    private final PrometheusProcess agent;
    private final ScrapedTarget target;

    private CountingAgent(String edge, PrometheusProcess agent, ScrapedTarget target) {
        this.edge = edge;
        this.agent = agent;
        this.target = target;
    }

    /** Writes to the TLS port with the credential of the edge. */
    static CountingAgent start(PrometheusRig rig, String edge, int tlsPort, Path ca) throws Exception {
        ScrapedTarget target = rig.counting(COUNTER, ROWS);
        AgentConfig config = new AgentConfig()
                .withoutOwnPage()
                .scrape(edge, target.port())
                .remote(
                        "https://127.0.0.1:" + tlsPort + "/api/v1/receive",
                        edge,
                        rig.passwordFile(TestGateway.PASSWORD),
                        ca);
        return new CountingAgent(edge, rig.agent(edge, config), target);
    }

    static CountingAgent start(PrometheusRig rig, String edge, TestGateway gateway) throws Exception {
        return start(rig, edge, gateway.tlsPort(), gateway.ca());
    }

    PrometheusProcess process() {
        return agent;
    }

    /** Waits until it has scraped some more, whatever becomes of what it writes. */
    void scrapesOn() {
        long now = target.scrapes();
        Eventually.becomes("the agent of " + edge + " scrapes on", () -> target.scrapes() >= now + A_FEW);
    }

    /** Waits until what it scrapes now is stored. */
    void isStoredBy(PrometheusApi query) {
        Stored.seenBy(query).reaches(row(0), target.scrapes());
    }

    /** A failed scrape on a busy machine is the agent's own gap: it is in the series {@code up}, as 0. */
    void nothingIsMissing(PrometheusApi query) throws Exception {
        Stored stored = Stored.seenBy(query);
        long last = target.scrapes() + A_FEW;
        for (int row = 0; row < ROWS; row++) {
            assertThat(stored.gaps(row(row), last))
                    .as("values of %s that are missing", row(row))
                    .hasSizeLessThanOrEqualTo((int) stored.failedScrapes(edge));
        }
    }

    void hadNothingRefused() throws Exception {
        SenderCounts.lostNothing(agent);
    }

    private String row(int row) {
        return COUNTER + "{cluster=\"" + edge + "\",row=\"" + row + "\"}";
    }
}
