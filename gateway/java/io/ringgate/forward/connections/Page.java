package io.ringgate.forward.connections;

import io.ringgate.reject.Quoted;
import java.nio.charset.StandardCharsets;

/**
 * The body of an answer, as far as it was kept.
 *
 * @param media what it is by its content type and its first character
 * @param line its first line in ISO 8859-1, empty when there is no body
 * @param reason the status line's words
 */
record Page(Media media, String line, String reason) {

    enum Media {
        NONE,
        PLAIN,
        HTML,
        OTHER
    }

    /** For the operator: the first line, or the reason phrase. */
    String words() {
        return quoted(line.isBlank() ? reason : line);
    }

    /** For a sender: the same without addresses. */
    String maskedWords() {
        return quoted(AddressMask.in(line.isBlank() ? reason : line));
    }

    /** No text, or one that somebody can read. */
    boolean isPlain() {
        return media == Media.NONE || media == Media.PLAIN;
    }

    private static String quoted(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Quoted.of(bytes, 0, bytes.length);
    }
}
