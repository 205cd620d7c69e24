package io.ringgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/**
 * The agent of an edge that scrapes counters of its own scrapes: every sample that is lost shows as a missing number. It
 * sends each batch until it is acknowledged or refused for good, so at the end all it scraped must be stored.
 */
public final class CountingAgent {

    public static final String COUNTER = "scrapes_of_the_test_total";
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
    public static CountingAgent start(PrometheusRig rig, String edge, int tlsPort, Path ca) throws Exception {
        return start(rig, edge, tlsPort, """
                    basic_auth: {username: %s, password_file: %s}
                    tls_config: {ca_file: %s}
                """.formatted(edge, rig.passwordFile(TestGateway.PASSWORD), ca));
    }

    /** Writes to the TLS port with these lines for its security, indented by four. */
    public static CountingAgent start(PrometheusRig rig, String edge, int tlsPort, String security) throws Exception {
        ScrapedTarget target = rig.counting(COUNTER, ROWS);
        PrometheusProcess agent = rig.agent(edge, config(edge, target, tlsPort, List.of(security)));
        return new CountingAgent(edge, agent, target);
    }

    private static AgentConfig config(String edge, ScrapedTarget target, int tlsPort, List<String> securities) {
        AgentConfig config = new AgentConfig().withoutOwnPage().scrape(edge, target.port());
        securities.forEach(security -> config.remote("https://127.0.0.1:" + tlsPort + "/api/v1/receive", security));
        return config;
    }

    /** From now on it writes once for each of these security settings; a remote that stays is not restarted. */
    public void secure(int tlsPort, String... securities) throws Exception {
        agent.reconfigure(config(edge, target, tlsPort, List.of(securities)).yaml(agent.port()));
    }

    public static CountingAgent start(PrometheusRig rig, String edge, TestGateway gateway) throws Exception {
        return start(rig, edge, gateway.tlsPort(), gateway.ca());
    }

    public PrometheusProcess process() {
        return agent;
    }

    /** Waits until it has scraped some more, whether or not its writes are stored. */
    public void scrapesOn() {
        long now = target.scrapes();
        Eventually.becomes("the agent of " + edge + " scrapes on", () -> target.scrapes() >= now + A_FEW);
    }

    /** Waits until what it scrapes now is stored. */
    public void isStoredBy(PrometheusApi query) {
        StoredSamples.seenBy(query).reaches(row(0), target.scrapes());
    }

    /** A failed scrape on a busy machine is the agent's own gap: it is in the series {@code up}, as 0. */
    public void nothingIsMissing(PrometheusApi query) throws Exception {
        StoredSamples stored = StoredSamples.seenBy(query);
        long last = target.scrapes() + A_FEW;
        for (int row = 0; row < ROWS; row++) {
            assertThat(stored.gaps(row(row), last))
                    .as("values of %s that are missing", row(row))
                    .hasSizeLessThanOrEqualTo((int) stored.failedScrapes(edge));
        }
    }

    public void hadNothingRefused() throws Exception {
        SenderCounts.lostNothing(agent);
    }

    private String row(int row) {
        return COUNTER + "{cluster=\"" + edge + "\",row=\"" + row + "\"}";
    }
}
