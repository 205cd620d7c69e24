package io.ringgate.hashring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The number by which one tells that two programs hold the same hashring file, as receivers show it in
 * {@code thanos_receive_config_hash}: the first six bytes of a digest of the text, the least significant first, since a metric's
 * value has no more than 53 bits. It protects against nothing.
 *
 * @param value by MD5, as Thanos 0.37.2 shows it and we do
 * @param sha256 by SHA-256, as 0.42.4 shows it
 */
public record FileHash(long value, long sha256) {

    private static final int BYTES = 6;

    public static FileHash of(byte[] text) {
        return new FileHash(number("MD5", text), number("SHA-256", text));
    }

    private static long number(String algorithm, byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text);
            byte[] number = Arrays.copyOf(Arrays.copyOf(digest, BYTES), Long.BYTES);
            return ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }

    /** Whether a receiver with this file shows this number, whatever its version. */
    public boolean isShownAs(double number) {
        return number == value || number == sha256;
    }
}
