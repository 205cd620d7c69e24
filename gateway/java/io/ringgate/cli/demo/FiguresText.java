package io.ringgate.cli.demo;

import io.ringgate.reject.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures as people read them: a table for a terminal, a line for everything else. */
final class FiguresText {

    private FiguresText() {}

    /** @param before figures of some seconds ago, for the rates */
    static List<String> table(Figures now, Figures before) {
        List<String> lines = new ArrayList<>();
        lines.add(row("accepted samples, by tenant", "total", "a second"));
        now.accepted()
                .forEach((tenant, samples) ->
                        lines.add(row("  " + tenant, number(samples), number(now.rate(tenant, before)))));
        lines.add("");
        lines.add(row("refused writes, by reason", "total", "status"));
        now.refused().forEach((reason, writes) -> lines.add(row("  " + reason, number(writes), status(reason))));
        lines.add("");
        lines.add(row("stand-in receivers", "samples", "writes"));
        for (int i = 0; i < now.receivers().size(); i++) {
            DemoReceiver.Count count = now.receivers().get(i);
            String bad = count.bad() == 0 ? "" : "  " + number(count.bad()) + " BAD";
            lines.add(row("  stand-in receiver " + (i + 1), number(count.samples()), number(count.writes())) + bad);
        }
        lines.add("");
        lines.add("a write takes its sender p50 " + millis(now.p50Nanos()) + ", p99 " + millis(now.p99Nanos()));
        return lines;
    }

    static String line(Figures now, Figures before) {
        return String.format(Locale.ROOT, "%3d s", now.nanos() / 1_000_000_000)
                + "  accepted samples " + accepted(now, before)
                + " | refused writes " + refused(now)
                + " | stand-in receivers counted " + received(now)
                + " | p50 " + millis(now.p50Nanos()) + " p99 " + millis(now.p99Nanos());
    }

    private static String accepted(Figures now, Figures before) {
        return orNone(now.accepted().entrySet().stream()
                .map(one -> one.getKey() + " " + number(one.getValue()) + " (" + number(now.rate(one.getKey(), before))
                        + "/s)")
                .collect(Collectors.joining(", ")));
    }

    static String refused(Figures now) {
        return orNone(now.refused().entrySet().stream()
                .map(one -> one.getKey() + " " + number(one.getValue()))
                .collect(Collectors.joining(", ")));
    }

    private static String received(Figures now) {
        return now.receivers().stream()
                .map(count -> number(count.samples()) + (count.bad() == 0 ? "" : " and " + count.bad() + " BAD"))
                .collect(Collectors.joining(" + "));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private static String row(String what, String first, String second) {
        return String.format(Locale.ROOT, "%-34s%14s%12s", what, first, second);
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String millis(long nanos) {
        return nanos == 0 ? "-" : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    private static String status(String label) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.label().equals(label))
                .map(reason -> Integer.toString(reason.status()))
                .findFirst()
                .orElse("");
    }
}
