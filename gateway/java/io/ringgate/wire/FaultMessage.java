package io.ringgate.wire;

import io.ringgate.reject.EscapedText;
import io.ringgate.reject.Limit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The message about a faulty series for the client that sent it. */
final class FaultMessage {

    /** How much of a client's text goes into the message, at most twice. */
    private static final int QUOTED = 90;

    private static final byte[] METRIC_NAME = "__name__".getBytes(StandardCharsets.US_ASCII);

    private FaultMessage() {}

    /** The fault that {@code found} has just found in the write's series of this number, counted from 1. */
    static String of(SeriesFault fault, int series, byte[] bytes, SlowPathSeries found, SeriesLimits limits) {
        LabelTable table = found.table();
        int row = found.faultyRow();
        return "series " + series + metric(bytes, table) + ": "
                + switch (fault) {
                    case NO_LABELS -> "no label with a value";
                    case TOO_MANY_LABELS -> {
                        String allowed = table.labelCount() > LabelTable.MOST
                                ? ", at most " + LabelTable.MOST + " are allowed"
                                : allows(Limit.MAX_LABELS_PER_SERIES, limits.maxLabels());
                        yield table.labelCount() + " labels" + allowed;
                    }
                    case EMPTY_NAME ->
                        "a label without a name, its value is \""
                                + text(bytes, table.valueAt(row), table.valueLength(row)) + "\"";
                    case BAD_NAME ->
                        "invalid label name \"" + name(bytes, table, row)
                                + "\": only letters, digits and '_' are allowed";
                    case DUPLICATE_NAME -> "duplicate label name \"" + name(bytes, table, row) + "\"";
                    case NOT_UTF8 -> "label \"" + name(bytes, table, row) + "\" is not valid UTF-8";
                    case CONFLICT ->
                        "label \"" + name(bytes, table, row) + "\" is set to \""
                                + text(bytes, table.valueAt(row), table.valueLength(row))
                                + "\", which is not this edge's value";
                    case NAMES_TAKEN ->
                        "label \"" + name(bytes, table, row) + "\" is stamped with another value and cannot be renamed:"
                                + " the names " + StampPlan.EXPORTED + name(bytes, table, row) + " up to the one with "
                                + StampPlan.MOST_PREFIXES + " times \"" + StampPlan.EXPORTED + "\" are set, too";
                    case NAME_TOO_LONG ->
                        "label \"" + name(bytes, table, row) + "\" has a name of " + table.nameLength(row) + " bytes"
                                + allows(Limit.MAX_LABEL_NAME_LENGTH, limits.maxNameLength());
                    case VALUE_TOO_LONG ->
                        "label \"" + name(bytes, table, row) + "\" has a value of " + table.valueLength(row) + " bytes"
                                + allows(Limit.MAX_LABEL_VALUE_LENGTH, limits.maxValueLength());
                    case EMPTY_EXEMPLAR -> "an exemplar without labels, value and time";
                    case TOO_MANY_EXEMPLARS ->
                        found.points().exemplars() + " exemplars"
                                + allows(
                                        Limit.MAX_EXEMPLARS_PER_SERIES,
                                        limits.enforcedPoints().exemplars());
                    case TOO_MANY_BUCKETS ->
                        "a histogram of " + found.points().buckets() + " buckets"
                                + allows(
                                        Limit.MAX_HISTOGRAM_BUCKETS,
                                        limits.enforcedPoints().buckets());
                    case TOO_MANY_SPANS ->
                        "a histogram of " + found.points().spans() + " spans"
                                + allows(
                                        Limit.MAX_HISTOGRAM_SPANS,
                                        limits.enforcedPoints().spans());
                    case TOO_OLD ->
                        "a sample of " + time(found.points().oldest())
                                + " is older than this tenant's max_sample_age allows";
                    case TOO_NEW ->
                        "a sample of " + time(found.points().newest())
                                + " is further in the future than this tenant's max_sample_future allows";
                };
    }

    private static String allows(Limit limit, int most) {
        return ", " + limit.key() + " allows " + most;
    }

    private static Instant time(long millis) {
        return Instant.ofEpochMilli(millis);
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
        return EscapedText.of(bytes, at, Math.min(length, QUOTED)) + (length > QUOTED ? "..." : "");
    }
}
