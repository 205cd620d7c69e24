package io.ringgate.cli.migrate;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Values as they stand in our YAML files. */
final class Texts {

    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private Texts() {}

    /** In double quotes where it is not plain; a dollar would begin a variable. */
    static String value(String text) {
        String doubled = text.replace("$", "$$");
        if (doubled.matches("[A-Za-z][A-Za-z0-9_./-]*") && !WORDS.contains(doubled.toLowerCase(Locale.ROOT))) {
            return doubled;
        }
        StringBuilder quoted = new StringBuilder("\"");
        doubled.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /** A list in brackets. */
    static String list(Collection<String> all) {
        return all.stream().map(Texts::value).collect(Collectors.joining(", ", "[", "]"));
    }
}
