package io.ringgate.it;

import io.ringgate.testing.CountingAgent;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.ThanosProgram;
import io.ringgate.testing.ThanosRig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The version after the field's: an agent writes, and Query finds it. */
@Tag("thanos")
class ThanosNextVersionIT {

    @RegisterExtension
    static final ThanosRig THANOS = ThanosRig.of(ThanosProgram.V0_42_4);

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void everything_that_an_agent_writes_is_found() throws Exception {
        TestGateway gateway = rig.start(
                TestGateway.in(rig.folder()).receivers(THANOS.ring().yaml()).edge("next-version", "never-seen"));

        CountingAgent agent = CountingAgent.start(rig, "next-version", gateway);

        agent.isStoredBy(THANOS.ring().deduplicated());
        agent.nothingIsMissing(THANOS.ring().replicas());
        agent.hadNothingRefused();
    }
}
