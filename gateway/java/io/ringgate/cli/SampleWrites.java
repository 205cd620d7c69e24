package io.ringgate.cli;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.xerial.snappy.Snappy;

/**
 * Remote writes as a Prometheus agent in Kubernetes sends them: one sample a series, the series of one pod side by side,
 * labels sorted. With 2,000 series of 12 labels a series takes about 340 bytes, and 36 once packed. The same number gives
 * the same series every time; only time and value differ between writes.
 */
public final class SampleWrites {

    private static final String[] METRICS = {
        "container_cpu_usage_seconds_total",
        "container_fs_reads_bytes_total",
        "container_fs_writes_bytes_total",
        "container_memory_cache",
        "container_memory_rss",
        "container_memory_working_set_bytes",
        "container_network_receive_bytes_total",
        "container_network_transmit_bytes_total",
        "go_gc_duration_seconds_count",
        "go_goroutines",
        "go_memstats_alloc_bytes_total",
        "go_memstats_heap_inuse_bytes",
        "grpc_server_handled_total",
        "grpc_server_started_total",
        "http_request_duration_seconds_count",
        "http_request_duration_seconds_sum",
        "http_requests_in_flight",
        "http_requests_total",
        "process_cpu_seconds_total",
        "process_open_fds",
        "process_resident_memory_bytes",
        "process_start_time_seconds",
        "promhttp_metric_handler_requests_total",
        "rest_client_requests_total",
        "up",
    };
    private static final String[] METHODS = {"GET", "POST"};
    private static final String[] APPS = {"checkout", "inventory", "ledger", "notifier", "search"};

    private SampleWrites() {}

    /** A packed write, how many bytes it unpacks to, and how many series it carries. Made to be sent, not compared. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Body(byte[] packed, int unpacked, int series) {}

    public static Body body(int series, int labels, long timestampMillis, RandomGenerator random) {
        try {
            ByteArrayOutputStream write = new ByteArrayOutputStream(series * 32 * labels);
            CodedOutputStream out = CodedOutputStream.newInstance(write);
            for (int i = 0; i < series; i++) {
                message(out, 1, series(i, labels, timestampMillis, random.nextInt() / 1000.0));
            }
            out.flush();
            byte[] raw = write.toByteArray();
            return new Body(Snappy.compress(raw), raw.length, series);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] series(int number, int labels, long timestampMillis, double value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, 512);
        for (int i = 0; i < labels; i++) {
            label(out, number, i);
        }
        ByteArrayOutputStream sample = new ByteArrayOutputStream(20);
        CodedOutputStream sampleOut = CodedOutputStream.newInstance(sample, 20);
        sampleOut.writeDouble(1, value);
        sampleOut.writeInt64(2, timestampMillis);
        sampleOut.flush();
        message(out, 2, sample.toByteArray());
        out.flush();
        return bytes.toByteArray();
    }

    /** Names in sorted order, so that any count of them is sorted too. */
    private static void label(CodedOutputStream out, int number, int which) throws IOException {
        int kind = number % (METRICS.length * METHODS.length);
        int pod = number / (METRICS.length * METHODS.length);
        String app = APPS[pod % APPS.length];
        String podName = String.format(Locale.ROOT, "%s-%08x-%05x", app, app.hashCode(), pod * 7919 % 0xfffff);
        switch (which) {
            case 0 -> label(out, "__name__", METRICS[kind % METRICS.length]);
            case 1 -> label(out, "container", app);
            case 2 -> label(out, "endpoint", "metrics");
            case 3 -> label(out, "instance", "10.42." + pod / 250 % 250 + "." + (2 + pod % 250) + ":8443");
            case 4 -> label(out, "job", "monitoring/" + app);
            case 5 -> label(out, "method", METHODS[kind / METRICS.length]);
            case 6 -> label(out, "namespace", "team-" + app);
            case 7 -> label(out, "node", "worker-" + pod % 37 + ".eu.example");
            case 8 -> label(out, "pod", podName);
            case 9 -> label(out, "prometheus", "monitoring/k8s");
            case 10 -> label(out, "service", app + "-headless");
            case 11 -> label(out, "uid", Integer.toString(podName.hashCode(), 36));
            default ->
                label(out, String.format(Locale.ROOT, "zone_%03d", which), "eu-central-1" + (char) ('a' + which % 3));
        }
    }

    private static void label(CodedOutputStream out, String name, String value) throws IOException {
        int size = CodedOutputStream.computeStringSize(1, name) + CodedOutputStream.computeStringSize(2, value);
        out.writeTag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
        out.writeString(1, name);
        out.writeString(2, value);
    }

    private static void message(CodedOutputStream out, int field, byte[] message) throws IOException {
        out.writeByteArray(field, message);
    }
}
