package io.ringgate.auth.basic;

import io.ringgate.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A password that nobody chose: 256 random bits, as text.
 *
 * @param secret what the agent is given
 * @param hash what the gateway keeps
 */
public record GeneratedSecret(Secret secret, String hash) {

    /** Of a salt as text. */
    static final int SALT_LENGTH = 22;

    private static final int SALT_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    public static GeneratedSecret of(SecureRandom random) {
        byte[] secret = text(random, SECRET_BYTES).getBytes(StandardCharsets.US_ASCII);
        return new GeneratedSecret(Secret.of(secret), hash(text(random, SALT_BYTES), secret));
    }

    private static String text(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return TEXT.encodeToString(drawn);
    }

    static String hash(String salt, byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt.getBytes(StandardCharsets.US_ASCII));
            return salt + "." + TEXT.encodeToString(digest.digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
