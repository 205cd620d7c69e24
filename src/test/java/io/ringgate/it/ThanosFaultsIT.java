package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.CountingAgent;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.GatewayProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TcpRelay;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.ThanosProcess;
import io.ringgate.testing.ThanosProgram;
import io.ringgate.testing.ThanosRig;
import io.ringgate.testing.ThanosRing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Something of the system fails while agents write. At the end Query finds every sample, no agent had anything refused,
 * and no gateway took more memory than it may.
 */
@Tag("thanos")
class ThanosFaultsIT {

    /** The fault ends long before a sender gives up, and an attempt before the fault. */
    private static final String SHORT_ATTEMPTS = "timeouts: {attempt: 2s, connect: 500ms}";

    private static final Duration LONGER_THAN_AN_ATTEMPT = Duration.ofSeconds(3);

    @RegisterExtension
    static final ThanosRig THANOS = ThanosRig.of(ThanosProgram.V0_37_2);

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void a_receiver_that_is_killed_and_comes_back_costs_no_sample() throws Exception {
        TestGateway gateway = gateway(THANOS.ring().yaml(), "killed-a", "killed-b");
        List<CountingAgent> agents = agents(gateway, "killed-a", "killed-b");
        ThanosProcess victim = THANOS.ring().receiver(0);

        victim.kill();
        failsAt(gateway, THANOS.ring().writeAddress(0));
        agents.forEach(CountingAgent::scrapesOn);
        victim.restart();

        nothingIsLost(agents);
        staysInItsBudget(new ScrapedPage(gateway.gateway().metricsPage()));
    }

    @Test
    void a_receiver_that_is_frozen_and_thaws_costs_no_sample() throws Exception {
        TestGateway gateway = gateway(THANOS.ring().yaml(), "frozen-a", "frozen-b");
        List<CountingAgent> agents = agents(gateway, "frozen-a", "frozen-b");
        ThanosProcess victim = THANOS.ring().receiver(1);

        victim.freeze();
        failsAt(gateway, THANOS.ring().writeAddress(1));
        agents.forEach(CountingAgent::scrapesOn);
        victim.thaw();

        nothingIsLost(agents);
        staysInItsBudget(new ScrapedPage(gateway.gateway().metricsPage()));
    }

    @Test
    void a_time_without_quorum_costs_no_sample() throws Exception {
        TestGateway gateway = gateway(THANOS.ring().yaml(), "quorum-a", "quorum-b");
        List<CountingAgent> agents = agents(gateway, "quorum-a", "quorum-b");

        THANOS.ring().receiver(0).freeze();
        THANOS.ring().receiver(1).freeze();
        failsAt(gateway, THANOS.ring().writeAddress(2));
        agents.forEach(CountingAgent::scrapesOn);
        THANOS.ring().receiver(0).thaw();
        THANOS.ring().receiver(1).thaw();

        nothingIsLost(agents);
        staysInItsBudget(new ScrapedPage(gateway.gateway().metricsPage()));
    }

    @Test
    void a_receiver_that_stores_and_says_so_too_late_costs_no_sample() throws Exception {
        ThanosRing ring = THANOS.ring();
        TcpRelay slow = rig.with(TcpRelay.to(ring.writeAddress(2)));
        TestGateway gateway = gateway(
                ThanosRing.yaml(List.of(ring.writeAddress(0), ring.writeAddress(1), "127.0.0.1:" + slow.port())),
                "slow-a",
                "slow-b");
        List<CountingAgent> agents = agents(gateway, "slow-a", "slow-b");

        slow.delayAnswers(LONGER_THAN_AN_ATTEMPT);
        failsAt(gateway, "127.0.0.1:" + slow.port());
        agents.forEach(CountingAgent::scrapesOn);
        slow.delayAnswers(Duration.ZERO);

        nothingIsLost(agents);
        staysInItsBudget(new ScrapedPage(gateway.gateway().metricsPage()));
    }

