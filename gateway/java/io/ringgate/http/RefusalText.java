package io.ringgate.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringgate.reject.Rejection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A refusal as a JSON object: the same facts as its sentence, by name. */
final class RefusalText {

    private static final JsonFactory JSON = new JsonFactory();

    private RefusalText() {}

    static String json(Rejection rejection, String requestId) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("error", rejection.sentence());
            json.writeStringField("reason", rejection.reason().label());
            json.writeNumberField("status", rejection.reason().status());
            json.writeBooleanField("retry", rejection.reason().retryable());
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
