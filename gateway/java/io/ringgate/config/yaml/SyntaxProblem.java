package io.ringgate.config.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ringgate.config.Place;
import io.ringgate.config.Problem;
import io.ringgate.config.Severity;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The YAML parser's complaint as one line. Its own text runs over many: a context, what went wrong, each with a copy of
 * the source and a mark under it. The last line number it names is the one to look at.
 */
final class SyntaxProblem {

    private static final Pattern LINE = Pattern.compile("line (\\d+), column \\d+");

    private SyntaxProblem() {}

    /** The place is where the parser stands, for complaints that name no line. */
    static Problem of(JsonProcessingException broken, Place place) {
        String words = String.valueOf(broken.getOriginalMessage());
        int line = LINE.matcher(words)
                .results()
                .map(MatchResult::group)
                .map(found -> Integer.parseInt(found.replaceAll("line (\\d+),.*", "$1")))
                .reduce((first, second) -> second)
                .orElse(place.line());
        return new Problem(Severity.ERROR, place.atLine(line), "this is not YAML: " + said(words));
    }

    private static String said(String words) {
        if (words.startsWith("Document nesting depth")) {
            return "it is nested deeper than anything we know, write it flat";
        }
        if (words.startsWith("Expected a field name")) {
            return "a key must be plain text";
        }
        String said = words.lines()
                .filter(l -> !l.isBlank() && !l.startsWith(" "))
                .map(Shown::oneLine)
                .collect(Collectors.joining(", "));
        return said.contains("(TAB)") ? "a line is indented by a tab, write spaces" : said;
    }
}
