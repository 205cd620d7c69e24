package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ScrapedTarget;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.TestGateway;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What an agent sends while something dies is not lost. The agent scrapes a counter of its own scrapes, so every sample
 * that is missing shows as a missing number.
 */
@Tag("prometheus")
class PrometheusOutageIT {

    private static final String COUNTER = "scrapes_of_the_test_total";
    private static final String JOB = "counter";
    private static final int A_FEW = 6;
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final Duration CAUGHT_UP = Duration.ofSeconds(5);

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void a_receiver_that_is_killed_and_comes_back_costs_no_sample() throws Exception {
        PrometheusProcess victim = rig.receiver("victim");
        PrometheusProcess one = rig.receiver("survivor-1");
        PrometheusProcess two = rig.receiver("survivor-2");
        TestGateway gateway = rig.start(rig.gatewayFor(victim, one, two).edge("alpha", "acme"));
        ScrapedTarget target = rig.counting(COUNTER);
        PrometheusProcess agent = rig.agent("agent", agent(gateway.url("/api/v1/receive"), gateway, target));
        StoredSamples onVictim = new StoredSamples(victim);
        onVictim.reaches(COUNTER, 1);

        victim.kill();
        new StoredSamples(one, two).reaches(COUNTER, target.scrapes() + A_FEW);
        victim.restart();
        onVictim.reaches(COUNTER, target.scrapes());

        nothingIsMissing(agent, new StoredSamples(victim, one, two), target);
    }

    @Test
    void a_gateway_that_is_restarted_costs_no_sample() throws Exception {
        PrometheusProcess one = rig.receiver("receiver-1");
        PrometheusProcess two = rig.receiver("receiver-2");
        int port = FreePort.next();
        TestGateway.Setup setup = rig.gatewayFor(one, two).tlsPort(port).edge("alpha", "acme");
        TestGateway first = rig.start(setup);
        ScrapedTarget target = rig.counting(COUNTER);
        PrometheusProcess agent = rig.agent("agent", agent(first.url("/api/v1/receive"), first, target));
        StoredSamples stored = new StoredSamples(one, two);
        stored.reaches(COUNTER, 1);

        first.stopUnderLoad();
        long downAt = target.scrapes();
        Eventually.becomes("the agent scrapes on", () -> target.scrapes() >= downAt + A_FEW);
        rig.start(setup);

        nothingIsMissing(agent, stored, target);
    }

    /** Of a few senders nobody is a burden when all come again at once, so none of them is kept waiting. */
    @Test
    void three_agents_have_caught_up_within_5_seconds_of_recovery_after_20_seconds_without_receivers()
            throws Exception {
        PrometheusProcess receiver = rig.receiver("receiver");
        TestGateway gateway = rig.start(rig.gatewayFor(receiver).edge("alpha", "acme"));
        ScrapedTarget target = rig.counting(COUNTER);
        List<String> names = List.of("one", "two", "three");
        for (String name : names) {
            rig.agent(
                    "agent-" + name,
                    agent(gateway.url("/api/v1/receive"), gateway, target).externalLabel("agent", name));
        }
        StoredSamples stored = new StoredSamples(receiver);
        for (String name : names) {
            stored.reaches(of(name), 1);
        }

        receiver.kill();
        long downAt = System.nanoTime();
        Eventually.becomes("20 s are over", () -> System.nanoTime() - downAt > OUTAGE.toNanos());
        receiver.restart();
        long recovered = System.nanoTime();
        long there = target.scrapes();
        for (String name : names) {
            stored.reaches(of(name), there - names.size());
        }

        assertThat(Duration.ofNanos(System.nanoTime() - recovered)).isLessThan(CAUGHT_UP);
    }

    private static String of(String agent) {
        return COUNTER + "{agent=\"" + agent + "\"}";
    }

    private AgentConfig agent(String url, TestGateway gateway, ScrapedTarget target) throws Exception {
        return new AgentConfig()
                .scrape(JOB, target.port())
                .remote(url, "alpha", rig.passwordFile(TestGateway.PASSWORD), gateway.ca());
    }

    /** A failed scrape on a busy machine is the agent's own gap: it is in the series {@code up}, as 0. */
    private static void nothingIsMissing(PrometheusProcess agent, StoredSamples stored, ScrapedTarget target)
            throws Exception {
        assertThat(stored.gaps(COUNTER, target.scrapes() + A_FEW))
                .hasSizeLessThanOrEqualTo((int) stored.failedScrapes(JOB));
        SenderCounts.lostNothing(agent);
    }
}
