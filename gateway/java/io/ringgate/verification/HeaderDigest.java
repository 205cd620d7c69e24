package io.ringgate.verification;

import io.ringgate.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What stands for a credential in the cache: SHA-256 over a secret key and the header's value. Without the key a dump of
 * the cache cannot be searched for guessed passwords.
 *
 * <p>The key is digested once, as a whole block; each call goes on from a copy of that state. Any thread.
 */
public final class HeaderDigest {

    private static final int BLOCK = 64;

    private final MessageDigest keyed;

    /**
     * By one key.
     *
     * @param key 16 to 64 random bytes
     */
    public HeaderDigest(Secret key) {
        if (key.length() < 16 || key.length() > BLOCK) {
            throw new IllegalArgumentException("a cache key has 16 to 64 bytes, not " + key.length());
        }
        try {
            keyed = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        byte[] block = new byte[BLOCK];
        System.arraycopy(key.reveal(), 0, block, 0, key.length());
        keyed.update(block);
    }

    public Value of(String header) {
        try {
            MessageDigest digest = (MessageDigest) keyed.clone();
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest(header.getBytes(StandardCharsets.UTF_8)));
            return new Value(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }

    /** The 32 bytes of a digest. */
    public record Value(long a, long b, long c, long d) {
        @Override
        public int hashCode() {
            return Long.hashCode(a);
        }

        @Override
        public String toString() {
            return "<digest>";
        }
    }
}
