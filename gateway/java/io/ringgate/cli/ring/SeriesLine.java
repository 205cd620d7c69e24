package io.ringgate.cli.ring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A series as a line of JSON, and what is answered.
 *
 * @param labels names and values in turn, in the order written
 */
record SeriesLine(String tenant, List<String> labels) {

    private static final JsonFactory JSON = new JsonFactory();

    /** A line that is no series. */
    static final class NoSeries extends Exception {

        private static final long serialVersionUID = 1L;

        NoSeries(String sentence) {
            super(sentence);
        }
    }

    static SeriesLine read(String line) throws NoSeries {
        @Nullable String tenant = null;
        @Nullable List<String> labels = null;
        try (JsonParser in = JSON.createParser(line)) {
            want(in.nextToken(), JsonToken.START_OBJECT, "the line must be an object");
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String key = in.currentName().toLowerCase(Locale.ROOT);
                JsonToken value = in.nextToken();
                switch (key) {
                    case "tenant" -> {
                        want(value, JsonToken.VALUE_STRING, "tenant must be text");
                        tenant = text(in);
                    }
                    case "labels" -> {
                        want(value, JsonToken.START_ARRAY, "labels must be a list of [name, value]");
                        labels = labels(in);
                    }
                    default -> in.skipChildren();
                }
            }
            want(in.nextToken(), null, "something follows after the object");
        } catch (JsonProcessingException broken) {
            throw new NoSeries("this is not JSON: " + broken.getOriginalMessage());
        } catch (IOException e) {
            throw new NoSeries("this is not JSON");
        }
        if (tenant == null || labels == null) {
            throw new NoSeries((tenant == null ? "tenant" : "labels") + " is missing");
        }
        return new SeriesLine(tenant, labels);
    }

    private static List<String> labels(JsonParser in) throws IOException, NoSeries {
        List<String> labels = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            want(token, JsonToken.START_ARRAY, "a label must be [name, value]");
            for (int i = 0; i < 2; i++) {
                want(in.nextToken(), JsonToken.VALUE_STRING, "a label must be [name, value], both text");
                labels.add(text(in));
            }
            want(in.nextToken(), JsonToken.END_ARRAY, "a label must be [name, value]");
        }
        return labels;
    }

    private static void want(@Nullable JsonToken token, @Nullable JsonToken wanted, String sentence) throws NoSeries {
        if (token != wanted) {
            throw new NoSeries(sentence);
        }
    }

    /** Half a surrogate pair reads as U+FFFD, as in Go. */
    private static String text(JsonParser in) throws IOException {
        String text = in.getText();
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static String replicas(List<String> addresses) {
        return addresses.stream().map(SeriesLine::quoted).collect(Collectors.joining(", ", "{\"replicas\": [", "]}"));
    }

    static String error(String words) {
        return "{\"error\": " + quoted(words) + "}";
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
