package io.ringgate.edge;

import java.util.regex.Pattern;

/** The name of a label that we stamp. Narrower than what senders may use: the form every Prometheus release reads. */
public record LabelName(String value) implements Comparable<LabelName> {

    /** What a name may look like, in words for an error message. */
    public static final String RULE = "letters, digits and '_', not beginning with a digit, not beginning with '__'";

    private static final Pattern FORM = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

    public LabelName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a stamped label name is " + RULE);
        }
    }

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(LabelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
