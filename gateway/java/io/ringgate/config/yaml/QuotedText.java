package io.ringgate.config.yaml;

import java.util.regex.Pattern;

/** Text of the operator inside a message: bare where that is clear, else in quotes, on one line and not too long. */
final class QuotedText {

    private static final int MOST = 80;

    /** A name and a password before a host, of a URL too. */
    private static final Pattern USER_INFO = Pattern.compile("(?s)^[^@]*:.*@");

    private static final Pattern PAIR = Pattern.compile("(?s)[^:]*:(?!//).+");

    private static final Pattern CLEAR = Pattern.compile("[\\p{L}\\p{N}_.,:/\\[\\]{}$%+*@-]+");

    private QuotedText() {}

    static String of(String text) {
        String line =
                oneLine(text.indexOf('@') < 0 ? text : USER_INFO.matcher(text).replaceFirst("***@"));
        return CLEAR.matcher(line).matches() ? line : '"' + line + '"';
    }

    /** As nearly all text is, in files that may have a hundred thousand keys. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return text.length() <= MOST;
    }

    /** A key, without quotes. One that looks like a name and its password, as {@code {anna:secret}} is read, is not shown. */
    static String key(String text) {
        return PAIR.matcher(text).matches() ? "***" : oneLine(text);
    }

    /** Without quotes. */
    static String oneLine(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(MOST).forEach(c -> {
            boolean printable =
                    !Character.isISOControl(c) && Character.isDefined(c) && !Character.isSurrogate((char) c);
            out.append(printable || c > 0xffff ? Character.toString(c) : String.format("\\u%04x", c));
        });
        return text.codePointCount(0, text.length()) > MOST ? out.append("...").toString() : out.toString();
    }
}
