package io.ringgate.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that must never be printed: a password, a private key's passphrase, a stored password hash.
 *
 * <p>{@link #toString} is constant, {@link #equals} takes the same time wherever the values differ, and the content is
 * read only through {@link #reveal}, so that a search for that name finds every reader.
 */
public final class Secret {

    private final byte[] value;

    private Secret(byte[] value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Copies: the caller keeps its array and may wipe it. */
    public static Secret of(byte[] value) {
        return new Secret(value.clone());
    }

    /** The content, as a copy that the caller owns. */
    public byte[] reveal() {
        return value.clone();
    }

    /** The content as text, for libraries that take nothing else. */
    public String revealText() {
        return new String(value, StandardCharsets.UTF_8);
    }

    public int length() {
        return value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(value, that.value);
    }

    /** Constant: a hash of the content would tell equal secrets apart from different ones in a dump. */
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "<secret>";
    }
}
