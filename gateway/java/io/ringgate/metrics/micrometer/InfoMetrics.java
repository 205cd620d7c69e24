package io.ringgate.metrics.micrometer;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ringgate.metrics.Descriptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Gauges whose name ends in {@code _info}: always 1, the labels are the message. The Prometheus client has a type of its
 * own for them and takes the suffix from no other.
 */
final class InfoMetrics implements MultiCollector {

    static final String SUFFIX = "_info";

    private final ConcurrentMap<String, Set<Labels>> byName = new ConcurrentHashMap<>();

    void add(String name, String... labels) {
        byName.computeIfAbsent(name, n -> ConcurrentHashMap.newKeySet()).add(Labels.of(labels));
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder page = MetricSnapshots.builder();
        byName.forEach((name, all) -> {
            InfoSnapshot.Builder info = InfoSnapshot.builder()
                    .name(name.substring(0, name.length() - SUFFIX.length()))
                    .help(Descriptions.of(name));
            all.forEach(labels -> info.dataPoint(
                    InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels).build()));
            page.metricSnapshot(info.build());
        });
        return page.build();
    }
}
