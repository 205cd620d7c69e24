package io.ringgate.bench;

import io.ringgate.metrics.Metrics;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the counters of ten thousand edges cost: heap, the page of metrics and one more count. Every edge has stored
 * something, one in ten was refused something. Ends by itself.
 */
public final class EdgeMetrics {

    /** Of the processor: other programs shall not count. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int EDGES = 10_000;
    private static final int ROUNDS = 9;
    private static final int COUNTS = 500_000;

    private EdgeMetrics() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (PrometheusMetrics metrics = new PrometheusMetrics(System::nanoTime)) {
            for (int i = 0; i < EDGES; i++) {
                metrics.gauge("ringgate_edge_last_accepted_timestamp_seconds", () -> 1.7e9, "edge", name(i));
            }
            report("with the gauges alone", metrics, heap(), 0, out);
            long before = heap();
            List<Metrics.Counter> all = new ArrayList<>();
            for (int i = 0; i < EDGES; i++) {
                for (String what : List.of("samples", "series", "bytes")) {
                    all.add(metrics.counter("ringgate_edge_accepted_" + what + "_total", "edge", name(i)));
                }
                if (i % 10 == 0) {
                    all.add(metrics.counter(
                            "ringgate_edge_refused_writes_total", "edge", name(i), "reason", "sample_rate"));
                    all.add(metrics.counter(
                            "ringgate_edge_refused_writes_total", "edge", name(i), "reason", "series_refused"));
                    all.add(metrics.counter(
                            "ringgate_edge_refused_series_total", "edge", name(i), "fault", "sample_too_old"));
                }
            }
            all.forEach(counter -> counter.add(2_000));
            report(all.size() + " counters more", metrics, heap(), before, out);
            out.printf("one count of any edge: %.1f ns%n", best(all));
            List<Metrics.Counter> write = new ArrayList<>();
            for (String what : List.of("received_bytes", "accepted_writes", "accepted_series", "accepted_samples")) {
                write.add(metrics.counter("ringgate_" + what + "_total", "tenant", "default-tenant"));
            }
            out.printf("the four counts of a write by tenant: %.1f ns%n", write.size() * best(write));
            write.addAll(all.subList(0, 3));
            out.printf("the same and three by edge: %.1f ns%n", write.size() * best(write));
        }
    }

    /** Nanoseconds of one count, in the best of some rounds over all of these. */
    private static double best(List<Metrics.Counter> counters) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < COUNTS; i++) {
                counters.get((int) (i * 7_919L % counters.size())).add(3);
            }
            best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - begin) / (double) COUNTS);
        }
        return best;
    }

    private static String name(int number) {
        return "cluster-%05d-edge".formatted(number);
    }

    private static void report(String what, PrometheusMetrics metrics, long heap, long before, PrintWriter out) {
        long[] millis = new long[ROUNDS];
        int size = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            size = metrics.page().length();
            millis[i] = (THREADS.getCurrentThreadCpuTime() - begin) / 1_000_000;
        }
        Arrays.sort(millis);
        out.printf(
                "%s: %.1f MB of heap, page of %.2f MB, %d ms of the processor to make (median of %d, best %d)%n",
                what, (heap - before) / 1e6, size / 1e6, millis[ROUNDS / 2], ROUNDS, millis[0]);
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