    @Test
    void a_receiver_that_answers_500_costs_no_sample() throws Exception {
        ThanosRing ring = THANOS.ring();
        StandInReceiver failing = rig.with(StandInReceiver.start());
        failing.reply(Reply.status(500, "store locally for endpoint: disk full"));
        TestGateway gateway = gateway(
                ThanosRing.yaml(List.of(ring.writeAddress(0), ring.writeAddress(1), "127.0.0.1:" + failing.port())),
                "failing-a",
                "failing-b");

        List<CountingAgent> agents = agents(gateway, "failing-a", "failing-b");
        failsAt(gateway, "127.0.0.1:" + failing.port());
        agents.forEach(CountingAgent::scrapesOn);

        nothingIsLost(agents);
        staysInItsBudget(new ScrapedPage(gateway.gateway().metricsPage()));
    }

    @Test
    void a_gateway_that_is_restarted_costs_no_sample() throws Exception {
        TestGateway.Setup setup = setup(TestGateway.in(rig.folder()), "restarted-a", "restarted-b")
                .receivers(THANOS.ring().yaml())
                .tlsPort(FreePort.next());
        TestGateway first = rig.start(setup);
        List<CountingAgent> agents = agents(first, "restarted-a", "restarted-b");

        first.stopUnderLoad();
        agents.forEach(CountingAgent::scrapesOn);
        TestGateway second = rig.start(setup);

        nothingIsLost(agents);
        staysInItsBudget(new ScrapedPage(second.gateway().metricsPage()));
    }

    @Test
    void one_of_two_gateways_that_is_killed_costs_no_sample() throws Exception {
        GatewayProcess one = process("gateway-1");
        GatewayProcess two = process("gateway-2");
        TcpRelay address = rig.with(TcpRelay.to("127.0.0.1:" + one.tlsPort(), "127.0.0.1:" + two.tlsPort()));
        List<CountingAgent> agents = List.of(
                CountingAgent.start(rig, "pair-a", address.port(), TestGateway.authority()),
                CountingAgent.start(rig, "pair-b", address.port(), TestGateway.authority()));
        areStored(agents);
        staysInItsBudget(one.metrics());

        one.kill();
        agents.forEach(CountingAgent::scrapesOn);

        nothingIsLost(agents);
        staysInItsBudget(two.metrics());
        assertThat(two.metrics().sum("ringgate_accepted_samples_total")).isPositive();
    }

    private TestGateway gateway(String receivers, String... edges) throws Exception {
        return rig.start(setup(TestGateway.in(rig.folder()), edges).receivers(receivers));
    }

    private GatewayProcess process(String name) throws Exception {
        return rig.process(
                name,
                setup ->
                        setup(setup, "pair-a", "pair-b").receivers(THANOS.ring().yaml()));
    }

    private static TestGateway.Setup setup(TestGateway.Setup setup, String... edges) {
        for (String edge : edges) {
            setup.edge(edge, "default-tenant");
        }
        return setup.settings(SHORT_ATTEMPTS);
    }

    /** Agents whose samples are already seen to arrive. */
    private List<CountingAgent> agents(TestGateway gateway, String one, String two) throws Exception {
        List<CountingAgent> agents =
                List.of(CountingAgent.start(rig, one, gateway), CountingAgent.start(rig, two, gateway));
        areStored(agents);
        return agents;
    }

    /** Waits until an attempt at the receiver failed, so that the fault is known to be felt. */
    private static void failsAt(TestGateway gateway, String receiver) {
        String label = "receiver=\"" + receiver + "\"";
        Eventually.becomes("an attempt at " + receiver + " fails", () -> {
            ScrapedPage page = new ScrapedPage(gateway.gateway().metricsPage());
            return page.sum("ringgate_receiver_connection_failures_total", label)
                            + page.sum("ringgate_receiver_attempts_total", label, "outcome=\"failed\"")
                            + page.sum("ringgate_receiver_attempts_total", label, "outcome=\"unavailable\"")
                    > 0;
        });
    }

    private static void areStored(List<CountingAgent> agents) {
        agents.forEach(agent -> agent.isStoredBy(THANOS.ring().replicas()));
    }

    private static void nothingIsLost(List<CountingAgent> agents) throws Exception {
        for (CountingAgent agent : agents) {
            agent.nothingIsMissing(THANOS.ring().replicas());
            agent.hadNothingRefused();
        }
    }

    static void staysInItsBudget(ScrapedPage gateway) {
        double budget = gateway.sum("ringgate_memory_budget_bytes");
        assertThat(budget).isPositive();
        assertThat(gateway.sum("ringgate_memory_reserved_peak_bytes")).isLessThanOrEqualTo(budget);
    }
}
