package io.ringgate.cli.migrate;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A YAML file while it is written: indentation, lists, and quotes where a value needs them. One thread. */
final class YamlText {

    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();
    private String indent;

    YamlText() {
        this("");
    }

    /** The lines of a section that stands in a text already. */
    YamlText(String indent) {
        this.indent = indent;
    }

    /** Whole lines, as they are. */
    YamlText lines(String lines) {
        text.append(lines);
        return this;
    }

    /** A key with a value that is YAML already; a comment may follow it. */
    YamlText put(String key, Object yaml) {
        text.append(indent).append(key).append(": ").append(yaml).append('\n');
        return this;
    }

    YamlText putText(String key, String value) {
        return put(key, quoted(value));
    }

    /** A list in brackets; nothing for an empty one. */
    YamlText putList(String key, Collection<String> values) {
        return values.isEmpty()
                ? this
                : put(key, values.stream().map(YamlText::quoted).collect(Collectors.joining(", ", "[", "]")));
    }

    /** A key with what is under it; nothing where nothing is. */
    YamlText section(String key, Consumer<YamlText> body) {
        int before = text.length();
        text.append(indent).append(key).append(":\n");
        int begin = text.length();
        indented(body);
        if (text.length() == begin) {
            text.setLength(before);
        }
        return this;
    }

    /** An item of the list that the section is. */
    YamlText item(Consumer<YamlText> body) {
        int dash = text.length() + indent.length();
        indented(body);
        text.replace(dash, dash + STEP.length(), "- ");
        return this;
    }

    private void indented(Consumer<YamlText> body) {
        String outer = indent;
        indent += STEP;
        body.accept(this);
        indent = outer;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** In double quotes where it is not plain; a dollar would begin a variable. */
    static String quoted(String value) {
        String doubled = value.replace("$", "$$");
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
}
