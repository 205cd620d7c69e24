package io.ringgate.cli.bench;

import java.util.Map;
import java.util.TreeMap;

/** What one connection, or all together, saw. Belongs to one event loop until the run is over. */
final class LoadCounts {

    final Latencies latencies = new Latencies();
    final Map<Integer, Long> statuses = new TreeMap<>();
    final Map<String, Long> errors = new TreeMap<>();
    long accepted;
    long series;
    long bytes;

    void answer(int status, long nanos, RequestRing.Request request) {
        latencies.record(nanos);
        statuses.merge(status, 1L, Long::sum);
        bytes += request.bodyBytes();
        if (status / 100 == 2) {
            accepted++;
            series += request.series();
        }
    }

    void error(String sentence) {
        errors.merge(sentence, 1L, Long::sum);
    }

    void add(LoadCounts other) {
        latencies.add(other.latencies);
        other.statuses.forEach((status, n) -> statuses.merge(status, n, Long::sum));
        other.errors.forEach((error, n) -> errors.merge(error, n, Long::sum));
        accepted += other.accepted;
        series += other.series;
        bytes += other.bytes;
    }
}
