package io.ringgate.config.yaml;

/**
 * Which characters can occur in what a regular expression of RE2 matches as a whole. It is read without regard to what
 * stands beside what: a character counts as possible as soon as one piece of the pattern may match it, and when the
 * piece is not understood. So a no is certain, a yes is not. One pattern, one thread.
 */
final class PatternCharacters {

    private static final String ZERO_WIDTH = "AzbB";
    private static final String CONTROLS = "afnrtv";

    private final String pattern;
    private final char wanted;
    private int at;

    private PatternCharacters(String pattern, char wanted) {
        this.pattern = pattern;
        this.wanted = wanted;
    }

    /** @param character of ASCII */
    static boolean mayMatch(String pattern, char character) {
        return new PatternCharacters(pattern, character).mayMatch();
    }

    private boolean mayMatch() {
        while (at < pattern.length()) {
            char next = pattern.charAt(at++);
            boolean may = switch (next) {
                case '.' -> true;
                case '\\' -> escape();
                case '[' -> charactersOf();
                case '(' -> group();
                case ')', '|', '*', '+', '?', '^', '$' -> false;
                default -> next == wanted;
            };
            if (may) {
                return true;
            }
        }
        return false;
    }

    /** The head of a group. Flags may make letters match in both cases. */
    private boolean group() {
        if (at >= pattern.length() || pattern.charAt(at) != '?') {
            return false;
        }
        boolean isNamed = pattern.startsWith("?P<", at) || pattern.startsWith("?<", at);
        int begin = at;
        while (at < pattern.length() && ":>)".indexOf(pattern.charAt(at)) < 0) {
            at++;
        }
        boolean isCaseless = !isNamed && pattern.substring(begin, at).contains("i");
        at++;
        return isCaseless && Character.isLetter(wanted);
    }

    private boolean escape() {
        if (at >= pattern.length()) {
            return true;
        }
        char next = pattern.charAt(at++);
        if (!isLetterOrDigit(next)) {
            return next == wanted;
        }
        return switch (next) {
            case 'd' -> isDigit(wanted);
            case 'D' -> !isDigit(wanted);
            case 'w' -> isLetterOrDigit(wanted) || wanted == '_';
            case 'W' -> !isLetterOrDigit(wanted) && wanted != '_';
            case 's' -> false;
            default -> ZERO_WIDTH.indexOf(next) < 0 && CONTROLS.indexOf(next) < 0;
        };
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isLetterOrDigit(char character) {
        return character < 0x80 && Character.isLetterOrDigit(character);
    }

    /** What stands in brackets. Where one of its pieces is not understood, it may match or not, so it may match. */
    private boolean charactersOf() {
        boolean negated = at < pattern.length() && pattern.charAt(at) == '^';
        if (negated) {
            at++;
        }
        boolean listed = false;
        boolean understood = true;
        for (boolean first = true; at < pattern.length() && (first || pattern.charAt(at) != ']'); first = false) {
            if (pattern.startsWith("[:", at)) {
                return true;
            }
            char low = pattern.charAt(at++);
            if (low == '\\') {
                boolean isSingle = at < pattern.length() && !isLetterOrDigit(pattern.charAt(at));
                if (!isSingle) {
                    understood &= at < pattern.length() && "dDwWs".indexOf(pattern.charAt(at)) >= 0;
                    listed |= escape();
                    continue;
                }
                low = pattern.charAt(at++);
            }
            char high = low;
            if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                high = pattern.charAt(at + 1);
                at += 2;
                understood &= high != '\\' && high != '[';
            }
            listed |= low <= wanted && wanted <= high;
        }
        at++;
        return !understood || listed != negated;
    }
}
