package io.ringgate.forward;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a write belongs to, by W3C Trace Context: what of a client's {@code traceparent} is sent to a receiver.
 * It is kept as numbers, so that nothing a client wrote is ever copied.
 */
public record TraceContext(long high, long low, boolean sampled) {

    /** {@code 00-}, 32 digits, {@code -}, 16 digits, {@code -}, 2 digits. */
    public static final int LENGTH = 55;

    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** A new trace, without the sampled flag. */
    public static TraceContext newTrace(RandomGenerator random) {
        return new TraceContext(random.nextLong(), random.nextLong() | 1, false);
    }

    /**
     * Reads the value of a {@code traceparent} header. Of later versions the known beginning counts.
     *
     * @return null when it is not exactly what the standard says
     */
    public static @Nullable TraceContext parse(byte[] text, int at, int length) {
        if (length < LENGTH || text[at + 2] != '-' || text[at + 35] != '-' || text[at + 52] != '-') {
            return null;
        }
        boolean hex = isHex(text, at, 2) && isHex(text, at + 3, 32) && isHex(text, at + 36, 16);
        if (!hex || !isHex(text, at + 53, 2)) {
            return null;
        }
        long version = number(text, at, 2);
        boolean longer = length > LENGTH;
        if (version == 0xff || (longer && (version == 0 || text[at + LENGTH] != '-'))) {
            return null;
        }
        long high = number(text, at + 3, 16);
        long low = number(text, at + 19, 16);
        if ((high | low) == 0 || number(text, at + 36, 16) == 0) {
            return null;
        }
        return new TraceContext(high, low, (number(text, at + 53, 2) & 1) != 0);
    }

    /**
     * Writes {@link #LENGTH} bytes.
     *
     * @param span the name of one attempt, not zero
     */
    public void write(long span, ByteBuf out) {
        out.writeByte('0').writeByte('0').writeByte('-');
        hex(high, out);
        hex(low, out);
        out.writeByte('-');
        hex(span, out);
        out.writeByte('-').writeByte('0').writeByte(sampled ? '1' : '0');
    }

    private static void hex(long number, ByteBuf out) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            out.writeByte(HEX[(int) (number >>> shift) & 15]);
        }
    }

    /** Lower case only, as the standard wants it. */
    private static boolean isHex(byte[] text, int at, int length) {
        for (int i = at; i < at + length; i++) {
            boolean digit = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
            if (!digit) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] text, int at, int length) {
        long number = 0;
        for (int i = at; i < at + length; i++) {
            number = number << 4 | (text[i] <= '9' ? text[i] - '0' : text[i] - 'a' + 10);
        }
        return number;
    }
}
