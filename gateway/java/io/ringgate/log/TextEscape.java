package io.ringgate.log;

/**
 * Makes any text safe to print in a line: what is not visible is escaped as in Java, with its code units. So no value ends a
 * line, moves a terminal's cursor or reverses the order of what follows. Letters of any script stay.
 */
final class TextEscape {

    private TextEscape() {}

    /** The text without control, format and other invisible characters. */
    static void append(String text, StringBuilder out) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isVisible(c)) {
                        out.appendCodePoint(c);
                    } else {
                        for (char unit : Character.toChars(c)) {
                            out.append(String.format("\\u%04x", (int) unit));
                        }
                    }
                }
            }
        });
    }

    /** The text as the value of a pair: in quotes unless it is one plain word. */
    static void appendValue(String text, StringBuilder out) {
        if (isWord(text)) {
            out.append(text);
            return;
        }
        out.append('"');
        append(text.replace("\\", "\\\\").replace("\"", "\\\""), out);
        out.append('"');
    }

    private static boolean isWord(String text) {
        return !text.isEmpty()
                && text.codePoints()
                        .allMatch(c -> c != ' ' && c != '"' && c != '=' && c != '\\' && c != '\'' && isVisible(c));
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
