package io.ringgate.bench;

import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** How much the series of a write that follow one another are alike. */
public enum Neighbours {

    /** As a scrape gives them: a metric's series one after the other, which differ in the pod, the tenth label. */
    OF_ONE_METRIC {
        @Override
        byte[] write(int series) {
            int pods = Math.ceilDiv(series, SampleWrite.METRICS);
            return SampleWrite.of(series, i -> labels(i / pods, i % pods));
        }
    },

    /** Five metrics of one pod, then of the next: the first label differs, and with it the place of all others. */
    OF_ONE_POD {
        @Override
        byte[] write(int series) {
            return SampleWrite.of(series, i -> labels(i % SampleWrite.METRICS, i / SampleWrite.METRICS));
        }
    },

    /** No label is the same, but all are as long as those of {@link #OF_ONE_POD}. */
    UNLIKE {
        @Override
        byte[] write(int series) {
            return SampleWrite.of(series, i -> random(i, 1));
        }
    },

    /** No label is the same, nor as long. */
    UNLIKE_IN_LENGTH {
        @Override
        byte[] write(int series) {
            return SampleWrite.of(series, i -> random(i, 7));
        }
    };

    /** A write of series of twelve labels. */
    abstract byte[] write(int series);

    /** Those of {@link SampleWrite} with longer values: laid out flat they are 340 bytes. */
    private static SortedMap<String, String> labels(int metric, int pod) {
        SortedMap<String, String> labels = SampleWrite.labels(metric, pod);
        labels.put("image", "registry.example.com/shop/checkout:1.42.0");
        labels.put("instance", "worker-7.edge-12.example.com:10250");
        labels.put("node", "worker-7.edge-12");
        labels.put("pod", labels.get("pod").replace("api-", "api-6d5f8c7b94-"));
        labels.put("prometheus", "monitoring/k8s");
        return labels;
    }

    private static SortedMap<String, String> random(int series, int lengths) {
        SplittableRandom random = new SplittableRandom(series);
        SortedMap<String, String> labels = new TreeMap<>();
        char first = 'a';
        for (Map.Entry<String, String> label : labels(series % SampleWrite.METRICS, series / SampleWrite.METRICS)
                .entrySet()) {
            int nameLength = Math.max(2, label.getKey().length() + other(random, lengths) / 2);
            int valueLength = Math.max(2, label.getValue().length() + other(random, lengths));
            labels.put(first++ + letters(random, nameLength - 1), letters(random, valueLength));
        }
        return labels;
    }

    private static int other(SplittableRandom random, int lengths) {
        return random.nextInt(2 * lengths - 1) - lengths + 1;
    }

    private static String letters(SplittableRandom random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }
}
