package io.ringgate.cli.demo;

import java.util.List;
import java.util.Map;

/**
 * How things stand at one moment.
 *
 * @param nanos since the begin
 * @param accepted samples by tenant, from the gateway's metrics page
 * @param refused writes by reason, from there too
 * @param receivers what each stand-in receiver counted
 * @param p50Nanos of the last stored writes, as their senders saw it
 */
record Figures(
        long nanos,
        Map<String, Long> accepted,
        Map<String, Long> refused,
        List<DemoReceiver.Count> receivers,
        long p50Nanos,
        long p99Nanos) {

    static Figures of(long nanos, MetricsPage page, List<DemoReceiver.Count> receivers, SenderResults experience) {
        return new Figures(
                nanos,
                page.by("tenant", "ringgate_accepted_samples_total"),
                page.by("reason", "ringgate_refused_writes_total"),
                receivers,
                experience.quantile(0.5),
                experience.quantile(0.99));
    }

    long acceptedSamples() {
        return accepted.values().stream().mapToLong(Long::longValue).sum();
    }

    long receivedSamples() {
        return receivers.stream().mapToLong(DemoReceiver.Count::samples).sum();
    }

    /** Samples a second that {@code tenant} had accepted since {@code before}. */
    long rate(String tenant, Figures before) {
        double seconds = (nanos - before.nanos) / 1e9;
        long more = accepted.getOrDefault(tenant, 0L) - before.accepted.getOrDefault(tenant, 0L);
        return seconds > 0 ? Math.round(more / seconds) : 0;
    }
}
