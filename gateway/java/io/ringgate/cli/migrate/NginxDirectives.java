package io.ringgate.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The directives of a text in nginx's language, in their order. Quotes and comments are read as nginx reads them; braces
 * that do not fit are passed over.
 */
final class NginxDirectives {

    private static final String ENDS = ";{}";

    /**
     * One of them.
     *
     * @param words its name and what follows, without quotes
     * @param depth how many blocks it stands in; what stands in one may hold for some requests only
     */
    record Directive(List<String> words, int depth) {

        String name() {
            return words.getFirst().toLowerCase(Locale.ROOT);
        }

        /** Empty where there are fewer. */
        String word(int place) {
            return place < words.size() ? words.get(place) : "";
        }
    }

    private final String text;
    private final List<Directive> found = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private int depth;
    private int at;

    private NginxDirectives(String text) {
        this.text = text;
    }

    static List<Directive> of(String text) {
        NginxDirectives directives = new NginxDirectives(text);
        directives.read();
        return directives.found;
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                skipComment();
            } else if (ENDS.indexOf(c) >= 0) {
                end();
                depth = Math.max(0, depth + (c == '{' ? 1 : c == '}' ? -1 : 0));
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                words.add(word());
            }
        }
        end();
    }

    private void end() {
        if (!words.isEmpty()) {
            found.add(new Directive(List.copyOf(words), depth));
            words = new ArrayList<>();
        }
    }

    private void skipComment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        char quote = text.charAt(at) == '"' || text.charAt(at) == '\'' ? text.charAt(at++) : 0;
        while (at < text.length() && !endsWord(text.charAt(at), quote)) {
            if (text.charAt(at) == '$' && text.startsWith("${", at) && text.indexOf('}', at) > 0) {
                int end = text.indexOf('}', at) + 1;
                word.append(text, at, end);
                at = end;
                continue;
            }
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            word.append(text.charAt(at++));
        }
        at += quote == 0 || at >= text.length() ? 0 : 1;
        return word.toString();
    }

    private static boolean endsWord(char c, char quote) {
        return quote == 0 ? Character.isWhitespace(c) || ENDS.indexOf(c) >= 0 : c == quote;
    }
}
