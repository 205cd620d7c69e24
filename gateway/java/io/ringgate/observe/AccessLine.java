package io.ringgate.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringgate.edge.Edge;
import io.ringgate.http.AccessRecord;
import io.ringgate.wire.WriteCounts;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * One request as one line of JSON. Every line has every key, in this order; what is not known is null. Text of a client
 * comes quoted and is escaped once more, so that it can neither end a line nor add a key.
 */
final class AccessLine {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private AccessLine() {}

    /** @param millis when it ended, in Unix time */
    static void write(long millis, AccessRecord served, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeStringField("time", TIME.format(Instant.ofEpochMilli(millis)));
            json.writeStringField("request_id", served.requestId());
            Edge edge = served.edge();
            json.writeStringField("edge", edge == null ? null : edge.name().value());
            json.writeStringField("tenant", edge == null ? null : edge.tenant().value());
            addresses(json, served.source(), served.listener());
            json.writeStringField("method", served.method());
            json.writeStringField("path", served.path());
            json.writeNumberField("status", served.status());
            json.writeStringField("reason", served.reason());
            json.writeStringField(
                    "message",
                    served.refusal() == null ? null : served.refusal().sentence());
            json.writeNumberField("bytes", served.bytes());
            content(json, served.content());
            json.writeNumberField(
                    "duration_ms", BigDecimal.valueOf(served.nanos(), 6).setScale(3, RoundingMode.HALF_UP));
            json.writeStringField("receiver", served.receiver());
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void addresses(JsonGenerator json, @Nullable SocketAddress source, @Nullable SocketAddress listener)
            throws IOException {
        if (source instanceof InetSocketAddress internet) {
            json.writeStringField("source", host(internet));
            port(json, internet.getPort());
        } else {
            json.writeNullField("source");
            json.writeNullField("source_port");
        }
        json.writeStringField(
                "listener",
                listener instanceof InetSocketAddress internet
                        ? bracketed(host(internet)) + ":" + internet.getPort()
                        : null);
    }

    /** A proxy that names its client seldom names the port. */
    private static void port(JsonGenerator json, int port) throws IOException {
        if (port == 0) {
            json.writeNullField("source_port");
        } else {
            json.writeNumberField("source_port", port);
        }
    }

    private static String host(InetSocketAddress address) {
        return address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static void content(JsonGenerator json, @Nullable WriteCounts content) throws IOException {
        if (content == null) {
            json.writeNullField("series");
            json.writeNullField("samples");
            json.writeNullField("refused_series");
        } else {
            json.writeNumberField("series", content.series());
            json.writeNumberField("samples", content.samples());
            json.writeNumberField("refused_series", content.refusedSeries());
        }
    }
}
