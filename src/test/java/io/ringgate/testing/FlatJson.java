package io.ringgate.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A flat JSON object as text by its keys. A null is an empty text. */
public final class FlatJson {

    private static final JsonFactory JSON = new JsonFactory();

    private FlatJson() {}

    /** Fails for anything but exactly one flat object whose keys come once each. */
    public static Map<String, String> read(String line) {
        Map<String, String> facts = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            expect(json.nextToken() == JsonToken.START_OBJECT, line);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                boolean absent = json.nextToken() == JsonToken.VALUE_NULL;
                expect(facts.put(key, absent ? "" : json.getText()) == null, line);
            }
            expect(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null, line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
        return facts;
    }

    private static void expect(boolean so, String line) {
        if (!so) {
            throw new AssertionError("not one flat object: " + line);
        }
    }

    /** Whether the line has all the facts; each is {@code key=value}. */
    static boolean fits(Map<String, String> line, String... facts) {
        return Stream.of(facts).allMatch(fact -> {
            int equals = fact.indexOf('=');
            return fact.substring(equals + 1).equals(line.get(fact.substring(0, equals)));
        });
    }
}
