package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.LabelName;
import io.ringgate.edge.OnConflict;
import io.ringgate.edge.StampedLabel;
import io.ringgate.edge.TenantId;
import io.ringgate.testing.CountingMetrics;
import io.ringgate.testing.LogEvents;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LabelConflictsTest {

    private static final Edge EDGE = new Edge(
            new EdgeName("berlin"),
            new TenantId("team"),
            List.of(
                    new StampedLabel(new LabelName("cluster"), "berlin", OnConflict.RENAME),
                    new StampedLabel(new LabelName("region"), "eu", OnConflict.KEEP)),
            List.of(),
            true);

    @RegisterExtension
    private final LogEvents log = LogEvents.of(LabelConflicts.class);

    private final CountingMetrics metrics = new CountingMetrics();
    private final LabelConflicts conflicts = new LabelConflicts(EDGE, metrics);

    @Test
    void series_are_counted_by_edge_and_label() {
        conflicts.add(Map.of("cluster", 3, "region", 1), 0);
        conflicts.add(Map.of("cluster", 2), 1);

        assertThat(metrics.get("ringgate_label_conflicts_total{edge=berlin=label=cluster}"))
                .isEqualTo(5);
        assertThat(metrics.get("ringgate_label_conflicts_total{edge=berlin=label=region}"))
                .isEqualTo(1);
    }

    @Test
    void the_first_of_each_label_is_logged_once_an_hour() {
        long hour = TimeUnit.HOURS.toNanos(1);
        for (long now : new long[] {-5, hour - 6, hour - 5, hour}) {
            conflicts.add(Map.of("cluster", 3), now);
        }
        conflicts.add(Map.of("region", 1), hour);

        assertThat(log.lines())
                .containsExactly(
                        event("cluster", "rename", 3), event("cluster", "rename", 3), event("region", "keep", 1));
    }

    private static String event(String label, String onConflict, int series) {
        return "label conflict, the sender sets another value edge=berlin label=" + label + " on_conflict=" + onConflict
                + " series=" + series;
    }
}
