package io.ringgate.wire;

import io.ringgate.reject.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The refused series of one write: how many for what, and the first in words. */
final class Refusals {

    /** How much of a client's text goes into the sentence, twice at most. */
    private static final int QUOTED = 90;

    private static final byte[] METRIC_NAME = "__name__".getBytes(StandardCharsets.US_ASCII);

    private final Map<SeriesFault, Count> counts = new EnumMap<>(SeriesFault.class);
    private int total;
    private @Nullable String first;

    private static final class Count {
        private int refused;
    }

    Refusals() {
        for (SeriesFault fault : SeriesFault.values()) {
            counts.put(fault, new Count());
        }
    }

    void clear() {
        if (total > 0) {
            counts.values().forEach(count -> count.refused = 0);
        }
        total = 0;
        first = null;
    }

    int total() {
        return total;
    }

    @Nullable
    String first() {
        return first;
    }

    Map<SeriesFault, Integer> byFault() {
        if (total == 0) {
            return Map.of();
        }
        Map<SeriesFault, Integer> map = new EnumMap<>(SeriesFault.class);
        counts.forEach((fault, count) -> {
            if (count.refused > 0) {
                map.put(fault, count.refused);
            }
        });
        return map;
    }

    /** Counts one. Only the first is put into words. */
    void add(SeriesFault fault, int series, byte[] bytes, CarefulSeries found) {
        Objects.requireNonNull(counts.get(fault)).refused++;
        if (total++ == 0) {
            first = sentence(fault, series, bytes, found);
        }
    }

    private static String sentence(SeriesFault fault, int series, byte[] bytes, CarefulSeries found) {
        LabelTable table = found.table();
        int row = found.faultyRow();
        return "series " + series + metric(bytes, table) + ": "
                + switch (fault) {
                    case NO_LABELS -> "no label with a value";
                    case TOO_MANY_LABELS -> "more than " + LabelTable.MOST + " labels";
                    case EMPTY_NAME ->
                        "a label without a name, its value is \""
                                + text(bytes, table.valueAt(row), table.valueLength(row)) + "\"";
                    case BAD_NAME ->
                        "label name \"" + name(bytes, table, row) + "\" is not of letters, digits and '_' alone";
                    case DUPLICATE_NAME -> "duplicate label name \"" + name(bytes, table, row) + "\"";
                    case NOT_UTF8 -> "label \"" + name(bytes, table, row) + "\" is not valid UTF-8";
                    case CONFLICT ->
                        "label \"" + name(bytes, table, row) + "\" is set to \""
                                + text(bytes, table.valueAt(row), table.valueLength(row))
                                + "\", which is not this edge's value";
                };
    }

    private static String metric(byte[] bytes, LabelTable table) {
        for (int row = 0; row < table.count(); row++) {
            boolean named = NameOrder.compare(
                            METRIC_NAME, 0, METRIC_NAME.length, bytes, table.nameAt(row), table.nameLength(row))
                    == 0;
            if (named) {
                String more = table.count() > 1 ? ",..." : "";
                return " {__name__=\"" + text(bytes, table.valueAt(row), table.valueLength(row)) + "\"" + more + "}";
            }
        }
        return "";
    }

    private static String name(byte[] bytes, LabelTable table, int row) {
        return text(bytes, table.nameAt(row), table.nameLength(row));
    }

    private static String text(byte[] bytes, int at, int length) {
        return Quoted.of(bytes, at, Math.min(length, QUOTED)) + (length > QUOTED ? "..." : "");
    }
}
