package io.ringgate.auth.basic;

import io.ringgate.secret.Secret;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A password hash as htpasswd holds it.
 *
 * @param cost what checking a password against it costs, on the scale of its form
 */
record StoredHash(HashForm form, int cost, Secret text) {

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$([0-3][0-9])\\$[./A-Za-z0-9]{53}");
    private static final Pattern APR1 = Pattern.compile("\\$apr1\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}");

    /** Null for a form that is not read. */
    static @Nullable StoredHash parse(String text) {
        Matcher bcrypt = BCRYPT.matcher(text);
        if (bcrypt.matches()) {
            return new StoredHash(HashForm.BCRYPT, Integer.parseInt(bcrypt.group(1)), Secret.of(text));
        }
        return APR1.matcher(text).matches() ? new StoredHash(HashForm.APR1, 0, Secret.of(text)) : null;
    }

    /** A hash that nobody has the password of, and that costs the same to check as others of its form and cost. */
    static StoredHash standIn(HashForm form, int cost) {
        String text = switch (form) {
            case BCRYPT -> "$2y$%02d$".formatted(cost) + "k".repeat(22) + "e".repeat(31);
            case APR1 -> "$apr1$ringgate$" + "k".repeat(22);
        };
        return new StoredHash(form, cost, Secret.of(text));
    }
}
