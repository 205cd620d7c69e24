package io.ringgate.config.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ringgate.config.Place;
import io.ringgate.config.Problem;
import io.ringgate.config.Severity;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The YAML parser's complaint as one line. Its own text runs over many: a context, what went wrong, each with a copy of
 * the source and a mark under it. The last line number it names is the one to look at.
 */
final class SyntaxProblem {

    private static final Pattern LINE = Pattern.compile("line (\\d+), column \\d+");

    /**
     * What the parser says itself. The rest of a line may quote the file, which may have a secret there: a character, a tag, a
     * piece of text.
     */
    private static final Pattern OWN = Pattern.compile("while (scanning|parsing)( [a-z-]+)+"
            + "|(mapping values|mapping keys|sequence entries) are not allowed here"
            + "|special characters are not allowed"
            + "|could not find expected ':'"
            + "|expected ',' or '[\\]}]', but got <[a-z ]+>"
            + "|(expected|did not find expected|found)( (?!but\\b)[a-z<>]+)+");

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
        if (words.contains("(TAB)")) {
            return "a line is indented by a tab, write spaces";
        }
        String said = words.lines()
                .map(SyntaxProblem::phrase)
                .filter(p -> !p.isEmpty())
                .collect(Collectors.joining(", "));
        return said.isEmpty() ? "the parser does not understand it" : said;
    }

    /** The words of a line that are the parser's own; empty for a line without. */
    private static String phrase(String line) {
        Matcher own = OWN.matcher(line);
        return own.lookingAt() ? own.group().strip() : "";
    }
}
