package io.ringgate.cli.migrate;

import java.util.regex.Pattern;

/** Text of an imported file in a report: one line, no control characters, of bounded length. */
final class ReportText {

    private static final int LONGEST = 200;
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private ReportText() {}

    static String of(String text) {
        String line = UNFIT.matcher(text.strip().replaceAll("\\R", "\\\\n")).replaceAll("?");
        if (line.codePointCount(0, line.length()) <= LONGEST) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
    }

    /** As code in Markdown. */
    static String code(String text) {
        return "`" + of(text).replace('`', '\'') + "`";
    }
}
