package io.ringgate.forward.connections;

import io.ringgate.reject.EscapedText;
import java.nio.charset.StandardCharsets;

/**
 * A well-formed answer that does not say stored, as far as it was read.
 *
 * @param media what the body is by its content type and its first character
 * @param line the body's first line in ISO 8859-1, empty when there is no body
 * @param reasonPhrase the status line's words
 * @param whole false when the body went on and we stopped reading
 * @param opening it says that the tenant's database is being opened, in Thanos's words
 * @param foreign no receiver says this: it comes from a server for another protocol at this port
 */
record ReceiverAnswer(
        int status, Media media, String line, String reasonPhrase, boolean whole, boolean opening, boolean foreign) {

    enum Media {
        NONE,
        PLAIN,
        HTML,
        OTHER
    }

    /** For the operator: the first line, or the reason phrase. */
    String words() {
        return quoted(text());
    }

    /** For a sender: the same without addresses. */
    String maskedWords() {
        return quoted(AddressMask.in(text()));
    }

    /** No body, or one that is readable text. */
    boolean isPlain() {
        return media == Media.NONE || media == Media.PLAIN;
    }

    private String text() {
        return line.isBlank() ? reasonPhrase : line;
    }

    private static String quoted(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return EscapedText.of(bytes, 0, bytes.length);
    }
}
