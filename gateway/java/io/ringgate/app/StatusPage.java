package io.ringgate.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringgate.config.EdgeEntry;
import io.ringgate.forward.Receiver;
import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.limits.MemoryBudget;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The gateway as it is now, for its operator, as JSON. No secret and no credential is in it. */
record StatusPage(
        String version,
        Drain drain,
        MemoryBudget budget,
        ConcurrentWrites concurrency,
        IntSupplier connections,
        Supplier<List<EdgeEntry>> edges,
        Supplier<List<Receiver>> receivers,
        Supplier<Collection<UnitState>> units)
        implements Supplier<String> {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String get() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("version", version);
            json.writeBooleanField("ready", drain.isReady());
            json.writeNumberField("connections", connections.getAsInt());
            json.writeNumberField("writes_in_flight", concurrency.total());
            json.writeObjectFieldStart("memory_budget");
            json.writeNumberField("size_bytes", budget.size());
            json.writeNumberField("reserved_bytes", budget.used());
            json.writeNumberField("peak_bytes", budget.peak());
            json.writeEndObject();
            writeUnits(json);
            writeReceivers(json);
            writeEdges(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text.append('\n').toString();
    }

    private void writeUnits(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("configuration");
        for (UnitState unit : units.get()) {
            json.writeStartObject();
            json.writeStringField("unit", unit.unit());
            json.writeBooleanField("good", unit.good());
            json.writeStringField("in_force_since", unit.since().toString());
            json.writeArrayFieldStart("refused_because");
            for (String problem : unit.problems()) {
                json.writeString(problem);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeReceivers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("receivers");
        for (Receiver receiver : receivers.get()) {
            json.writeStartObject();
            json.writeStringField("address", receiver.label());
            json.writeNumberField("outstanding_bytes", receiver.outstandingBytes());
            json.writeNumberField("connections", receiver.openConnections());
            json.writeBooleanField("last_connection_failed", receiver.lastRefused());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeEdges(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("edges");
        for (EdgeEntry entry : edges.get()) {
            json.writeStartObject();
            json.writeStringField("name", entry.edge().name().value());
            json.writeStringField("tenant", entry.edge().tenant().value());
            json.writeBooleanField("enabled", entry.edge().enabled());
            json.writeNumberField(
                    "writes_in_flight", concurrency.current(entry.edge().name()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
