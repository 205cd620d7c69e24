package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.EdgeName;
import io.ringgate.forward.Outcome;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.reject.Reason;
import io.ringgate.testing.Proto;
import io.ringgate.wire.SeriesFault;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EdgeCountsTest {

    private static final String OF_EDGE = "{edge=cluster-02-edge";
    private static final byte[] ONE_OF_TWO_GOOD = Proto.write(
                    Proto.gauge("__name__", "up"), Proto.gauge("job", "a", "job", "b"))
            .packed();

    private long now;

    @Test
    void what_receivers_acknowledged_and_what_was_left_out_is_counted_by_edge() {
        Rig rig = new Rig(64 << 20);

        rig.write(ONE_OF_TWO_GOOD);
        rig.answered(new Outcome.Stored());

        assertThat(rig.metrics.get("ringgate_edge_accepted_series_total" + OF_EDGE + "}"))
                .isEqualTo(1);
        assertThat(rig.metrics.get("ringgate_edge_accepted_samples_total" + OF_EDGE + "}"))
                .isEqualTo(1);
        assertThat(rig.metrics.get("ringgate_edge_accepted_bytes_total" + OF_EDGE + "}"))
                .isEqualTo(ONE_OF_TWO_GOOD.length);
        assertThat(rig.metrics.get("ringgate_edge_refused_series_total" + OF_EDGE + "=fault=duplicate_label_name}"))
                .isEqualTo(1);
        assertThat(rig.metrics.get("ringgate_edge_refused_writes_total" + OF_EDGE + "=reason=series_refused}"))
                .isEqualTo(1);
    }

    @Test
    void what_receivers_did_not_take_is_refused_and_not_accepted() {
        Rig rig = new Rig(64 << 20);

        rig.write(ONE_OF_TWO_GOOD);
        rig.answered(new Outcome.Failed("it broke"));

        assertThat(rig.metrics.get("ringgate_edge_accepted_bytes_total" + OF_EDGE + "}"))
                .isZero();
        assertThat(rig.metrics.get("ringgate_edge_refused_writes_total" + OF_EDGE + "=reason=receiver_failed}"))
                .isEqualTo(1);
    }

    @Test
    void a_counter_is_on_the_page_from_its_first_use_until_an_hour_after_its_last() {
        try (PrometheusMetrics page = new PrometheusMetrics(() -> now)) {
            EdgeCounts counts = new EdgeCounts(new EdgeName("berlin"), page);
            assertThat(lines(page)).isEmpty();

            counts.refused(Reason.MALFORMED);
            counts.refused(SeriesFault.TOO_NEW, 7);
            assertThat(lines(page))
                    .containsExactlyInAnyOrder(
                            "ringgate_edge_refused_writes_total{edge=\"berlin\",reason=\"malformed\"} 1.0",
                            "ringgate_edge_refused_series_total{edge=\"berlin\",fault=\"sample_in_future\"} 7.0");

            now = TimeUnit.HOURS.toNanos(1);
            assertThat(lines(page)).isEmpty();

            counts.refused(Reason.MALFORMED);
            assertThat(lines(page))
                    .containsExactly("ringgate_edge_refused_writes_total{edge=\"berlin\",reason=\"malformed\"} 1.0");
        }
    }

    @Test
    void another_record_of_the_same_edge_counts_on() {
        try (PrometheusMetrics page = new PrometheusMetrics(() -> now)) {
            new EdgeCounts(new EdgeName("berlin"), page).refused(Reason.MALFORMED);
            new EdgeCounts(new EdgeName("berlin"), page).refused(Reason.MALFORMED);

            assertThat(lines(page))
                    .containsExactly("ringgate_edge_refused_writes_total{edge=\"berlin\",reason=\"malformed\"} 2.0");
        }
    }

    private static List<String> lines(PrometheusMetrics page) {
        return page.page()
                .lines()
                .filter(line -> line.startsWith("ringgate_edge_"))
                .toList();
    }
}
