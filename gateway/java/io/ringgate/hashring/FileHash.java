package io.ringgate.hashring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The number by which one tells that two programs hold the same hashring file, as receivers show it in
 * {@code thanos_receive_config_hash}: the first six bytes of the text's MD5, the least significant first, since a metric's value
 * has no more than 53 bits. It protects against nothing.
 */
public record FileHash(long value) {

    private static final int BYTES = 6;

    public static FileHash of(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text);
            byte[] number = Arrays.copyOf(Arrays.copyOf(digest, BYTES), Long.BYTES);
            return new FileHash(
                    ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }
}
