package io.ringgate.pipeline;

import io.ringgate.edge.Edge;
import io.ringgate.edge.StampedLabel;
import io.ringgate.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the series of one edge whose sender had set a stamped label otherwise, by label, and logs the first of each label
 * once an hour. Only names of labels that are configured come here. Any thread.
 */
final class LabelConflicts {

    private static final Logger LOG = LoggerFactory.getLogger(LabelConflicts.class);
    private static final long LOG_PAUSE = TimeUnit.HOURS.toNanos(1);

    private final Edge edge;
    private final Metrics metrics;

    /** When each label was logged, on the scale of {@link System#nanoTime}. */
    private final Map<String, Long> logged = new ConcurrentHashMap<>();

    LabelConflicts(Edge edge, Metrics metrics) {
        this.edge = edge;
        this.metrics = metrics;
    }

    /** @param conflicts how many series of one write, by label */
    void add(Map<String, Integer> conflicts, long nowNanos) {
        conflicts.forEach((label, series) -> {
            metrics.counter(
                            "ringgate_label_conflicts_total",
                            "edge",
                            edge.name().value(),
                            "label",
                            label)
                    .add(series);
            if (isDue(label, nowNanos)) {
                LOG.atWarn()
                        .addKeyValue("edge", edge.name())
                        .addKeyValue("label", label)
                        .addKeyValue("on_conflict", onConflict(label))
                        .addKeyValue("series", series)
                        .log("label conflict, the sender sets another value");
            }
        });
    }

    private boolean isDue(String label, long nowNanos) {
        Long last = logged.get(label);
        if (last == null) {
            return logged.putIfAbsent(label, nowNanos) == null;
        }
        return nowNanos - last >= LOG_PAUSE && logged.replace(label, last, nowNanos);
    }

    private String onConflict(String label) {
        for (StampedLabel stamped : edge.labels()) {
            if (stamped.name().value().equals(label)) {
                return stamped.onConflict().word();
            }
        }
        throw new IllegalArgumentException("edge " + edge.name() + " is not stamped with " + label);
    }
}
