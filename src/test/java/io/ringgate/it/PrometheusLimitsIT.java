package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ScrapedTarget;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.TestGateway;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A real agent that sends twice what its tenant's policy allows, until the policy is changed under it. It scrapes counters
 * of its own scrapes, so whatever is lost shows as a missing number.
 */
@Tag("prometheus")
class PrometheusLimitsIT {

    private static final String COUNTER = "scrapes_of_the_test_total";
    private static final String JOB = "counter";
    private static final int ROWS = 100;
    private static final int A_FEW = 4;

    /** So many samples of a large write. */
    private static final int LARGE = 5_000;

    /** The most samples that Prometheus 2 sends at once, unless told otherwise. */
    private static final int BATCH = 500;

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    private PrometheusProcess receiver;
    private TestGateway gateway;
    private ScrapedTarget target;
    private PrometheusProcess agent;

    @Test
    void one_that_is_delayed_loses_nothing_and_catches_up() throws Exception {
        start("delay");

        Eventually.see("writes are delayed", this::refusedWrites, refused -> refused > A_FEW);
        assertThat(status()).containsOnly("503");
        long behind = target.scrapes();
        lift();

        StoredSamples stored = new StoredSamples(receiver);
        for (int row : new int[] {0, ROWS / 2, ROWS - 1}) {
            assertThat(stored.gaps(row(row), behind + A_FEW)).hasSizeLessThanOrEqualTo((int) stored.failedScrapes(JOB));
        }
        SenderCounts.lostNothing(agent);
    }

    @Test
    void one_that_is_dropped_loses_exactly_what_was_refused() throws Exception {
        start("drop");

        Eventually.see("writes are dropped", this::refusedWrites, refused -> refused > A_FEW);
        lift();
        new StoredSamples(receiver).reaches(row(0), target.scrapes() + A_FEW);

        List<String> refused = gateway.accessLog().stream()
                .filter(line -> "sample_rate".equals(line.get("reason")))
                .map(line -> line.get("samples"))
                .toList();
        assertThat((double) refused.size()).isEqualTo(refusedWrites());
        assertThat(status()).containsOnly("429");
        // While nothing is left of the rate no body is read, and nobody here knows how many samples were in it.
        long unread = refused.stream().filter(String::isEmpty).count();
        double samples = refused.stream()
                .filter(read -> !read.isEmpty())
                .mapToDouble(Double::parseDouble)
                .sum();
        assertThat(SenderCounts.of(agent, "samples_failed_total"))
                .isBetween(samples + unread, samples + unread * BATCH);
        assertThat(SenderCounts.of(agent, "samples_retried_total")).isZero();
        assertThat(SenderCounts.of(agent, "samples_dropped_total")).isZero();
    }

    /** Its writes are too large to be read past, so each refusal ends its connection. */
    @Test
    void one_whose_large_writes_are_refused_reads_every_status() throws Exception {
        receiver = rig.receiver("receiver");
        gateway = rig.start(rig.gatewayFor(receiver)
                .edge("alpha", "acme")
                .limits("acme", "bytes_per_second: {rate: 200KiB, burst: 2MiB}\n"));
        target = rig.showing(largePage());
        agent = rig.agent(
                "agent",
                new AgentConfig()
                        .withoutOwnPage()
                        .samplesPerSend(LARGE)
                        .scrape(JOB, target.port())
                        .remote(
                                gateway.url("/api/v1/receive"),
                                "alpha",
                                rig.passwordFile(TestGateway.PASSWORD),
                                gateway.ca()));

        Eventually.see(
                "large writes are refused",
                () -> gateway.metric("ringgate_refused_writes_total{reason=\"byte_rate\",tenant=\"acme\"}"),
                refused -> refused > A_FEW);

        double stored = gateway.metric("ringgate_accepted_writes_total{tenant=\"acme\"}");
        assertThat(gateway.metric("ringgate_edge_accepted_bytes_total{edge=\"alpha\"}") / stored)
                .as("bytes of a write")
                .isGreaterThan(256 << 10);
        assertThat(agent.logged()).doesNotContain("reset by peer", "broken pipe", "EOF");
        SenderCounts.lostNothing(agent);
    }

    /** Series whose names hardly get smaller when they are packed. */
    private static String largePage() {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder page = new StringBuilder("# TYPE large gauge\n");
        for (int row = 0; row < LARGE; row++) {
            page.append("large{row=\"").append(row).append("\",id=\"");
            for (int i = 0; i < 8; i++) {
                page.append(Long.toHexString(random.nextLong()));
            }
            page.append("\"} 1\n");
        }
        return page.toString();
    }

    /** A scrape of all rows twice a second is more than the rate; a batch of 500 fits the burst. */
    private void start(String onLimit) throws Exception {
        receiver = rig.receiver("receiver");
        gateway = rig.start(rig.gatewayFor(receiver)
                .edge("alpha", "acme")
                .limits("acme", "samples_per_second: {rate: 100, burst: 500, on_limit: " + onLimit + "}\n"));
        target = rig.counting(COUNTER, ROWS);
        agent = rig.agent(
                "agent",
                new AgentConfig()
                        .withoutOwnPage()
                        .scrape(JOB, target.port())
                        .remote(
                                gateway.url("/api/v1/receive"),
                                "alpha",
                                rig.passwordFile(TestGateway.PASSWORD),
                                gateway.ca()));
        new StoredSamples(receiver).reaches(row(0), 1);
    }

    private void lift() throws Exception {
        gateway.edit("limits/acme.yaml", text -> "samples_per_second: 100000\n");
        assertThat(gateway.reload()).startsWith("limits/acme.yaml: applied: ");
    }

    private double refusedWrites() {
        return gateway.metric("ringgate_refused_writes_total{reason=\"sample_rate\",tenant=\"acme\"}");
    }

    /** The statuses of all writes that were not stored. */
    private List<String> status() throws Exception {
        return gateway.accessLog().stream()
                .map(line -> line.get("status"))
                .filter(status -> !status.equals("204"))
                .toList();
    }

    private static String row(int row) {
        return COUNTER + "{row=\"" + row + "\"}";
    }
}
