package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Eventually;
import io.ringgate.testing.MetricsPage;
import io.ringgate.testing.PrometheusProcess;
import java.util.List;

/** What an agent itself counted about its remote writes. */
final class SenderCounts {

    private static final String PREFIX = "prometheus_remote_storage_";
    private static final List<String> LOSSES = List.of(
            "samples_failed_total",
            "samples_dropped_total",
            "exemplars_failed_total",
            "exemplars_dropped_total",
            "histograms_failed_total",
            "histograms_dropped_total",
            "metadata_failed_total");
    private static final List<String> RETRIES = List.of(
            "samples_retried_total", "exemplars_retried_total", "histograms_retried_total", "metadata_retried_total");

    private SenderCounts() {}

    static double of(PrometheusProcess agent, String counter) throws Exception {
        return agent.api().metrics().sum(PREFIX + counter);
    }

    static void sentSome(PrometheusProcess agent) {
        Eventually.see("the agent has sent samples", () -> of(agent, "samples_total"), sent -> sent > 0);
    }

    static void lostNothing(PrometheusProcess agent) throws Exception {
        allZero(agent.api().metrics(), LOSSES);
    }

    static void repeatedNothing(PrometheusProcess agent) throws Exception {
        allZero(agent.api().metrics(), RETRIES);
    }

    private static void allZero(MetricsPage page, List<String> counters) {
        for (String counter : counters) {
            assertThat(page.has(PREFIX + counter))
                    .as("the page has %s", counter)
                    .isTrue();
            assertThat(page.sum(PREFIX + counter)).as(counter).isZero();
        }
    }
}
