package io.ringgate.hashring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text read as Go reads it into a structure: key names in any case, null changes nothing, unknown keys are
 * ignored, and a value of another type than wanted is a fault. It stands on one value at a time. One thread.
 */
final class JsonCursor {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private JsonToken token = JsonToken.NOT_AVAILABLE;

    private JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    interface ItemReader {
        void item(String path, int index) throws HashringFileFault;
    }

    interface KeyReader {
        /**
         * Reads the value, or says that the key is unknown and leaves it.
         *
         * @param key in lower case
         * @param written as it stands there
         */
        boolean value(String key, String written, String path) throws HashringFileFault;
    }

    /** Stands on the first value. Bytes that are not UTF-8 read as U+FFFD. */
    static JsonCursor of(byte[] text) throws HashringFileFault {
        try {
            JsonCursor cursor = new JsonCursor(JSON.createParser(new String(text, StandardCharsets.UTF_8)));
            cursor.step();
            return cursor;
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** After the last value there may be white space only. */
    void end() throws HashringFileFault {
        step();
        if (token != JsonToken.NOT_AVAILABLE) {
            throw fault("", "something follows after the list, remove it");
        }
    }

    /** The items of an array one by one; false for null. The reader of an item ends on its last token. */
    boolean array(String path, ItemReader reader) throws HashringFileFault {
        if (token == JsonToken.VALUE_NULL) {
            return false;
        }
        want(JsonToken.START_ARRAY, path, "a list in [ ]");
        for (int i = 0; ; i++) {
            step();
            if (token == JsonToken.END_ARRAY) {
                return true;
            }
            reader.item(path + "[" + i + "]", i);
        }
    }

    /** The values of an object one by one; nothing for null. */
    void object(String path, KeyReader reader) throws HashringFileFault {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        want(JsonToken.START_OBJECT, path, "keys in { }");
        while (true) {
            step();
            if (token == JsonToken.END_OBJECT) {
                return;
            }
            String written = string();
            step();
            if (!reader.value(fold(written), written, path.isEmpty() ? written : path + "." + written)) {
                skip();
            }
        }
    }

    boolean isText() {
        return token == JsonToken.VALUE_STRING;
    }

    String text(String path, String before) throws HashringFileFault {
        if (token == JsonToken.VALUE_NULL) {
            return before;
        }
        want(JsonToken.VALUE_STRING, path, "text in quotes");
        return string();
    }

    long number(String path, long before) throws HashringFileFault {
        if (token == JsonToken.VALUE_NULL) {
            return before;
        }
        want(JsonToken.VALUE_NUMBER_INT, path, "a whole number");
        try {
            return parser.getLongValue();
        } catch (IOException tooLarge) {
            throw fault(path, "is too large a number");
        }
    }

    boolean flag(String path, boolean before) throws HashringFileFault {
        if (token == JsonToken.VALUE_NULL) {
            return before;
        }
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw fault(path, "is " + kind() + ", write true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    HashringFileFault fault(String path, String sentence) {
        return new HashringFileFault(line(), path, sentence);
    }

    private void want(JsonToken wanted, String path, String words) throws HashringFileFault {
        if (token != wanted) {
            throw fault(path, "is " + kind() + ", write " + words);
        }
    }

    private String kind() {
        return switch (token) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "a set of keys";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "nothing";
        };
    }

    private void step() throws HashringFileFault {
        try {
            @Nullable JsonToken next = parser.nextToken();
            token = next == null ? JsonToken.NOT_AVAILABLE : next;
        } catch (JsonProcessingException broken) {
            throw notJson(broken);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private void skip() throws HashringFileFault {
        for (int depth = 0; ; step()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }

    /** Half a surrogate pair is no character: Go reads U+FFFD. */
    private String string() throws HashringFileFault {
        try {
            String text = parser.getText();
            StringBuilder out = new StringBuilder(text.length());
            text.codePoints().forEach(c -> out.appendCodePoint(isSurrogate(c) ? GoUtf8.REPLACEMENT : c));
            return out.toString();
        } catch (JsonProcessingException broken) {
            throw notJson(broken);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static HashringFileFault notJson(JsonProcessingException broken) {
        int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
        String why = broken instanceof JsonEOFException
                ? "it ends before every bracket and quote is closed"
                : String.valueOf(broken.getOriginalMessage())
                        .replaceFirst("(?s) ?[(\\[]?(start marker|Source:|for \\w+ starting at).*", "");
        return new HashringFileFault(line, "", "this is not JSON: " + why);
    }

    /** Two characters beyond ASCII are the same letters as s and k to Go when case does not count. */
    private static String fold(String key) {
        StringBuilder out = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean upper = c >= 'A' && c <= 'Z';
            out.append(c == '\u017f' ? 's' : c == '\u212a' ? 'k' : upper ? (char) (c + ('a' - 'A')) : c);
        }
        return out.toString();
    }
}
