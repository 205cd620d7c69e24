package io.ringgate.reject;

import java.nio.charset.StandardCharsets;

/**
 * Escapes text of a client or a receiver for a message: printable ASCII stays, everything else is escaped, and the result
 * has at most 200 characters. No other text of theirs gets into a message.
 */
public final class EscapedText {

    private static final int MOST = 200;

    private EscapedText() {}

    public static String of(byte[] bytes, int from, int length) {
        StringBuilder out = new StringBuilder(Math.min(length, MOST) + 8);
        for (int i = 0; i < length; i++) {
            int b = bytes[from + i] & 0xff;
            String piece = b == '\\' || b == '"'
                    ? "\\" + (char) b
                    : b >= 0x20 && b < 0x7f
                            ? String.valueOf((char) b)
                            : b == '\n' ? "\\n" : String.format("\\x%02x", b);
            if (out.length() + piece.length() > MOST - 3) {
                return out.append("...").toString();
            }
            out.append(piece);
        }
        return out.toString();
    }

    public static String of(String text) {
        String head = text.length() > MOST ? text.substring(0, MOST) : text;
        byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }
}
