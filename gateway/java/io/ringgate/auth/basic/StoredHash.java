package io.ringgate.auth.basic;

import io.ringgate.secret.Secret;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A password hash as htpasswd holds it.
 *
 * @param cost what checking a password against it costs, on the scale of its form
 */
record StoredHash(HashFormat form, int cost, Secret text) {

    /** Of SHA-crypt that does not say its rounds. */
    private static final int USUAL_ROUNDS = 5_000;

    /** Null for a form that is not read. A plain password is no form, whatever it looks like it is taken for a hash. */
    static @Nullable StoredHash parse(String text) {
        for (HashFormat form : HashFormat.values()) {
            Matcher matcher = form.read(text);
            if (form.isForPasswords() && matcher.matches()) {
                return new StoredHash(form, cost(form, matcher), Secret.of(text));
            }
        }
        return null;
    }

    /** The hash of a secret that {@link GeneratedSecret} made. */
    static StoredHash generated(Secret hash) {
        return new StoredHash(HashFormat.SALTED_SHA_256, 0, hash);
    }

    private static int cost(HashFormat form, Matcher matcher) {
        if (form.isWeak()) {
            return 0;
        }
        String written = matcher.group("cost");
        return written == null ? USUAL_ROUNDS : Integer.parseInt(written);
    }

    /** A hash that nobody has the password of, and that costs the same to check as others of its form and cost. */
    static StoredHash dummy(HashFormat form, int cost) {
        return new StoredHash(form, cost, Secret.of(form.dummy(cost)));
    }
}
