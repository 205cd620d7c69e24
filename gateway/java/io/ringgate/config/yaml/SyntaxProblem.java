package io.ringgate.config.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ringgate.config.Problem;
import io.ringgate.config.Severity;
import io.ringgate.config.SourcePosition;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The YAML parser's complaint as one line. Its own text runs over many: a context, what went wrong, each with a copy of
 * the source and a mark under it. The last line number it names is the one to look at.
 */
final class SyntaxProblem {

    private static final Pattern MARK = Pattern.compile("line (\\d+), column (\\d+)");

    /**
     * What the parser says itself. The rest of a line may quote the file, which may have a secret there: a character, a
     * tag, a piece of text.
     */
    private static final Pattern OWN = Pattern.compile("while (scanning|parsing)( [a-z-]+)+"
            + "|(mapping keys|sequence entries) are not allowed here"
            + "|special characters are not allowed"
            + "|could not find expected ':'"
            + "|expected ',' or '[\\]}]', but got <[a-z ]+>"
            + "|(expected|did not find expected|found)( (?!but\\b)[a-z<>]+)+");

    private SyntaxProblem() {}

    /** The place is where the parser stands, for complaints that name no line. */
    static Problem of(JsonProcessingException broken, SourcePosition position) {
        String words = String.valueOf(broken.getOriginalMessage());
        List<MatchResult> marks = MARK.matcher(words).results().toList();
        int line = marks.isEmpty() ? position.line() : number(marks.getLast(), 1);
        return new Problem(Severity.ERROR, position.atLine(line), "this is not YAML: " + said(words, marks));
    }

    private static int number(MatchResult mark, int which) {
        return Integer.parseInt(mark.group(which));
    }

    private static String said(String words, List<MatchResult> marks) {
        if (words.startsWith("Document nesting depth")) {
            return "it is nested deeper than anything we know, write it flat";
        }
        if (words.startsWith("Expected a field name")) {
            return "a key must be plain text";
        }
        if (words.contains("(TAB)")) {
            return "a line is indented by a tab, write spaces";
        }
        String slip = slip(words, marks);
        if (!slip.isEmpty()) {
            return slip;
        }
        String said = words.lines()
                .map(SyntaxProblem::phrase)
                .filter(p -> !p.isEmpty())
                .collect(Collectors.joining(", "));
        return said.isEmpty() ? "the parser does not understand it" : said;
    }

    /** The usual mistakes, with what to write; empty for any other. */
    private static String slip(String words, List<MatchResult> marks) {
        if (words.contains("expected <block end>, but found") && marks.size() > 1) {
            return blockEnd(words, marks.getFirst(), marks.getLast());
        }
        if (words.contains("mapping values are not allowed here")) {
            return "a key is not allowed here: indent a line under a value as far as the key of that value, put a space"
                    + " behind each colon, and text that holds \": \" in quotes";
        }
        if (words.contains("expected '<document start>'")) {
            return "the line is indented less than the first key: write all keys of the top without spaces before them";
        }
        return words.contains("that cannot start any token")
                ? "a value begins with a character that means something else: write it in quotes"
                : "";
    }

    /**
     * A block ends where nothing may follow.
     *
     * @param begin where the block begins: the first key, or the dash of the first item
     * @param here what does not belong to it
     */
    private static String blockEnd(String words, MatchResult begin, MatchResult here) {
        if (words.contains("but found '<scalar>'")
                || words.contains("but found ']'")
                || words.contains("but found '}'")) {
            return "something follows behind a value: write the whole value in quotes, a quote in it twice";
        }
        int outer = number(begin, 2) - 1;
        boolean list = words.contains("while parsing a block collection");
        String line = "the line has " + spaces(number(here, 2) - 1) + " before it, ";
        return list
                ? line + "the items of the list that begins in line " + begin.group(1) + " have " + outer
                        + " before their dashes and " + (outer + 2) + " before their keys: write one of these"
                : line + "the keys beside it, from line " + begin.group(1) + " on, have " + outer
                        + ": write as many, or more to put it under the key above";
    }

    private static String spaces(int number) {
        return number == 1 ? "1 space" : number + " spaces";
    }

    /** The words of a line that are the parser's own; empty for a line without. */
    private static String phrase(String line) {
        Matcher own = OWN.matcher(line);
        return own.lookingAt() ? own.group().strip() : "";
    }
}
