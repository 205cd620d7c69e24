package io.ringgate.auth.basic;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Hashes for new passwords, in the strongest form that is read: bcrypt. */
public final class NewHash {

    public static final int LOWEST_COST = HashFormat.BCRYPT.lowestCost();
    public static final int HIGHEST_COST = HashFormat.BCRYPT.highestCost();

    /** Some 50 ms. */
    public static final int USUAL_COST = 10;

    /** Bytes beyond are not hashed: two passwords that differ only there would be one. */
    static final int LONGEST = 72;

    private NewHash() {}

    /** Empty for a password that can be hashed and sent, else what is wrong with it. */
    public static String fault(byte[] password) {
        if (password.length == 0) {
            return "the password is empty: type at least one character";
        }
        if (password.length > LONGEST) {
            return "the password has " + password.length + " bytes and bcrypt looks at the first " + LONGEST
                    + " only: choose a shorter one";
        }
        for (byte b : password) {
            if ((b >= 0 && b < 0x20) || b == 0x7f) {
                return "the password has a control character, which no sender can send: leave it out";
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(password));
            return "";
        } catch (CharacterCodingException e) {
            return "the password is not UTF-8 text, which senders use: type it in a UTF-8 terminal";
        }
    }

    /** The hash as htpasswd holds it. Slow by intent. */
    public static String of(byte[] password, int cost, SecureRandom random) {
        BCrypt.Version version = BCrypt.Version.VERSION_2Y;
        byte[] hash = BCrypt.with(version, random, LongPasswordStrategies.truncate(version))
                .hash(cost, password);
        return new String(hash, StandardCharsets.US_ASCII);
    }
}
