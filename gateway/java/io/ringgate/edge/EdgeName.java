package io.ringgate.edge;

import java.util.regex.Pattern;

/** The name of an edge cluster, as the operator writes it in edges.yaml, for example {@code cluster-02-edge}. */
public record EdgeName(String value) implements Comparable<EdgeName> {

    /** What a name may look like, in words for an error message. */
    public static final String RULE = "1 to 128 letters, digits, '_', '.' or '-', beginning with a letter or digit";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    public EdgeName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("an edge name is " + RULE);
        }
    }

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(EdgeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
