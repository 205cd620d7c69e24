package io.ringgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The agent's own metrics of its remote writes. */
public final class SenderCounts {

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

    public static double of(PrometheusProcess agent, String counter) throws Exception {
        return agent.api().metrics().sum(PREFIX + counter);
    }

    public static void sentSome(PrometheusProcess agent) {
        Eventually.see("the agent has sent samples", () -> of(agent, "samples_total"), sent -> sent > 0);
    }

    public static void lostNothing(PrometheusProcess agent) throws Exception {
        allZero(agent.api().metrics(), LOSSES);
    }

    public static void repeatedNothing(PrometheusProcess agent) throws Exception {
        allZero(agent.api().metrics(), RETRIES);
    }

    private static void allZero(ScrapedPage page, List<String> counters) {
        for (String counter : counters) {
            assertThat(page.has(PREFIX + counter))
                    .as("the page has %s", counter)
                    .isTrue();
            assertThat(page.sum(PREFIX + counter)).as(counter).isZero();
        }
    }
}
