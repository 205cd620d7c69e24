package io.ringgate.bench;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A write as a Kubernetes edge cluster sends it: twelve labels a series, some 340 bytes, of which snappy leaves about
 * a tenth, because neighbours differ in one or two labels only.
 */
final class SampleWrite {

    private static final String[] NAMES = {
        "container_cpu_usage_seconds_total",
        "container_memory_working_set_bytes",
        "container_network_receive_bytes_total",
        "container_fs_writes_bytes_total",
        "container_memory_rss",
    };

    static final int METRICS = NAMES.length;

    static final long TIME = 1_760_000_000_000L;

    private SampleWrite() {}

    /** The unpacked message. With {@code extra} labels already set, a gateway that stamps them changes nothing. */
    static byte[] of(int series, Map<String, String> extra) {
        return of(series, i -> {
            SortedMap<String, String> labels = labels(i % METRICS, i / METRICS);
            labels.putAll(extra);
            return labels;
        });
    }

    /** Series of these labels. */
    static byte[] of(int series, IntFunction<SortedMap<String, String>> labels) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            for (int i = 0; i < series; i++) {
                out.writeByteArray(1, series(i, labels.apply(i)));
            }
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SortedMap<String, String> labels(int metric, int pod) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("__name__", NAMES[metric]);
        labels.put("container", "checkout-api");
        labels.put("endpoint", "https-metrics");
        labels.put("image", "example.com/shop/checkout:1.42");
        labels.put("instance", "10.42.17.9:10250");
        labels.put("job", "kubelet");
        labels.put("metrics_path", "/cadvisor");
        labels.put("namespace", "shop");
        labels.put("node", "worker-7");
        labels.put("pod", "checkout-api-" + Integer.toHexString(0x7f4c_0000 + pod * 40_503));
        labels.put("prometheus", "mon/k8s");
        labels.put("service", "kubelet");
        return labels;
    }

    private static byte[] series(int i, SortedMap<String, String> labels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            out.writeByteArray(1, pair(label.getKey(), label.getValue()));
        }
        out.writeByteArray(2, sample(i));
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] pair(String name, String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(1, name.getBytes(StandardCharsets.UTF_8));
        out.writeByteArray(2, value.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] sample(int i) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeDouble(1, (double) (1000 + (i * 7919L) % 100_000));
        out.writeInt64(2, TIME);
        out.flush();
        return bytes.toByteArray();
    }
}
