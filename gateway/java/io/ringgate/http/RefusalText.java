package io.ringgate.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringgate.reject.Rejection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A refusal in words: a line that senders log, or the same facts by name as a JSON object. */
final class RefusalText {

    private static final JsonFactory JSON = new JsonFactory();

    private RefusalText() {}

    /** @param retryAfter seconds; 0 for a write that is not to be repeated */
    static String line(Rejection rejection, String requestId, int retryAfter) {
        String when = retryAfter > 0 ? ", retry in " + retryAfter + " s" : "";
        return rejection.sentence() + when + " (request " + requestId + ")\n";
    }

    static String json(Rejection rejection, String requestId, int retryAfter) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("error", rejection.sentence());
            json.writeStringField("reason", rejection.reason().label());
            json.writeNumberField("status", rejection.status());
            json.writeBooleanField("retry", rejection.retryable());
            if (retryAfter > 0) {
                json.writeNumberField("retry_after", retryAfter);
            }
            json.writeStringField("request_id", requestId);
            for (Map.Entry<String, Object> fact : new TreeMap<>(rejection.facts()).entrySet()) {
                json.writeFieldName(fact.getKey());
                switch (fact.getValue()) {
                    case Number number -> json.writeNumber(number.longValue());
                    case Boolean yes -> json.writeBoolean(yes);
                    default -> json.writeString(fact.getValue().toString());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text.append('\n').toString();
    }
}
