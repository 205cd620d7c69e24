package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.reject.Reason;
import io.ringgate.testing.CountingAgent;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.ThanosProgram;
import io.ringgate.testing.ThanosRig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Receivers without an out-of-order window answer 409 to a batch that is sent again after a part of it was stored. Nothing
 * is lost by it, but the sender counts what is stored as failed.
 */
@Tag("thanos")
class ThanosInOrderIT {

    private static final String EDGE = "in-order";

    @RegisterExtension
    static final ThanosRig THANOS = ThanosRig.inOrderOnly(ThanosProgram.V0_37_2);

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void without_an_out_of_order_window_only_conflicts_fail_and_nothing_is_missing() throws Exception {
        TestGateway gateway = rig.start(TestGateway.in(rig.folder())
                .receivers(THANOS.ring().yaml())
                .settings("timeouts: {attempt: 2s}")
                .edge(EDGE, "default-tenant"));
        CountingAgent agent = CountingAgent.start(rig, EDGE, gateway);
        agent.isStoredBy(THANOS.ring().replicas());

        // One of three is no quorum: a backlog grows, and the frozen ones hold batches that they store when they thaw.
        THANOS.ring().receiver(0).freeze();
        THANOS.ring().receiver(1).freeze();
        double before = unavailable(gateway);
        Eventually.becomes("writes are put off", () -> unavailable(gateway) > before + 1);
        agent.scrapesOn();
        THANOS.ring().receiver(0).thaw();
        THANOS.ring().receiver(1).thaw();

        agent.nothingIsMissing(THANOS.ring().replicas());
        ScrapedPage page = new ScrapedPage(gateway.gateway().metricsPage());
        if (refused(page, Reason.RECEIVER_CONFLICT) == 0) {
            agent.hadNothingRefused();
        }
        assertThat(SenderCounts.of(agent.process(), "samples_dropped_total")).isZero();
        for (Reason reason : Reason.values()) {
            if (!reason.retryable() && reason != Reason.RECEIVER_CONFLICT) {
                assertThat(refused(page, reason)).as(reason.label()).isZero();
            }
        }
    }

    private static double unavailable(TestGateway gateway) {
        ScrapedPage page = new ScrapedPage(gateway.gateway().metricsPage());
        return refused(page, Reason.RECEIVER_UNAVAILABLE) + refused(page, Reason.RECEIVER_FAILED);
    }

    private static double refused(ScrapedPage page, Reason reason) {
        return page.sum("ringgate_refused_writes_total", "reason=\"" + reason.label() + "\"");
    }
}
