package io.ringgate.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event for programs, one object a line:
 *
 * <pre>
 * {"time":"2026-11-30T03:12:07.512Z","level":"warn","logger":"io.ringgate.app.ReloadRunner","message":"reload refused",
 *  "unit":"identities","suppressed":12}
 * </pre>
 *
 * A pair whose key stands in the line already gets an underscore more. Everything but visible ASCII is escaped.
 */
final class JsonLine {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String THROWABLE = "exception";
    private static final List<String> RESERVED = List.of("time", "level", "logger", "message", THROWABLE);
    private static final int LAST_VISIBLE = '~';

    private JsonLine() {}

    static String of(LogEvent event) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.setHighestNonEscapedChar(LAST_VISIBLE);
            json.writeStartObject();
            json.writeStringField("time", TextLine.TIME.format(event.time()));
            json.writeStringField("level", event.level().toLowerCase(Locale.ROOT));
            json.writeStringField("logger", event.logger());
            json.writeStringField("message", event.message());
            Set<String> names = new HashSet<>(RESERVED);
            for (LogEvent.Pair pair : event.pairs()) {
                String name = pair.key();
                while (!names.add(name)) {
                    name += "_";
                }
                json.writeFieldName(name);
                value(json, pair.value());
            }
            if (event.throwable() != null) {
                json.writeStringField(THROWABLE, String.join("\n", StackTrace.lines(event.throwable())));
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line.append('\n').toString();
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean yes -> json.writeBoolean(yes);
            case BigDecimal number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Float number -> json.writeNumber(number);
            case Number number -> json.writeNumber(number.longValue());
            default -> json.writeString(value.toString());
        }
    }
}
