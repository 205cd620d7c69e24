package io.ringgate.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** What a load run found, for people and for scripts. */
record LoadReport(LoadCounts tally, double seconds) {

    String text() {
        StringBuilder out = new StringBuilder();
        out.append(line("writes/s", "%,.0f", perSecond(tally.accepted)))
                .append(line("series/s", "%,.0f", perSecond(tally.series)))
                .append(line("MB/s packed", "%,.1f", perSecond(tally.bytes) / 1e6))
                .append(line("latency p50", "%.3f ms", tally.latencies.millisWithin(0.5)))
                .append(line("latency p99", "%.3f ms", tally.latencies.millisWithin(0.99)))
                .append(line("latency max", "%.3f ms", tally.latencies.maxMillis()));
        tally.statuses.forEach((status, n) -> out.append(line("status " + status, "%,d", n)));
        tally.errors.forEach(
                (error, n) -> out.append(line("error", "%,d times ", n).stripTrailing())
                        .append(": ")
                        .append(error)
                        .append('\n'));
        return out.toString();
    }

    String json() {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("seconds", round(seconds));
            json.writeNumberField("writes_per_second", round(perSecond(tally.accepted)));
            json.writeNumberField("series_per_second", round(perSecond(tally.series)));
            json.writeNumberField("bytes_per_second", round(perSecond(tally.bytes)));
            json.writeNumberField("p50_ms", round(tally.latencies.millisWithin(0.5)));
            json.writeNumberField("p99_ms", round(tally.latencies.millisWithin(0.99)));
            json.writeNumberField("max_ms", round(tally.latencies.maxMillis()));
            counts(json, "statuses", tally.statuses);
            counts(json, "errors", tally.errors);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    private static void counts(JsonGenerator json, String name, Map<?, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<?, Long> entry : counts.entrySet()) {
            json.writeNumberField(entry.getKey().toString(), entry.getValue());
        }
        json.writeEndObject();
    }

    private double perSecond(long count) {
        return (double) count / seconds;
    }

    private static double round(double value) {
        return (double) Math.round(value * 1000) / 1000;
    }

    private static String line(String name, String format, Object value) {
        return String.format(Locale.ROOT, "%-12s " + format + "%n", name, value);
    }
}
