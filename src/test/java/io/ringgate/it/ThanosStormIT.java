package io.ringgate.it;

import io.ringgate.testing.CountingAgent;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.GatewayProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.TcpRelay;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.ThanosProcess;
import io.ringgate.testing.ThanosProgram;
import io.ringgate.testing.ThanosRig;
import io.ringgate.testing.ThanosRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fault after another, every kind more than once, in an order that a seed gives, while the agents of three
 * edges write through two gateways. Whoever is hit comes back, and at the end Query finds every sample.
 */
@Tag("thanos")
@Tag("long")
class ThanosStormIT {

    private enum Fault {
        RECEIVER_KILLED,
        RECEIVER_FROZEN,
        RECEIVER_SLOW,
        QUORUM_LOST,
        GATEWAY_KILLED,
        GATEWAY_RESTARTED
    }

    private static final Logger LOG = LoggerFactory.getLogger(ThanosStormIT.class);
    private static final int ROUNDS = 2;
    private static final List<String> EDGES = List.of("storm-a", "storm-b", "storm-c");

    @RegisterExtension
    static final ThanosRig THANOS = ThanosRig.of(ThanosProgram.V0_37_2);

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    private final List<Integer> ports = List.of(FreePort.next(), FreePort.next());
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private final List<TcpRelay> ways = new ArrayList<>();
    private final List<CountingAgent> agents = new ArrayList<>();

    @Test
    void faults_in_any_order_cost_no_sample() throws Exception {
        long seed = System.nanoTime();
        LOG.info("seed {}", seed);
        SplittableRandom random = new SplittableRandom(seed);
        start();

        for (Fault fault : order(random)) {
            int victim = random.nextInt(fault.name().startsWith("GATEWAY") ? gateways.size() : ways.size());
            LOG.info("{} {}", fault, victim);
            strike(fault, victim);
            agents.forEach(CountingAgent::scrapesOn);
        }

        for (CountingAgent agent : agents) {
            agent.nothingIsMissing(THANOS.ring().replicas());
            agent.hadNothingRefused();
        }
        for (GatewayProcess gateway : gateways) {
            ThanosFaultsIT.staysInItsBudget(gateway.metrics());
        }
    }

    private void start() throws Exception {
        for (int i = 0; i < THANOS.ring().receivers().size(); i++) {
            ways.add(rig.with(TcpRelay.to(THANOS.ring().writeAddress(i))));
        }
        gateways.add(gateway(0));
        gateways.add(gateway(1));
        TcpRelay address = rig.with(TcpRelay.to("127.0.0.1:" + ports.get(0), "127.0.0.1:" + ports.get(1)));
        for (String edge : EDGES) {
            agents.add(CountingAgent.start(rig, edge, address.port(), TestGateway.authority()));
        }
        agents.forEach(agent -> agent.isStoredBy(THANOS.ring().replicas()));
    }

    private GatewayProcess gateway(int number) throws Exception {
        return rig.process("gateway-" + number, setup -> {
            EDGES.forEach(edge -> setup.edge(edge, "default-tenant"));
            return setup.tlsPort(ports.get(number))
                    .settings("timeouts: {attempt: 2s, connect: 500ms}")
                    .receivers(ThanosRing.yaml(
                            ways.stream().map(way -> "127.0.0.1:" + way.port()).toList()));
        });
    }

    private static List<Fault> order(SplittableRandom random) {
        List<Fault> faults = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Fault fault : Fault.values()) {
                faults.add(random.nextInt(faults.size() + 1), fault);
            }
        }
        return faults;
    }

    /** Makes the fault, lets the agents scrape on meanwhile, and mends it. */
    private void strike(Fault fault, int victim) throws Exception {
        ThanosProcess receiver = THANOS.ring().receiver(victim);
        ThanosProcess another = THANOS.ring().receiver((victim + 1) % ways.size());
        switch (fault) {
            case RECEIVER_KILLED -> {
                receiver.kill();
                agents.forEach(CountingAgent::scrapesOn);
                receiver.restart();
            }
            case RECEIVER_FROZEN -> {
                receiver.freeze();
                agents.forEach(CountingAgent::scrapesOn);
                receiver.thaw();
            }
            case RECEIVER_SLOW -> {
                ways.get(victim).delayAnswers(Duration.ofSeconds(3));
                agents.forEach(CountingAgent::scrapesOn);
                ways.get(victim).delayAnswers(Duration.ZERO);
            }
            case QUORUM_LOST -> {
                receiver.kill();
                another.freeze();
                agents.forEach(CountingAgent::scrapesOn);
                another.thaw();
                receiver.restart();
            }
            case GATEWAY_KILLED -> {
                ThanosFaultsIT.staysInItsBudget(gateways.get(victim).metrics());
                gateways.get(victim).kill();
                agents.forEach(CountingAgent::scrapesOn);
                gateways.set(victim, gateway(victim));
            }
            case GATEWAY_RESTARTED -> {
                ThanosFaultsIT.staysInItsBudget(gateways.get(victim).metrics());
                gateways.get(victim).terminate();
                gateways.set(victim, gateway(victim));
            }
        }
    }
}
