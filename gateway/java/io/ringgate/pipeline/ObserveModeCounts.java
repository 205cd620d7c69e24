package io.ringgate.pipeline;

import io.ringgate.edge.TenantId;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Reason;
import io.ringgate.wire.SeriesFault;
import java.util.Map;

/** Counts what the policy of one tenant would have refused if it did not only observe. Any thread. */
final class ObserveModeCounts {

    private final Metrics metrics;
    private final String tenant;

    ObserveModeCounts(Metrics metrics, TenantId tenant) {
        this.metrics = metrics;
        this.tenant = tenant.value();
    }

    void write(Reason reason) {
        metrics.counter("ringgate_observed_writes_total", "tenant", tenant, "reason", reason.label())
                .increment();
    }

    void series(Map<SeriesFault, Integer> faults) {
        faults.forEach((fault, count) -> metrics.counter(
                        "ringgate_observed_series_total", "tenant", tenant, "fault", fault.label())
                .add(count));
    }
}
