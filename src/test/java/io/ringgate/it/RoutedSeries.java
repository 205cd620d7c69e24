package io.ringgate.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringgate.testing.Proto;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A series that goes through the router with that algorithm.
 *
 * @param labels in the order of their names, which receivers insist on
 */
record RoutedSeries(String algorithm, String tenant, Map<String, String> labels) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "plain",
            "K\u00f6ln am Rhein",
            "\uc11c\uc6b8 \u30ea\u30fc\u30b8\u30e7\u30f3",
            "\ud83d\udef0\ufe0f \ud83c\uddf0\ud83c\uddf7",
            "e\u0301 \ufffd \uffff \u00ff",
            " \t\"quoted\" \\ and\r\nbroken ",
            "\u0000\u0001\u007f",
            "\u00e9".repeat(600),
            "\ud83d\ude80".repeat(2000));

    /** The one of that number: with one awkward value, more or less than 1 KiB long, without a name, or with many labels. */
    static RoutedSeries of(String algorithm, String tenant, int number) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("through", algorithm);
        labels.put("number", Integer.toString(number));
        labels.put("value", VALUES.get(number % VALUES.size()));
        if (number % 7 != 0) {
            labels.put("__name__", "placed:total");
        }
        if (number % 3 == 0) {
            labels.put("pad", "p".repeat(900 + 5 * number));
        }
        for (int more = 0; number % 8 == 0 && more < 80; more++) {
            labels.put("label_" + more, "v" + more);
        }
        return new RoutedSeries(algorithm, tenant, labels);
    }

    /** As {@code ring place} reads it. */
    String line() {
        List<List<String>> pairs = labels.entrySet().stream()
                .map(label -> List.of(label.getKey(), label.getValue()))
                .toList();
        return JSON.valueToTree(Map.of("tenant", tenant, "labels", pairs)) + "\n";
    }

    /** As a sender writes it. */
    Proto message(long time) {
        return Proto.series(labels.entrySet().stream()
                        .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                        .toArray(String[]::new))
                .message(2, Proto.sample(1, time));
    }

    /** As Query shows it. */
    Map<String, String> storedBy(String receiver) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put("tenant_id", tenant);
        all.put("receive_replica", receiver);
        return all;
    }
}
