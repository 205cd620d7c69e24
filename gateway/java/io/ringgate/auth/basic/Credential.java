package io.ringgate.auth.basic;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * User and password as a client presents them: untrusted. RFC 7617 with UTF-8, read strictly: one scheme, full base64,
 * the user ends at the first colon, no control characters.
 */
final class Credential {

    /** Longer values are refused unread. It fits the longest user and password in base64. */
    static final int LONGEST_HEADER = 2048;

    static final int LONGEST_PASSWORD = 1024;
    private static final int LONGEST_USER = 256;
    private static final String SCHEME = "Basic ";

    private final String user;
    private final byte[] password;

    private Credential(String user, byte[] password) {
        this.user = user;
        this.password = password;
    }

    /** Whether the header says that it is one, good or bad. */
    static boolean isOne(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Null for anything that is not exactly a basic credential. */
    static @Nullable Credential parse(String header) {
        if (header.length() > LONGEST_HEADER || !isOne(header)) {
            return null;
        }
        byte[] pair = decode(header.substring(SCHEME.length()).stripLeading());
        if (pair == null || !isText(pair)) {
            return null;
        }
        int colon = 0;
        while (colon < pair.length && pair[colon] != ':') {
            colon++;
        }
        int passwordLength = pair.length - colon - 1;
        if (colon == 0 || colon > LONGEST_USER || passwordLength < 0 || passwordLength > LONGEST_PASSWORD) {
            return null;
        }
        byte[] password = new byte[passwordLength];
        System.arraycopy(pair, colon + 1, password, 0, passwordLength);
        return new Credential(new String(pair, 0, colon, StandardCharsets.UTF_8), password);
    }

    private static byte @Nullable [] decode(String base64) {
        if (base64.isEmpty() || base64.length() % 4 != 0) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isText(byte[] bytes) {
        for (byte b : bytes) {
            if ((b >= 0 && b < 0x20) || b == 0x7f) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    String user() {
        return user;
    }

    /** The bytes themselves, not a copy. */
    byte[] password() {
        return password;
    }

    @Override
    public String toString() {
        return "<credential>";
    }
}
