package io.ringgate.config.yaml;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;

/** A regular expression of RE2. */
final class RegexKind {

    private static final String EXAMPLE = "for example cluster-[0-9]+-edge";

    /** What the library says is wrong, and what to write instead. */
    private static final Map<String, String> ADVICE = Map.of(
            "missing closing )", "a ) for each (, or \\( for the character itself",
            "unexpected )", "a ( before it, or \\) for the character itself",
            "missing closing ]", "a ] for each [, or \\[ for the character itself",
            "missing argument to repetition operator", ".* for any text, or \\* for the character itself",
            "invalid nested repetition operator", "one of *, + and ? behind each part",
            "invalid or unsupported Perl syntax", "it without look-around and without ?<name>, which RE2 does not have",
            "invalid character class range", "the lower end first, as in [a-z]",
            "invalid repeat count", "at most {1000}",
            "trailing backslash at end of expression", "\\\\ for the character itself",
            "invalid escape sequence", "\\ before punctuation only; RE2 has no back-references");

    private RegexKind() {}

    static String read(String text) throws InvalidValue {
        try {
            return Pattern.compile(ValueKind.TEXT.read(text)).pattern();
        } catch (PatternSyntaxException e) {
            String fault = e.getDescription();
            String advice = ADVICE.get(fault);
            throw new InvalidValue("is not a regular expression of RE2 (" + fault + "), write "
                    + (advice == null ? EXAMPLE : advice + ", " + EXAMPLE));
        }
    }
}
