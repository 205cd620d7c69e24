package io.ringgate.edge;

import java.util.regex.Pattern;

/**
 * A tenant of the receivers. It travels as a header value and names a limits file, hence the narrow alphabet: no path
 * separator, no leading underscore (those files are ours), not a dot folder.
 */
public record TenantId(String value) implements Comparable<TenantId> {

    /** What a tenant may look like, in words for an error message. */
    public static final String RULE = "1 to 128 letters, digits, '_', '.' or '-', beginning with a letter or digit";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    public TenantId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a tenant is " + RULE);
        }
    }

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
